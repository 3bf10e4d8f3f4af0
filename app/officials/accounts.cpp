#include "app/officials/accounts.hpp"

#include "domain/audit/json.hpp"

#include <memory>
#include <utility>

namespace ringside::officials {

namespace {

/// Posts JSON and gives one text field of the answer.
result<std::string> post_for(net::http_client& http, const std::string& path,
                             json::object body, std::string_view field) {
  auto answer
    = patient_post(http, path, json::to_text(json::value{std::move(body)}));
  if (!answer)
    return answer.reason();
  if (answer->status != 201)
    return problem_of(*answer);
  auto read = json::parse(answer->body);
  const auto* found = read ? read->find(field) : nullptr;
  if (found == nullptr || found->as_string() == nullptr)
    return refuse(ec::malformed,
                  path + " answered without " + std::string{field});
  return *found->as_string();
}

} // namespace

token_maker make_tokens_over_http(place where) {
  auto http = std::make_shared<net::http_client>(std::move(where));
  return [http](const std::string& name, role who) -> result<std::string> {
    auto account
      = post_for(*http, "/api/v1/accounts",
                 {{"name", name}, {"role", text_of(who)}}, "account");
    if (!account)
      return account;
    return post_for(*http, "/api/v1/accounts/" + *account + "/tokens", {},
                    "token");
  };
}

} // namespace ringside::officials
