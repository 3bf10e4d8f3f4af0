#include "domain/scoring/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::scoring {

namespace {

/// e^-x for x from 0; beyond `x_max` nothing is left of a millionth.
double portable_exp_minus(double x) noexcept {
  constexpr double x_max = 60;
  constexpr double log2e = 1.4426950408889634;
  constexpr double ln2_high = 0.693147180369123816490;
  constexpr double ln2_low = 1.90821492927058770002e-10;
  constexpr int degree = 13;
  x = std::min(x, x_max);
  auto k = std::floor(x * log2e + 0.5);
  auto r = -((x - k * ln2_high) - k * ln2_low);
  auto sum = 1.0;
  for (int n = degree; n > 0; --n)
    sum = 1 + r * sum / n;
  return std::ldexp(sum, -static_cast<int>(k));
}

} // namespace

double portable_logistic(double z) noexcept {
  auto both = chances_of(z);
  return z >= 0 ? both.high : both.low;
}

both_chances chances_of(double z) noexcept {
  auto e = portable_exp_minus(std::abs(z));
  return {1 / (1 + e), e / (1 + e)};
}

std::int32_t ppm_floor(double chance) noexcept {
  constexpr double million = 1'000'000;
  return static_cast<std::int32_t>(std::clamp(chance, 0.0, 1.0) * million);
}

std::int64_t milli(double value) noexcept {
  constexpr double bound = 1e12;
  return std::llround(std::clamp(value * 1'000, -bound, bound));
}

} // namespace ringside::scoring
