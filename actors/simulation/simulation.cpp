#include "actors/simulation/simulation.hpp"

#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/base/limits.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

using protocol::text_answer;

constexpr const char* worker_name = "node/simulation/worker";
/// No simulation takes longer: a script of five rounds at a tenth of the real
/// speed takes five hours.
constexpr std::chrono::hours longest{12};
constexpr std::int64_t ns_per_ms = 1'000'000;

std::string text_of_object(json::object fields) {
  return json::to_text(json::value{std::move(fields)});
}

bool over(simulation_phase p) noexcept {
  return p != simulation_phase::waiting && p != simulation_phase::running;
}

json::object spec_json(const protocol::simulation_spec& x) {
  if (x.kind == protocol::simulation_kind::script)
    return {{"speed_milli", x.speed_milli}};
  json::object out{{"bouts", static_cast<std::int64_t>(x.bouts)},
                   {"seed", std::to_string(x.seed)},
                   {"rounds", std::int64_t{x.rounds}},
                   {"finishes", x.finishes},
                   {"live", static_cast<std::int64_t>(x.live)},
                   {"ruleset", x.ruleset},
                   {"profile", x.profile}};
  if (!x.against.empty())
    out.emplace("against", x.against);
  return out;
}

text_answer no_such() {
  return {refuse(ec::not_found, "there is no such simulation", "simulation_id",
                 "only the last 100 are kept, and none over a restart")};
}

} // namespace

void simulation_state::init(simulation_deps what) {
  deps = std::move(what);
  prefix = "s" + std::to_string(deps.utc_now().count / ns_per_ms) + "-";
}

simulation_state::record* simulation_state::find(const std::string& id) {
  for (auto& r : records)
    if (r.id == id)
      return &r;
  return nullptr;
}

const simulation_state::record*
simulation_state::find(const std::string& id) const {
  return const_cast<simulation_state*>(this)->find(id);
}

std::size_t simulation_state::count(simulation_phase phase) const {
  return static_cast<std::size_t>(
    std::count_if(records.begin(), records.end(),
                  [phase](const record& r) { return r.phase == phase; }));
}

// -- questions ----------------------------------------------------------------

text_answer simulation_state::start(const protocol::start_simulation& what) {
  if (!deps.enabled)
    return {refuse(ec::unavailable, "this node runs no simulations")};
  if (count(simulation_phase::waiting) >= limits::simulations_waiting_max)
    return {refuse(ec::rate_limited, "eight simulations are waiting already",
                   {}, "wait for one to end, or cancel one")};
  if (deps.check)
    if (auto ok = deps.check(what.what); !ok)
      return {ok.reason()};
  record r;
  r.id = prefix + std::to_string(++given);
  r.by = what.by;
  r.what = what.what;
  r.control = std::make_shared<simulation_control>();
  r.asked_at = deps.utc_now();
  records.push_back(std::move(r));
  auto id = records.back().id;
  forget_oldest();
  run_next();
  return {text_of_object(record_json(*find(id), false))};
}

text_answer simulation_state::show(const protocol::get_simulation& what) const {
  const auto* r = find(what.id);
  return r == nullptr ? no_such()
                      : text_answer{text_of_object(record_json(*r, true))};
}

text_answer simulation_state::list() const {
  json::array all;
  for (auto r = records.rbegin(); r != records.rend(); ++r)
    all.push_back(record_json(*r, false));
  return {text_of_object({{"simulations", std::move(all)}})};
}

text_answer simulation_state::cancel(const protocol::cancel_simulation& what) {
  auto* r = find(what.id);
  if (r == nullptr)
    return no_such();
  if (over(r->phase))
    return {refuse(ec::wrong_state, "the simulation is over already")};
  r->cancelled_by = to_string(what.by);
  r->control->cancelled = true;
  if (r->phase == simulation_phase::waiting) {
    r->phase = simulation_phase::cancelled;
    r->ended_at = deps.utc_now();
  }
  return {text_of_object(record_json(*r, false))};
}

json::object simulation_state::record_json(const record& r, bool with_result) {
  json::object out{
    {"id", r.id},
    {"kind", ringside::text_of(r.what.kind)},
    {"state", ringside::text_of(r.phase)},
    {"by", to_string(r.by)},
    {"asked_utc_ms", r.asked_at.count / ns_per_ms},
    {"request", spec_json(r.what)},
    {"progress",
     json::object{{"done", static_cast<std::int64_t>(r.control->done.load())},
                  {"of", static_cast<std::int64_t>(r.control->of.load())}}}};
  if (r.began_at)
    out.emplace("began_utc_ms", r.began_at->count / ns_per_ms);
  if (r.ended_at)
    out.emplace("ended_utc_ms", r.ended_at->count / ns_per_ms);
  if (!r.cancelled_by.empty())
    out.emplace("cancelled_by", r.cancelled_by);
  if (r.reason)
    out.emplace("error", json::object{{"code", to_string(r.reason->code)},
                                      {"detail", r.reason->detail}});
  if (with_result && !r.outcome.empty())
    if (auto body = json::parse(r.outcome, {1024 * 1024, 16}))
      out.emplace("result", std::move(*body));
  return out;
}

// -- the queue ----------------------------------------------------------------

void simulation_state::run_next() {
  if (count(simulation_phase::running) > 0)
    return;
  auto next = std::find_if(records.begin(), records.end(), [](const record& r) {
    return r.phase == simulation_phase::waiting;
  });
  if (next == records.end())
    return;
  next->phase = simulation_phase::running;
  next->began_at = deps.utc_now();
  auto worker = deps.services->names.open<simulator_actor>(worker_name);
  ask(
    self, worker, longest, run_simulation{next->what, next->control},
    [this, id = next->id](const text_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        ended(id, *reason);
      else
        ended(id, std::get<std::string>(x.outcome));
    },
    [this, id = next->id](const error& reason) { ended(id, reason); });
}

void simulation_state::ended(const std::string& id,
                             const result<std::string>& outcome) {
  auto* r = find(id);
  if (r == nullptr)
    return;
  r->ended_at = deps.utc_now();
  if (outcome) {
    r->phase = simulation_phase::done;
    r->outcome = *outcome;
  } else if (r->control->cancelled) {
    r->phase = simulation_phase::cancelled;
  } else {
    r->phase = simulation_phase::failed;
    r->reason = outcome.reason();
    // Whatever it left running must not run beside the next.
    r->control->cancelled = true;
    log_to(deps.services->log, severity::warning, "node/simulation",
           id + " failed: " + outcome.reason().detail);
  }
  run_next();
}

void simulation_state::forget_oldest() {
  while (records.size() > limits::simulations_kept_max) {
    auto oldest = std::find_if(records.begin(), records.end(),
                               [](const record& r) { return over(r.phase); });
    if (oldest == records.end())
      return;
    records.erase(oldest);
  }
}

void simulation_state::abandon() {
  for (auto& r : records)
    r.control->abandoned = true;
}

protocol::simulation_actor::behavior_type
simulation_behavior(simulation_state::pointer self, simulation_deps deps) {
  harden(self, deps.services->log, "node/simulation",
         [self](const caf::error&) { self->state.abandon(); });
  self->state.init(std::move(deps));
  return {
    [self](const protocol::start_simulation& x) {
      return self->state.start(x);
    },
    [self](const protocol::get_simulation& x) { return self->state.show(x); },
    [self](const protocol::list_simulations&) { return self->state.list(); },
    [self](const protocol::cancel_simulation& x) {
      return self->state.cancel(x);
    },
  };
}

} // namespace ringside
