#pragma once

#include "domain/scoring/peer/log_event.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ringside::scoring::peer {

/// How a peer's intake refuses events.
struct admission {
  double confidence_min = 0;
  std::int64_t window_ms = 100;
  /// True: a distance of exactly the window is still a duplicate.
  bool inclusive = false;
};

/// What passes, in the order of the list: sure enough, and not near in time to
/// one of the last 50 that passed, of the same type and fighter.
std::vector<log_event> admit(std::span<const log_event> log,
                             const admission& rule);

} // namespace ringside::scoring::peer
