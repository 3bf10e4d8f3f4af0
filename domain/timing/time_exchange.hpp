#pragma once

#include <cstdint>

namespace ringside::timing {

/// One question and answer about the time, microseconds: `c0` and `c3` on the
/// device's clock, `s1` and `s2` on the server's timeline.
struct time_exchange {
  std::int64_t c0 = 0;
  std::int64_t s1 = 0;
  std::int64_t s2 = 0;
  std::int64_t c3 = 0;

  /// Time on the way, both ways together.
  std::int64_t trip_us() const noexcept {
    return (c3 - c0) - (s2 - s1);
  }
};

} // namespace ringside::timing
