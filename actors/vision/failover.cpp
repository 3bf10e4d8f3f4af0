#include "actors/vision/failover.hpp"

#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/ops_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/vision/source.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::seconds failover_period{1};
constexpr std::chrono::milliseconds mode_health_timeout{900};

std::string arena_text(json::object fields) {
  return json::to_text(json::value{std::move(fields)});
}

} // namespace

void failover_state::init(failover_deps what) {
  deps = std::move(what);
  clock.start(self, failover_period);
  load();
}

failover_state::ready_promise failover_state::when_ready() {
  auto result = self->make_response_promise<is_ready>();
  if (started)
    result.deliver(is_ready{});
  else
    waiting_ready.push_back(result);
  return result;
}

mono_us failover_state::now() const {
  return deps.time.at(self->clock().now());
}

// -- deciding -----------------------------------------------------------------

void failover_state::on_tick() {
  if (!started)
    return;
  if (stale)
    load_again();
  write();
  if (std::exchange(asking, true))
    return;
  auto sources = deps.services->names.open<protocol::moded_actor>(sources_name);
  ask(
    self, sources, mode_health_timeout, protocol::get_mode_health{},
    [this](const protocol::mode_health& x) { took(x); },
    [this](const error&) {
      // They are starting; they are asked again.
      asking = false;
    });
}

void failover_state::took(const protocol::mode_health& x) {
  asking = false;
  for (const auto& one : x.arenas)
    look(one);
  say_topic();
  tell_health();
}

void failover_state::look(const protocol::arena_health& x) {
  auto [found, is_new] = arenas.try_emplace(x.arena);
  auto& a = found->second;
  if (is_new)
    a.machine = failover::machine{deps.settings};
  if (auto change = a.machine.look(x.sample, now()))
    note(failover::kind_mode_changed, x.arena, a, change->from, change->reason,
         to_string(issuer{role::admin, "node"}));
  if (!a.machine.decided() || a.version == x.version)
    return;
  // What was said last may have been lost with a journal that refused.
  if (x.version > a.version)
    a.version = x.version + 1;
  tell(x.arena, a);
}

void failover_state::tell(const std::string& id, const arena& a) const {
  auto sources = deps.services->names.open<protocol::moded_actor>(sources_name);
  self->send(sources, protocol::mode_is{id, a.machine.mode(), a.version});
}

// -- a person's word ----------------------------------------------------------

std::optional<error>
failover_state::wrong(const protocol::set_failover& what) const {
  if (!started)
    return refuse(ec::unavailable, "the modes are being read", {},
                  "try again in a moment");
  auto found = arenas.find(what.arena);
  if (found == arenas.end())
    return refuse(ec::not_found, "there is no arena '" + what.arena + "'",
                  "arena", "GET /failover lists them");
  const auto& m = found->second.machine;
  auto sources
    = [&m](intake::source_mode x) { return m.watch(x).sample().sources; };
  if (what.reason.empty())
    return refuse(ec::invalid_value, "say why", "reason");
  if (!what.mode && !m.overridden())
    return refuse(ec::wrong_state, "nobody said a mode for it", "release");
  if (what.mode && *what.mode != intake::source_mode::manual
      && sources(*what.mode) == 0)
    return refuse(ec::wrong_state, "this arena has no source of this mode",
                  "mode");
  return std::nullopt;
}

failover_state::promise
failover_state::set(const protocol::set_failover& what) {
  auto result = self->make_response_promise<protocol::text_answer>();
  if (auto why = wrong(what)) {
    result.deliver(protocol::text_answer{*why});
    return result;
  }
  auto& a = arenas.at(what.arena);
  auto from = a.machine.mode();
  if (what.mode)
    a.machine.override_with(*what.mode, now());
  else
    a.machine.release();
  note(what.mode ? failover::kind_mode_overridden
                 : failover::kind_mode_released,
       what.arena, a, from, what.reason, to_string(what.by),
       [this, id = what.arena, result](bool journaled) mutable {
         auto o = show(id, arenas.at(id));
         o["journaled"] = journaled;
         result.deliver(protocol::text_answer{arena_text(std::move(o))});
       });
  tell(what.arena, a);
  say_topic();
  return result;
}

// -- what is shown ------------------------------------------------------------

failover::arena_record failover_state::record_of(const std::string& id) const {
  auto found = known.find(id);
  auto out = found != known.end() ? found->second : failover::arena_record{};
  for (const auto& x : waiting)
    if (x.what.arena == id)
      failover::fold(out, x.what);
  return out;
}

json::object failover_state::show(const std::string& id, const arena& a) const {
  auto o = failover::arena_json(a.machine, record_of(id));
  o["arena"] = id;
  return o;
}

protocol::text_answer failover_state::show() const {
  json::array all;
  for (const auto& [id, a] : arenas) {
    auto o = show(id, a);
    o["history"] = failover::history_json(record_of(id));
    all.emplace_back(std::move(o));
  }
  json::object out{{"arenas", std::move(all)},
                   {"waiting", static_cast<std::int64_t>(waiting.size())}};
  if (damaged)
    out["journal"] = damaged->detail;
  return {arena_text(std::move(out))};
}

void failover_state::say_topic() {
  json::object state;
  for (auto& [id, a] : arenas) {
    auto o = show(id, a);
    auto text = arena_text(o);
    if (text == a.said)
      continue;
    a.said = std::move(text);
    state.emplace(id, std::move(o));
  }
  if (state.empty())
    return;
  auto hub = deps.services->names.open<protocol::hub_actor>("node/hub");
  self->send(hub,
             protocol::set_topic{"failover", arena_text(std::move(state))});
}

void failover_state::say_all() {
  for (auto& [id, a] : arenas)
    a.said.clear();
  say_topic();
}

void failover_state::tell_health() const {
  using protocol::health_level;
  if (arenas.empty())
    return;
  protocol::report_health report{"failover", health_level::ok,
                                 "every arena has who watches"};
  auto alone = std::find_if(arenas.begin(), arenas.end(), [](const auto& x) {
    return x.second.machine.stranded();
  });
  if (alone != arenas.end()) {
    report.level = health_level::degraded;
    auto record = record_of(alone->first);
    report.reason = "people are alone in arena " + alone->first;
    if (!record.history.empty())
      report.reason += ": " + record.history.back().reason;
  }
  auto health
    = deps.services->names.open<protocol::health_actor>("node/health");
  self->send(health, std::move(report));
}

failover_impl::behavior_type failover_behavior(failover_state::pointer self,
                                               failover_deps deps) {
  harden(self, deps.services->log, failover_name);
  self->state.init(std::move(deps));
  return {
    [self](const protocol::get_failover&) { return self->state.show(); },
    [self](const protocol::set_failover& x) { return self->state.set(x); },
    [self](const protocol::hub_started&) { self->state.say_all(); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
    [self](const get_ready&) { return self->state.when_ready(); },
  };
}

} // namespace ringside
