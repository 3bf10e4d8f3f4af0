#pragma once

#include "actors/protocol/ops_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "actors/runtime/timeline.hpp"
#include "domain/timing/wall_watch.hpp"

#include <deque>
#include <functional>
#include <map>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace ringside {

struct clock_deps {
  services_ptr services;
  timeline time;
  /// The wall clock; empty: it is not watched.
  std::function<utc_ns()> wall;
};

using clock_impl = protocol::clock_actor::extend<caf::reacts_to<tick>>;

/// State of the CLOCK: the clock of every device that speaks to this node, and
/// steps of the wall clock.
///
/// The sessions do the arithmetic, each on its own thread; here it is only
/// gathered, so a crash costs nothing but the view until the next exchanges.
/// A step of the wall clock is an entry of the chain `_clock`, and HEALTH tells
/// of it for an hour; nothing that was recorded is timed again.
///
/// Life cycle: child of the node's supervisor.
struct clock_state {
  using pointer = caf::stateful_actor<clock_state, metered<clock_impl::base>>*;

  /// Clocks that are kept; further ones are counted only.
  static constexpr std::size_t clocks_max = 4'096;

  explicit clock_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(clock_deps what);
  void take(const protocol::clock_reading& reading);
  void forget(const protocol::clock_gone& gone);
  /// JSON: `server` and `clocks`, the worst first.
  protocol::text_answer view() const;
  void on_tick();

  pointer self;
  clock_deps deps;
  std::map<std::string, protocol::clock_reading> clocks;
  std::uint64_t turned_away = 0;
  timing::wall_watch watch;
  /// The latest steps, the last one at the end.
  std::deque<timing::wall_step> steps;
  mono_us last_step;
  ticker beat;

  static inline const char* name = "clock";

private:
  mono_us now() const;
  void watch_wall();
  void forget_silent();
  void write_down(const timing::wall_step& step);
  void tell_health() const;
};

clock_impl::behavior_type clock_behavior(clock_state::pointer self,
                                         clock_deps deps);

} // namespace ringside
