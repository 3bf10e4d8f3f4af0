#pragma once

#include "actors/runtime/log_sink.hpp"
#include "app/officials/accounts.hpp"

#include <chrono>
#include <cstdint>
#include <memory>

namespace ringside::demo {

/// What every demo bout has as its event.
inline constexpr const char* event_name = "Demo: simulated, one-minute rounds";

/// Its rounds are as long as those that are shown.
inline constexpr const char* ruleset_id = "mma_demo";

struct demo_options {
  /// Randomness of all bouts.
  std::uint64_t seed = 1;
  /// Times the real speed of the clock.
  double speed = 1;
  std::chrono::milliseconds round{60'000};
  std::chrono::milliseconds rest{20'000};
  /// Between the publication of a result and the next bout.
  std::chrono::milliseconds pause{15'000};
  /// Simulated cameras at the ring. They see at the real speed only.
  int cameras = 4;
  /// Bouts to show; 0: for ever.
  int bouts = 0;
};

/// Simulated officials and cameras that show one simulated bout after the other
/// on a node, through its public API, from a thread of their own. Whatever a
/// bout trips over is logged, and the next one begins.
class demo {
public:
  /// Starts at once; the officials are hired on the thread.
  demo(const officials::place& where, officials::token_maker tokens,
       demo_options options, log_sink log);

  /// Stops.
  ~demo();

  demo(const demo&) = delete;
  demo& operator=(const demo&) = delete;

  /// Ends within a second, wherever the bout is. It stays open and is called
  /// off by the next demo on that node.
  void stop();

  /// Results that were published so far.
  int published() const noexcept;

  /// Blocks until all `bouts` were shown or `most` is over.
  bool wait(std::chrono::milliseconds most) const;

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

} // namespace ringside::demo
