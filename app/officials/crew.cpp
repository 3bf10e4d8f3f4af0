#include "app/officials/crew.hpp"

#include "domain/wire/command_codec.hpp"

#include <utility>

namespace ringside::officials {

namespace {

constexpr json::limits body_limits{4 * 1024 * 1024, 16};

/// Percent-encoded for a query.
std::string url_text(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    auto plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
                 || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.';
    if (plain) {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += hex[c >> 4];
      out += hex[c & 15];
    }
  }
  return out;
}

struct hiring {
  const place& where;
  const token_maker& tokens;
  const std::string& label;
  const desk_options& options;

  result<std::unique_ptr<desk>> operator()(const std::string& job,
                                           role who) const {
    auto token = tokens(label + " " + job, who);
    if (!token)
      return token.reason();
    auto made = std::make_unique<desk>(with_token(where, *token), options);
    if (auto ok = made->connect(); !ok)
      return ok.reason();
    return made;
  }
};

} // namespace

result<std::unique_ptr<crew>> crew::hire(const place& where,
                                         const token_maker& tokens,
                                         const std::string& label, int judges,
                                         const desk_options& options) {
  auto boss = tokens(label + " supervisor", role::supervisor);
  if (!boss)
    return boss.reason();
  std::unique_ptr<crew> all{new crew{with_token(where, *boss)}};
  all->supervisor_ = std::make_unique<desk>(with_token(where, *boss), options);
  if (auto ok = all->supervisor_->connect(); !ok)
    return ok.reason();
  hiring hire{where, tokens, label, options};
  auto fill = [&hire](std::unique_ptr<desk>& into, const std::string& job,
                      role who) -> result<unit> {
    auto made = hire(job, who);
    if (!made)
      return made.reason();
    into = std::move(*made);
    return unit{};
  };
  if (auto ok = fill(all->timekeeper_, "timekeeper", role::timekeeper); !ok)
    return ok.reason();
  if (auto ok = fill(all->commission_, "commission", role::commission); !ok)
    return ok.reason();
  for (auto c : both_corners)
    if (auto ok
        = fill(all->operators_[c], std::string{to_string(c)} + " operator",
               role::operator_);
        !ok)
      return ok.reason();
  for (auto seat = 1; seat <= judges; ++seat)
    if (auto ok = fill(all->judges_.emplace_back(),
                       "judge " + std::to_string(seat), role::judge);
        !ok)
      return ok.reason();
  return all;
}

result<bout_id> crew::create(const bout::create_bout& what) {
  bout::command c;
  c.id = new_uuid();
  c.body = what;
  auto text = json::to_text(wire::command_json(c));
  auto answer = patient_post(http_, "/api/v1/bouts", text);
  // A lost answer is no reason to make a second bout: the id is the same.
  if (!answer)
    answer = patient_post(http_, "/api/v1/bouts", text);
  if (!answer)
    return answer.reason();
  if (answer->status != 201)
    return problem_of(*answer);
  auto body = json::parse(answer->body);
  const auto* id = body ? body->find("bout_id") : nullptr;
  if (id == nullptr || id->as_string() == nullptr)
    return refuse(ec::malformed, "the new bout has no id");
  return bout_id{*id->as_string()};
}

result<std::vector<std::pair<bout_id, std::string>>>
crew::list(const std::string& event) {
  auto answer = http_.get("/api/v1/bouts?limit=500&event=" + url_text(event));
  if (!answer)
    return answer.reason();
  if (answer->status != 200)
    return problem_of(*answer);
  auto body = json::parse(answer->body, body_limits);
  if (!body)
    return body.reason();
  std::vector<std::pair<bout_id, std::string>> all;
  const auto* bouts = body->find("bouts");
  if (bouts == nullptr || bouts->as_array() == nullptr)
    return all;
  for (const auto& b : *bouts->as_array()) {
    const auto* id = b.find("bout_id");
    const auto* phase = b.find("phase");
    if (id != nullptr && phase != nullptr && id->as_string()
        && phase->as_string())
      all.emplace_back(bout_id{*id->as_string()}, *phase->as_string());
  }
  return all;
}

result<json::value> crew::read(const bout_id& bout, const std::string& part) {
  auto answer = http_.get("/api/v1/bouts/" + bout.str() + part);
  if (!answer)
    return answer.reason();
  if (answer->status != 200)
    return problem_of(*answer);
  return json::parse(answer->body, body_limits);
}

result<unit> crew::bind_seats(const bout_id& bout) {
  for (auto seat = 1; seat <= judges(); ++seat) {
    bout::bind_seat what;
    what.seat = seat;
    judge(seat).post(bout, what);
  }
  for (auto seat = 1; seat <= judges(); ++seat)
    if (auto ok = judge(seat).drain(); !ok)
      return ok;
  return unit{};
}

std::vector<desk*> crew::desks() {
  std::vector<desk*> all{supervisor_.get(), timekeeper_.get(),
                         commission_.get(), operators_.red.get(),
                         operators_.blue.get()};
  for (const auto& judge : judges_)
    all.push_back(judge.get());
  return all;
}

} // namespace ringside::officials
