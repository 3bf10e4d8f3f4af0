#pragma once

#include "actors/runtime/services.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <caf/actor.hpp>
#include <caf/allowed_unsafe_message_type.hpp>

namespace ringside {

/// When a child that ended is started again.
enum class restart_policy : std::uint8_t {
  /// Always.
  permanent,
  /// Only after a failure; a normal exit or a shutdown is final.
  transient,
  /// Never; it is forgotten when it ends.
  temporary,
};

/// Who else restarts with a failed child.
enum class restart_strategy : std::uint8_t {
  /// Nobody.
  one_for_one,
  /// All children: stopped in reverse order, started in order.
  one_for_all,
  /// The children that were started after it.
  rest_for_one,
};

/// Whether a child has children of its own; only for the status tree and for
/// finding a child by name.
enum class child_kind : std::uint8_t { worker, supervisor };

/// What a factory gets to make one incarnation.
struct child_context {
  /// The directory name.
  std::string name;
  /// 1 for the first start, counting up with every restart.
  std::uint64_t incarnation = 1;
  services_ptr services;
};

/// Spawns one incarnation, neither linked nor monitored. It must not block. An
/// exception or an invalid handle counts as a crash during the start.
using child_factory = std::function<caf::actor(const child_context&)>;

/// How to run one child. Copies are kept for restarts.
struct child_spec {
  /// The directory name, unique on the node.
  std::string name;
  child_factory spawn;
  restart_policy restart = restart_policy::permanent;
  child_kind kind = child_kind::worker;
  /// How long it may take to answer `get_ready`; then it is killed, and that
  /// counts as a crash.
  std::chrono::milliseconds ready_timeout{5'000};
  /// How long it may take to end after the exit message; then it is killed.
  std::chrono::milliseconds shutdown_timeout{2'000};
};

/// How many restarts are too many: more than `max_restarts` in `period`.
struct restart_intensity {
  std::size_t max_restarts = 5;
  std::chrono::milliseconds period{10'000};
};

/// Pause before a restart: none for the first one in the period, then `first`,
/// doubling up to `max`.
struct restart_backoff {
  std::chrono::milliseconds first{10};
  std::chrono::milliseconds max{500};
};

/// A supervisor and its children in the order of their start.
///
/// (The braces let designated initializers leave members out.)
struct supervisor_spec {
  std::string name{};
  restart_strategy strategy = restart_strategy::one_for_one;
  restart_intensity intensity{};
  restart_backoff backoff{};
  std::vector<child_spec> children{};
};

/// Adds a child at run time, at the end of the order. Answered with
/// `child_done` when it is ready, with an error if it gave up or the name is
/// taken. A restarted supervisor knows nothing of such children.
struct add_child {
  child_spec spec;
};

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::add_child)
