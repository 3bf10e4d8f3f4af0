#include "actors/ops/clock.hpp"

#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/role.hpp"
#include "domain/timing/device_timeline.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace ringside {

namespace {

constexpr std::chrono::seconds clock_period{1};
constexpr std::size_t steps_max = 20;
/// A session that says nothing for so long lost its way out of the list.
constexpr span_us silence_max = seconds(15 * 60);
/// How long a step of the wall clock is news.
constexpr span_us step_news = seconds(3'600);

struct judged_clock {
  const protocol::clock_reading* reading = nullptr;
  timing::clock_status status = timing::clock_status::green;
  std::int64_t err_us = 0;
  std::int64_t age_us = 0;
};

judged_clock judge(const protocol::clock_reading& r, mono_us now) {
  auto age = std::max<std::int64_t>(0, elapsed(r.at, now).count);
  auto device_now = r.line.ref_us + age;
  auto t = r.line.at(device_now);
  return {&r, timing::status_of(t, age), t.err_us, age};
}

json::object clock_json(const judged_clock& c) {
  const auto& r = *c.reading;
  return {{"session", r.session},
          {"account", r.account},
          {"role", text_of(r.who)},
          {"status", text_of(c.status)},
          {"err_us", c.err_us},
          {"offset_us", r.line.offset_us},
          {"rate_ppb", r.line.rate.slope_ppb},
          {"rate_bound_ppb", r.line.rate.bound_ppb},
          {"trip_us", r.trip_us},
          {"quantum_us", r.quantum_us},
          {"resets", r.resets},
          {"exchanges", static_cast<std::int64_t>(r.exchanges)},
          {"last_exchange_ms", c.age_us / 1'000}};
}

json::object step_json(const timing::wall_step& s) {
  return {{"expected_us", s.expected.count / 1'000},
          {"shown_us", s.shown.count / 1'000},
          {"step_us", (s.shown.count - s.expected.count) / 1'000}};
}

} // namespace

void clock_state::init(clock_deps what) {
  deps = std::move(what);
  beat.start(self, clock_period);
  on_tick();
}

mono_us clock_state::now() const {
  return deps.time.at(self->clock().now());
}

// -- devices ------------------------------------------------------------------

void clock_state::take(const protocol::clock_reading& reading) {
  auto known = clocks.contains(reading.session);
  if (!known && clocks.size() >= clocks_max) {
    ++turned_away;
    return;
  }
  clocks.insert_or_assign(reading.session, reading);
}

void clock_state::forget(const protocol::clock_gone& gone) {
  clocks.erase(gone.session);
}

void clock_state::forget_silent() {
  auto current = now();
  std::erase_if(clocks, [current](const auto& c) {
    return elapsed(c.second.at, current) > silence_max;
  });
}

protocol::text_answer clock_state::view() const {
  std::vector<judged_clock> all;
  for (const auto& [session, reading] : clocks)
    all.push_back(judge(reading, now()));
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::pair{a.status, a.err_us} > std::pair{b.status, b.err_us};
  });
  json::array list;
  for (const auto& c : all)
    list.emplace_back(clock_json(c));
  json::array told;
  for (const auto& s : steps)
    told.emplace_back(step_json(s));
  json::object server{{"now_us", now().count}, {"steps", std::move(told)}};
  return {json::to_text(
    json::object{{"server", std::move(server)},
                 {"clocks", std::move(list)},
                 {"not_listed", static_cast<std::int64_t>(turned_away)}})};
}

// -- the wall clock -----------------------------------------------------------

void clock_state::on_tick() {
  watch_wall();
  forget_silent();
  tell_health();
}

void clock_state::watch_wall() {
  if (!deps.wall)
    return;
  auto current = now();
  auto step = watch.look(current, deps.wall());
  if (!step)
    return;
  steps.push_back(*step);
  if (steps.size() > steps_max)
    steps.pop_front();
  last_step = current;
  write_down(*step);
}

void clock_state::write_down(const timing::wall_step& step) {
  persistence::append_batch batch{protocol::clock_bout, std::nullopt, {}};
  batch.drafts.push_back({to_string(issuer{role::admin, "node"}),
                          "clock_stepped", json::to_text(step_json(step)),
                          std::nullopt});
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  ask(
    self, journal, journal_timeout, protocol::append{std::move(batch)},
    [](const protocol::append_answer&) {
      // A journal that cannot be written says so itself.
    },
    [](const error&) {
      // nop
    });
}

void clock_state::tell_health() const {
  using protocol::health_level;
  protocol::report_health report{"clock", health_level::ok, "runs evenly"};
  if (!steps.empty() && elapsed(last_step, now()) < step_news) {
    auto ms
      = (steps.back().shown.count - steps.back().expected.count) / 1'000'000;
    report.level = health_level::degraded;
    report.reason = "the wall clock stepped by " + std::to_string(ms)
                    + " ms; marks and rounds are not affected";
  }
  auto health
    = deps.services->names.open<protocol::health_actor>("node/health");
  self->send(health, std::move(report));
}

clock_impl::behavior_type clock_behavior(clock_state::pointer self,
                                         clock_deps deps) {
  harden(self, deps.services->log, "node/clock");
  self->state.init(std::move(deps));
  return {
    [self](const protocol::clock_reading& x) { self->state.take(x); },
    [self](const protocol::clock_gone& x) { self->state.forget(x); },
    [self](const protocol::get_clocks&) { return self->state.view(); },
    [self](const tick& t) {
      if (self->state.beat.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside
