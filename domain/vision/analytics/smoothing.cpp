#include "domain/vision/analytics/smoothing.hpp"

namespace ringside::analytics {

std::int32_t decay_ppm(std::int64_t dt_us, std::int64_t tau_us) noexcept {
  if (dt_us <= 0)
    return 1'000'000;
  if (tau_us <= 0 || dt_us >= 14 * tau_us)
    return 0;
  // (e^(-x/64))^64 by six squarings; 1/(1 + y + y²/2) is good for y < 0.22.
  constexpr std::int64_t one = std::int64_t{1} << 30;
  auto y = dt_us * (one / 64) / tau_us;
  auto grown = one + y + y * y / (2 * one);
  auto left = one * one / grown;
  for (int i = 0; i < 6; ++i)
    left = left * left / one;
  return static_cast<std::int32_t>(left * 1'000'000 / one);
}

void smoothed::take(std::int64_t sample, std::int64_t dt_us,
                    std::int64_t tau_us) noexcept {
  value_ = sample + (value_ - sample) * decay_ppm(dt_us, tau_us) / 1'000'000;
}

} // namespace ringside::analytics
