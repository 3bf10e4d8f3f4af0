#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace ringside {

/// Lets a burst through, then so many per second. Integer arithmetic on the
/// actor clock, so that simulation and product agree to the last token.
class token_bucket {
public:
  /// @param burst tokens at the start and at most.
  /// @param per_second tokens that come back each second.
  token_bucket(std::int64_t burst = 1, std::int64_t per_second = 1)
    : burst_micro_(burst * unit), per_second_(per_second),
      micro_(burst * unit) {
    // nop
  }

  /// Takes one token if there is one.
  template <class TimePoint>
  bool take(TimePoint now) {
    auto us = std::chrono::duration_cast<std::chrono::microseconds>(
                now.time_since_epoch())
                .count();
    if (last_us_ != 0)
      micro_ = std::min(burst_micro_, micro_ + (us - last_us_) * per_second_);
    last_us_ = us;
    if (micro_ < unit)
      return false;
    micro_ -= unit;
    return true;
  }

private:
  static constexpr std::int64_t unit = 1'000'000;

  std::int64_t burst_micro_;
  std::int64_t per_second_;
  std::int64_t micro_;
  std::int64_t last_us_ = 0;
};

} // namespace ringside
