#pragma once

#include "actors/protocol/query_messages.hpp"
#include "actors/protocol/simulation_messages.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "domain/base/result.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <caf/replies_to.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace ringside {

/// How a running simulation and whoever asked for it hear of each other: two
/// flags in, two counters out. The one thing that the SIMULATION and the
/// SIMULATOR share, because the SIMULATOR reads no mail while it works.
struct simulation_control {
  /// Somebody called it off.
  std::atomic<bool> cancelled{false};
  /// The node stops; nothing must be waited for.
  std::atomic<bool> abandoned{false};
  std::atomic<std::uint64_t> done{0};
  std::atomic<std::uint64_t> of{0};

  bool stopping() const noexcept {
    return cancelled || abandoned;
  }
};

using simulation_control_ptr = std::shared_ptr<simulation_control>;

/// Runs one simulation and gives its result as JSON. Blocks; asks
/// `control.stopping()` at least ten times a second.
using simulation_runner = std::function<result<std::string>(
  const protocol::simulation_spec&, simulation_control& control)>;

/// INTERNAL to this room: SIMULATION to SIMULATOR.
struct run_simulation {
  protocol::simulation_spec what;
  simulation_control_ptr control;
};

/// The SIMULATOR does the work. Detached. `node/simulation/worker`
using simulator_actor = caf::typed_actor<
  caf::replies_to<run_simulation>::with<protocol::text_answer>>;

struct simulator_deps {
  services_ptr services;
  simulation_runner run;
};

struct simulator_state {
  using pointer
    = caf::stateful_actor<simulator_state, metered<simulator_actor::base>>*;

  explicit simulator_state(pointer) {
    // nop
  }

  simulator_deps deps;

  static inline const char* name = "simulator";
};

/// The behaviour; spawn it detached in a real node.
simulator_actor::behavior_type simulator_behavior(simulator_state::pointer self,
                                                  simulator_deps deps);

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::run_simulation)
