#include "actors/ops/health.hpp"

#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/runtime/status_json.hpp"
#include "domain/audit/json.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::seconds health_period{1};
constexpr std::chrono::milliseconds ask_timeout{900};
/// The tree is large and changes slowly.
constexpr std::uint64_t ticks_per_tree = 5;

actor_status without_bouts(actor_status tree) {
  if (tree.name.starts_with("bout/"))
    tree.children.clear();
  for (auto& child : tree.children)
    child = without_bouts(std::move(child));
  return tree;
}

} // namespace

void health_state::init(health_deps what) {
  deps = std::move(what);
  auto now = self->clock().now();
  for (const auto& expected : deps.expected)
    components[expected].since = now;
  clock.start(self, health_period);
  on_tick();
}

void health_state::take(const protocol::report_health& report) {
  auto& c = components[report.component];
  auto changed = c.level != report.level || c.reason != report.reason;
  if (c.level != report.level)
    c.since = self->clock().now();
  c.level = report.level;
  c.reason = report.reason;
  if (changed)
    publish();
}

void health_state::ask_journal() {
  using protocol::health_level;
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  ask(
    self, journal, ask_timeout, protocol::get_journal_state{},
    [this](const protocol::journal_state& s) {
      if (s.read_only)
        take({"journal", health_level::failed, s.read_only->detail});
      else
        take({"journal", health_level::ok, "can be written"});
    },
    [this](const error& reason) {
      take({"journal", health_level::degraded,
            "does not answer: " + reason.detail});
    });
}

/// The tree of actors, for the console. What is inside a bout is left out: a
/// big event has thousands of actors, and `GET /actors` has them all.
void health_state::ask_tree() {
  auto root = deps.services->names.open("node");
  ask(
    self, root, ask_timeout, get_status{},
    [this](const actor_status& tree) {
      json::object state;
      state["tree"] = status_json(without_bouts(tree));
      auto hub = deps.services->names.open<protocol::hub_actor>("node/hub");
      self->send(hub, protocol::set_topic{"ops/actors",
                                          json::to_text(json::value{state})});
    },
    [](const error&) {
      // The next tick asks again; a dead root is no news to anybody.
    });
}

void health_state::on_tick() {
  ask_journal();
  if (++ticks % ticks_per_tree == 0)
    ask_tree();
  for (const auto& probe : deps.probes)
    take(probe.check());
}

protocol::health_view health_state::view() const {
  protocol::health_view all;
  auto now = self->clock().now();
  all.ready
    = std::none_of(components.begin(), components.end(), [](const auto& c) {
        return c.second.level == protocol::health_level::failed;
      });
  for (const auto& [id, c] : components)
    all.components.push_back(
      {id, c.level, c.reason,
       std::chrono::duration_cast<std::chrono::milliseconds>(now - c.since)
         .count()});
  return all;
}

void health_state::publish() const {
  json::object state;
  for (const auto& [id, c] : components) {
    json::object o;
    o["level"] = text_of(c.level);
    o["reason"] = c.reason;
    state[id] = std::move(o);
  }
  auto hub = deps.services->names.open<protocol::hub_actor>("node/hub");
  self->send(
    hub, protocol::set_topic{"ops/health", json::to_text(json::value{state})});
}

health_impl::behavior_type health_behavior(health_state::pointer self,
                                           health_deps deps) {
  harden(self, deps.services->log, "node/health");
  self->state.init(std::move(deps));
  return {
    [self](const protocol::report_health& x) { self->state.take(x); },
    [self](const protocol::hub_started&) { self->state.publish(); },
    [self](const protocol::get_health&) { return self->state.view(); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside
