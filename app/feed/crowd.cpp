#include "app/feed/crowd.hpp"

#include "app/feed/frame_fields.hpp"
#include "app/feed/patience.hpp"

#include <map>
#include <utility>

namespace ringside::feed {

namespace {

constexpr json::limits body_limits{4 * 1024 * 1024, 16};
constexpr std::int64_t rate_hz = 30;
constexpr int tries = 20;

std::string camera_name(const crowd_settings& s, int n) {
  return s.label + " camera " + std::to_string(n + 1);
}

} // namespace

result<std::string> crowd::make_source(const std::string& name) {
  auto body = json::to_text(json::value{json::object{{"name", name},
                                                     {"kind", "camera"},
                                                     {"mode", "local"},
                                                     {"rate_hz", rate_hz}}});
  auto answer = officials::patient_post(http_, "/api/v1/sources", body);
  if (!answer)
    return answer.reason();
  if (answer->status != 201)
    return officials::problem_of(*answer);
  auto made = json::parse(answer->body);
  return made ? result<std::string>{std::string{text_in(*made, "source_id")}}
              : result<std::string>{made.reason()};
}

result<std::vector<std::string>>
crowd::sources(const crowd_settings& settings) {
  auto listed = http_.get("/api/v1/sources");
  if (!listed)
    return listed.reason();
  if (listed->status != 200)
    return officials::problem_of(*listed);
  auto body = json::parse(listed->body, body_limits);
  if (!body)
    return body.reason();
  std::map<std::string, std::string> known;
  if (const auto* all = body->find("sources"); all && all->as_array())
    for (const auto& s : *all->as_array())
      known[std::string{text_in(s, "name")}] = text_in(s, "id");
  std::vector<std::string> ids;
  for (auto n = 0; n < settings.cameras; ++n) {
    auto name = camera_name(settings, n);
    auto id = known.contains(name) ? result<std::string>{known[name]}
                                   : make_source(name);
    if (!id)
      return id.reason();
    ids.push_back(std::move(*id));
  }
  return ids;
}

result<std::unique_ptr<crowd>> crowd::hire(const officials::place& where,
                                           const officials::place& boss,
                                           const officials::token_maker& tokens,
                                           const crowd_settings& settings) {
  std::unique_ptr<crowd> all{new crowd{boss}};
  auto ids = all->sources(settings);
  if (!ids)
    return ids.reason();
  std::size_t device = 0;
  for (auto n = 0; n < settings.cameras; ++n) {
    auto token = tokens(camera_name(settings, n), role::source);
    if (!token)
      return token.reason();
    all->cameras_.push_back(std::make_unique<camera>(
      officials::with_token(where, *token), (*ids)[static_cast<std::size_t>(n)],
      device_for(settings.seed, device++, true), kind_names()));
  }
  for (auto n = 0; n < settings.operators; ++n) {
    auto token = tokens(settings.label + " operator " + std::to_string(n + 1),
                        role::operator_);
    if (!token)
      return token.reason();
    all->operators_.push_back(std::make_unique<tapper>(
      officials::with_token(where, *token),
      device_for(settings.seed, device++, false), kind_names()));
  }
  all->start();
  return all;
}

crowd::~crowd() {
  stop();
}

void crowd::start() {
  for (auto& c : cameras_)
    threads_.emplace_back([&c](const std::stop_token& stop) { c->play(stop); });
  for (auto& o : operators_)
    threads_.emplace_back([&o](const std::stop_token& stop) { o->play(stop); });
}

void crowd::stop() {
  for (auto& t : threads_)
    t.request_stop();
  threads_.clear();
}

result<unit> crowd::watch(const bout_id& bout) {
  auto body = json::to_text(json::value{json::object{{"bout_id", bout.str()}}});
  for (const auto& c : cameras_) {
    auto path = "/api/v1/sources/" + c->source_id() + "/bout";
    for (auto left = tries;; --left) {
      auto answer = http_.send("PUT", path, body);
      if (!answer)
        return answer.reason();
      if (answer->status == 200)
        break;
      auto busy = answer->status == 429 || answer->status == 503;
      if (!busy || left == 0)
        return officials::problem_of(*answer);
      std::this_thread::sleep_for(pause);
    }
  }
  for (const auto& o : operators_)
    o->watch(bout);
  return unit{};
}

void crowd::add(const timed_round& round) {
  std::size_t n = 0;
  for (const auto& c : cameras_) {
    c->add(round.absences[n]);
    c->add(round.sights[n++]);
  }
  for (const auto& o : operators_)
    o->add(round.sights[n++]);
}

} // namespace ringside::feed
