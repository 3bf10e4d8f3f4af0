#pragma once

#include <utility>

#include <caf/actor.hpp>
#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>

namespace ringside {

/// Who runs an actor that blocks.
enum class worker_thread {
  /// A thread of its own: for actors that block in a file or a database. They
  /// are made once, at the start; there are never many.
  own,
  /// The scheduler: under simulation, where nothing blocks and nothing may
  /// escape the test scheduler.
  shared,
};

/// Spawns a behaviour function as a worker. The only place that may make
/// detached actors.
template <class F, class... Ts>
caf::actor spawn_worker(caf::actor_system& system, worker_thread where,
                        F behaviour, Ts&&... xs) {
  if (where == worker_thread::own)
    return caf::actor_cast<caf::actor>(
      system.spawn<caf::detached>(behaviour, std::forward<Ts>(xs)...));
  return caf::actor_cast<caf::actor>(
    system.spawn(behaviour, std::forward<Ts>(xs)...));
}

} // namespace ringside
