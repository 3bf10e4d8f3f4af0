#include "app/officials/place.hpp"

#include "domain/audit/json.hpp"

#include <charconv>
#include <chrono>
#include <thread>
#include <utility>

namespace ringside::officials {

namespace {

constexpr int tries = 40;
constexpr std::chrono::milliseconds pause{250};

constexpr std::string_view scheme = "http://";

error bad_url(std::string_view url, std::string why) {
  return refuse(ec::invalid_value,
                "'" + std::string{url}
                  + "' is no address of a node: " + std::move(why),
                "url", "for example http://127.0.0.1:8080");
}

} // namespace

result<place> parse_url(std::string_view url) {
  if (url.substr(0, 8) == "https://")
    return bad_url(url, "this client speaks no TLS");
  if (url.substr(0, scheme.size()) != scheme)
    return bad_url(url, "it does not begin with http://");
  auto rest = url.substr(scheme.size());
  if (!rest.empty() && rest.back() == '/')
    rest.remove_suffix(1);
  place where;
  where.port = 80;
  auto colon = rest.find(':');
  if (colon != std::string_view::npos) {
    auto digits = rest.substr(colon + 1);
    auto [end, code] = std::from_chars(
      digits.data(), digits.data() + digits.size(), where.port);
    if (code != std::errc{} || end != digits.data() + digits.size()
        || where.port == 0)
      return bad_url(url, "the port is 1 to 65535");
  }
  auto host = rest.substr(0, colon);
  if (host.empty() || host.find_first_of("/@[]") != std::string_view::npos)
    return bad_url(url, "the host is missing or not understood");
  where.host = host == "localhost" ? "127.0.0.1" : std::string{host};
  return where;
}

place with_token(place where, std::string token) {
  where.token = std::move(token);
  return where;
}

result<net::http_answer> patient_post(net::http_client& http,
                                      const std::string& path,
                                      const std::string& json) {
  for (auto left = tries;; --left) {
    auto answer = http.post(path, json);
    auto busy = answer && (answer->status == 429 || answer->status == 503);
    if (!busy || left == 0)
      return answer;
    std::this_thread::sleep_for(pause);
  }
}

error problem_of(const net::http_answer& answer) {
  auto reason = refuse(ec::internal, "HTTP " + std::to_string(answer.status));
  auto body = json::parse(answer.body);
  if (!body)
    return reason;
  if (const auto* detail = body->find("detail"); detail && detail->as_string())
    reason.detail += ": " + *detail->as_string();
  if (const auto* code = body->find("code"); code && code->as_string())
    reason.field = *code->as_string();
  if (answer.status == 401 || answer.status == 403)
    reason.code = ec::forbidden;
  return reason;
}

} // namespace ringside::officials
