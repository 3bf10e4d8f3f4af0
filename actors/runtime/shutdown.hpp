#pragma once

#include "actors/runtime/log_sink.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <caf/actor.hpp>

namespace ringside {

/// Counts actors that have to end. Thread-safe.
class down_latch {
public:
  /// Starts to wait for `who` too. Its end is noticed in its own cleanup, also
  /// of detached actors, which must not outlive main.
  void watch(const caf::actor& who, std::string name);

  /// Waits in real time until all are gone.
  /// @returns whether they are.
  bool wait_for(std::chrono::milliseconds timeout);

  /// The names of those still there.
  std::vector<std::string> remaining() const;

private:
  struct shared;
  std::shared_ptr<shared> data_ = make();

  static std::shared_ptr<shared> make();
};

/// An actor outside of the tree that has to be gone before main returns, such
/// as a detached store worker; stopped after the tree.
struct last_actor {
  std::string name;
  caf::actor handle;
};

struct shutdown_options {
  /// For the orderly stop of the tree; more than the sum of its timeouts.
  std::chrono::milliseconds grace{20'000};
  /// For what is left after `kill`.
  std::chrono::milliseconds kill_grace{3'000};
  /// Stopped by an exit message when the tree is down.
  std::vector<last_actor> afterwards;
  log_sink log;
  /// Called with the names of actors that survived `kill`, when waiting any
  /// longer could hang the process for ever. Default: abort.
  std::function<void(const std::vector<std::string>&)> on_stuck;
  /// How to wait; tests run the scheduler here. Default: `wait_for`.
  std::function<bool(down_latch&, std::chrono::milliseconds)> wait;
};

/// How a shutdown went.
enum class shutdown_result : std::uint8_t { orderly, killed, stuck };

/// Ends the tree below `root` from the main thread: exit, then kill, then
/// `on_stuck`. Returns when all is gone or `on_stuck` returned.
/// @param name the directory name of `root`, for the log.
shutdown_result shut_down(const caf::actor& root, const std::string& name,
                          const shutdown_options& options);

} // namespace ringside
