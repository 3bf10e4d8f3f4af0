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

void spread(const term& what, const round_tally& t, double weight, double lead,
            std::array<double, aspect_count>& aspects) noexcept {
  if (what.aspect || what.parts.size() == 1) {
    auto whole = what.aspect.value_or(aspect_of(what.parts.front().counted));
    aspects[static_cast<std::size_t>(whole)] += lead;
    return;
  }
  // These shapes are a difference over something, so that parts add up.
  auto total = amount_of(what.parts, t.corners.red)
               + amount_of(what.parts, t.corners.blue) + what.soft;
  auto below = what.shape == shape::share    ? total
               : what.shape == shape::margin ? std::sqrt(total)
                                             : 1.0;
  for (const auto& p : what.parts) {
    auto x = value_of(p.counted, t.corners.red);
    auto y = value_of(p.counted, t.corners.blue);
    aspects[static_cast<std::size_t>(aspect_of(p.counted))]
      += weight * over(p.factor * (x - y), below);
  }
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
