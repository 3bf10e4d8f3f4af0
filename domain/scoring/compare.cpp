#include "domain/scoring/compare.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::scoring {

namespace {

constexpr double ms_per_minute = 60'000;

double value_of(column c, const corner_tally& t) noexcept {
  auto count = static_cast<double>(t[c]);
  return c == column::control_minutes ? count / ms_per_minute : count;
}

/// x / y, and 0 where there is nothing to compare.
double over(double x, double y) noexcept {
  return y > 0 ? x / y : 0;
}

} // namespace

double amount_of(std::span<const part> parts, const corner_tally& t) noexcept {
  auto sum = 0.0;
  for (const auto& p : parts)
    sum += p.factor * value_of(p.counted, t);
  return sum;
}

double compared(const term& what, const round_tally& t) noexcept {
  auto x = amount_of(what.parts, t.corners.red);
  auto y = amount_of(what.parts, t.corners.blue);
  switch (what.shape) {
  case shape::difference:
    return x - y;
  case shape::root:
    return std::sqrt(x + what.soft) - std::sqrt(y + what.soft);
  case shape::share:
    return over(x - y, x + y + what.soft);
  case shape::margin:
    return over(x - y, std::sqrt(x + y + what.soft));
  case shape::capped:
    return std::min(x, what.soft) - std::min(y, what.soft);
  }
  return 0;
}

} // namespace ringside::scoring
