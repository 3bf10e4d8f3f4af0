#pragma once

#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "tests/sim/assessments.hpp"
#include "tests/sim/fight.hpp"
#include "tests/sim/invariants.hpp"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include <caf/event_based_actor.hpp>
#include <caf/stateful_actor.hpp>

namespace ringside::sim {

/// What the observer works with. It outlives the observer.
struct observer_deps {
  services_ptr services;
  std::vector<std::shared_ptr<fight>> fights;
  rng* source = nullptr;
  run_log* log = nullptr;
  const truth* durable = nullptr;
  assessment_check* assessed = nullptr;
  const bool* closing = nullptr;
};

/// Asks what people ask over HTTP, as any audience, and holds the answers
/// against the truth; makes accounts now and then.
struct observer_state {
  using pointer
    = caf::stateful_actor<observer_state, metered<caf::event_based_actor>>*;

  explicit observer_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(observer_deps what);
  void on_tick();

  pointer self;
  observer_deps deps;
  /// Accounts whose making was acknowledged.
  std::set<std::string> accounts;
  std::uint64_t made = 0;
  ticker clock;

  static inline const char* name = "observer";

private:
  void ask_view(const fight& at, wire::audience who);
  void ask_events(const fight& at, wire::audience who);
  void ask_assessment(const fight& at, wire::audience who);
  void check_assessment(const fight& at, wire::audience who, int round,
                        const std::string& text);
  void change_calibration();
  void make_account();
};

caf::behavior observer_behavior(observer_state::pointer self,
                                observer_deps deps);

} // namespace ringside::sim
