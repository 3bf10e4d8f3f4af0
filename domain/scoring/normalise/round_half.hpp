#pragma once

#include <cstdint>

namespace ringside::scoring::normalise {

/// `n / d` rounded to nearest, halves up. @pre n >= 0, d > 0.
constexpr std::int64_t divided(std::int64_t n, std::int64_t d) noexcept {
  return (n + d / 2) / d;
}

/// `amount` times a factor in ppm, rounded to nearest. @pre Both are not
/// negative and their product is below 2^62.
constexpr std::int64_t scaled(std::int64_t amount,
                              std::int64_t factor_ppm) noexcept {
  return divided(amount * factor_ppm, 1'000'000);
}

} // namespace ringside::scoring::normalise
