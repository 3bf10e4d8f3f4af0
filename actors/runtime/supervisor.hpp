#pragma once

#include "actors/runtime/child_spec.hpp"

#include <caf/actor.hpp>
#include <caf/fwd.hpp>

namespace ringside {

/// The SUPERVISOR: keeps its children running as OTP does.
///
/// It starts its children one after the other, each when the one before is
/// ready, and binds their directory names; stops them in reverse; restarts
/// those that crash by its strategy. Messages for a restarting child wait in
/// its stable reference. After too many restarts it stops all children, raises
/// an alarm in the log, and ends with an error, so that the supervisor above
/// it decides. A child that ignores exit and kill is abandoned with an alarm.
///
/// Life cycle: spawned by the supervisor above or by `spawn_root`; ends
/// orderly on any exit message, and on `kill` it takes its children along.
///
/// Handles: `get_ready` (answered when all first children run), `get_status`
/// (the tree), `restart_child`, `add_child`, `remove_child`.
caf::actor spawn_supervisor(services_ptr services, supervisor_spec spec);

/// A supervisor as the child of another one. It gets `ready_timeout` for all
/// its children together.
child_spec supervisor_child(supervisor_spec spec,
                            std::chrono::milliseconds ready_timeout
                            = std::chrono::seconds{30},
                            std::chrono::milliseconds shutdown_timeout
                            = std::chrono::seconds{15});

/// Spawns the supervisor on top, which nobody restarts, and binds its name.
caf::actor spawn_root(const services_ptr& services, supervisor_spec spec);

} // namespace ringside
