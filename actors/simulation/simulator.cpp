#include "actors/simulation/simulator.hpp"

#include "actors/runtime/harden.hpp"

#include <utility>

namespace ringside {

simulator_actor::behavior_type simulator_behavior(simulator_state::pointer self,
                                                  simulator_deps deps) {
  harden(self, deps.services->log, "node/simulation/worker");
  self->state.deps = std::move(deps);
  return {
    [self](const run_simulation& x) -> protocol::text_answer {
      if (x.control->stopping())
        return {refuse(ec::unavailable, "stopped")};
      auto done = self->state.deps.run(x.what, *x.control);
      if (!done)
        return {done.reason()};
      return {std::move(*done)};
    },
  };
}

} // namespace ringside
