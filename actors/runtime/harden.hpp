#pragma once

#include "actors/runtime/log_sink.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <caf/fwd.hpp>

namespace ringside {

/// What went wrong around one actor; written by the actor, read by anybody.
struct trouble_counts {
  /// Stray `error` messages that CAF would have died of.
  std::atomic<std::uint64_t> errors{0};
  /// Messages nobody handles.
  std::atomic<std::uint64_t> unexpected{0};
  /// DOWN messages nobody asked for.
  std::atomic<std::uint64_t> downs{0};
  /// Exceptions out of a handler; each of them ended an incarnation.
  std::atomic<std::uint64_t> exceptions{0};
};

/// Runs in the actor before it quits because of an exit message: the place to
/// fail its pending promises, since a dropped promise is silence. It does not
/// run on `kill`.
using exit_hook = std::function<void(const caf::error&)>;

/// Installs all five handlers of `self`; the first line of every behaviour.
/// CAF's defaults end the actor on a stray error and print to stdout.
///
/// - error: count, log, go on.
/// - default: requests get an error, async messages are counted and get no
///   answer (an answer would hit the sender as a stray error). `get_ready` and
///   `get_status` are answered here unless the behaviour handles them.
/// - down: count and log.
/// - exit: run `on_exit`, then quit with the reason.
/// - exception: log with the actor's name, then end with `runtime_error` and
///   the text, which the pending requester and the supervisor see.
///
/// @param name the directory name, for the log.
/// @returns the counters, shared with the handlers.
std::shared_ptr<const trouble_counts> harden(caf::scheduled_actor* self,
                                             log_sink log, std::string name,
                                             exit_hook on_exit = {});

} // namespace ringside
