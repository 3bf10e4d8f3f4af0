#pragma once

#include "domain/base/enum_text.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/meta/type_name.hpp>

/// Messages of the actor runtime itself. All of them stay on their node: they
/// describe actors of this process, and another node asks over the network
/// room instead. Therefore none of them has a wire type id.
namespace ringside {

// -- life cycle ---------------------------------------------------------------

/// Asked once by the supervisor after every spawn. `harden` answers it for
/// actors that are ready as soon as they run; an actor that has to load first
/// keeps the promise and answers when it can serve.
struct get_ready {};

/// Answer to `get_ready`.
struct is_ready {};

/// Restarts one child of a supervisor (or of a supervisor below it), by name.
/// Answered with `child_done` when the next incarnation is ready.
struct restart_child {
  std::string name;
};

/// Stops one child and forgets its name. Answered when it is gone.
struct remove_child {
  std::string name;
};

/// Answer to `restart_child`, `remove_child` and `add_child`.
struct child_done {
  std::string name;
};

/// INTERNAL to an actor: one tick of its ticker with this number. Stale
/// generations are to be ignored, which `ticker::accept` does.
struct tick {
  std::uint32_t ticker = 0;
  std::uint64_t generation = 0;
};

// -- status -------------------------------------------------------------------

/// Where a supervised actor is in its life.
enum class child_state : std::uint8_t {
  /// Spawned, has not answered `get_ready` yet.
  starting,
  running,
  /// Crashed or told to restart; the next incarnation is not ready yet.
  restarting,
  /// Told to stop, not gone yet.
  stopping,
  /// Gone on purpose, or finished its work.
  stopped,
  /// Gone and not coming back without help.
  failed,
};

template <>
struct enum_names<child_state> {
  static constexpr std::array<std::string_view, 6> value{
    "starting", "running", "restarting", "stopping", "stopped", "failed"};
};

/// One latency distribution; all times in nanoseconds, percentiles are upper
/// bounds of their bucket (at most 1/32 too high).
struct latency_view {
  std::uint64_t count = 0;
  std::uint64_t sum_ns = 0;
  std::uint64_t p50_ns = 0;
  std::uint64_t p95_ns = 0;
  std::uint64_t p99_ns = 0;
  std::uint64_t max_ns = 0;
};

/// What the mailbox of one actor told us.
struct probe_snapshot {
  /// From enqueue to the start of the handler; sampled.
  latency_view queue_wait;
  /// Duration of the handler; sampled like `queue_wait`.
  latency_view handler;
  /// Messages handled since the name exists, over all incarnations.
  std::uint64_t handled = 0;
  /// Messages in the mailbox now, and the most that were ever seen there.
  std::uint64_t depth = 0;
  std::uint64_t depth_max = 0;
  /// Time on a worker and how often it got there.
  std::uint64_t busy_ns = 0;
  std::uint64_t resumes = 0;
};

/// Asks any actor how it is. A supervisor answers with its whole tree.
struct get_status {};

/// One node of the status tree.
struct actor_status {
  std::string name;
  child_state state = child_state::running;
  bool supervisor = false;
  std::uint32_t restarts = 0;
  std::string last_failure;
  probe_snapshot probe;
  std::vector<actor_status> children;
};

// -- printing -----------------------------------------------------------------

template <class I>
typename I::result_type inspect(I& f, get_ready&) {
  return f(caf::meta::type_name("get_ready"));
}

template <class I>
typename I::result_type inspect(I& f, is_ready&) {
  return f(caf::meta::type_name("is_ready"));
}

template <class I>
typename I::result_type inspect(I& f, restart_child& x) {
  return f(caf::meta::type_name("restart_child"), x.name);
}

template <class I>
typename I::result_type inspect(I& f, remove_child& x) {
  return f(caf::meta::type_name("remove_child"), x.name);
}

template <class I>
typename I::result_type inspect(I& f, child_done& x) {
  return f(caf::meta::type_name("child_done"), x.name);
}

template <class I>
typename I::result_type inspect(I& f, tick& x) {
  return f(caf::meta::type_name("tick"), x.ticker, x.generation);
}

template <class I>
typename I::result_type inspect(I& f, get_status&) {
  return f(caf::meta::type_name("get_status"));
}

template <class I>
typename I::result_type inspect(I& f, actor_status& x) {
  return f(caf::meta::type_name("actor_status"), x.name, x.state, x.restarts,
           x.last_failure, x.children);
}

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::get_ready)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::is_ready)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::restart_child)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::remove_child)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::child_done)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::tick)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::get_status)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::actor_status)
