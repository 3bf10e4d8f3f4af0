#pragma once

#include "actors/protocol/ops_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"

#include <functional>
#include <map>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace ringside {

/// A check that HEALTH runs by itself every second: a file system, a counter.
/// It must be quick and must not block.
struct health_probe {
  std::string component;
  std::function<protocol::report_health()> check;
};

struct health_deps {
  services_ptr services;
  /// Everything that has to report before the node is ready.
  std::vector<std::string> expected;
  std::vector<health_probe> probes;
};

using health_impl = protocol::health_actor::extend<caf::reacts_to<tick>>;

/// State of HEALTH: every component by name, with reason and since when. What
/// did not report is not ready; nothing is ever assumed to be well.
///
/// Life cycle: child of the node's supervisor; asks the JOURNAL every second,
/// so it knows of read-only mode without being told.
struct health_state {
  using pointer
    = caf::stateful_actor<health_state, metered<health_impl::base>>*;

  explicit health_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(health_deps what);
  protocol::health_view view() const;
  void take(const protocol::report_health& report);
  void on_tick();
  /// Tells the HUB how everything is.
  void publish() const;

  struct component {
    protocol::health_level level = protocol::health_level::failed;
    std::string reason = "has not reported yet";
    caf::actor_clock::time_point since{};
  };

  pointer self;
  health_deps deps;
  std::map<std::string, component> components;
  ticker clock;
  std::uint64_t ticks = 0;

  static inline const char* name = "health";

private:
  void ask_journal();
  void ask_tree();
};

health_impl::behavior_type health_behavior(health_state::pointer self,
                                           health_deps deps);

} // namespace ringside
