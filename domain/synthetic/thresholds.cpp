#include "domain/synthetic/thresholds.hpp"

#include "domain/base/number.hpp"
#include "domain/base/portable_math.hpp"

#include <algorithm>

namespace ringside::synthetic {

using namespace portable;

namespace {

/// Nothing rarer than this is drawn.
constexpr double rarest = 1e-9;

} // namespace

int staircase::at(double z) const noexcept {
  return static_cast<int>(std::lower_bound(steps.begin(), steps.end(), z)
                          - steps.begin());
}

staircase stairs_of(const count_margin& m) {
  auto mean = static_cast<double>(m.mean_ppm) / million;
  auto variance = static_cast<double>(m.variance_ppm) / million;
  auto poisson = variance <= mean * 1.000001;
  // P(k) / P(k - 1) = (r + k - 1) q / k; for a Poisson it is mean / k.
  auto r = poisson ? 0 : mean * mean / (variance - mean);
  auto q = poisson ? 0 : mean / (r + mean);
  auto p
    = poisson ? exponential(-mean) : exponential(r * (ln(r) - ln(r + mean)));
  staircase s;
  auto below = p;
  for (auto k = 1; k <= most_in_a_round && below < 1 - rarest; ++k) {
    s.steps.push_back(normal_quantile(std::max(below, rarest)));
    p *= poisson ? mean / k : (r + k - 1) * q / k;
    below += p;
  }
  return s;
}

staircase stairs_of(const control_margin& m) {
  auto none = static_cast<double>(m.none_ppm) / million;
  auto longest = m.knots_s.back();
  staircase s;
  std::size_t knot = 0;
  for (auto second = 1; second <= longest; ++second) {
    // The share of the rounds with control that have less than `second`.
    while (knot + 1 < knot_count && m.knots_s[knot + 1] < second)
      ++knot;
    double share = 0;
    if (second > m.knots_s.front()) {
      auto from = m.knots_s[knot];
      auto to = m.knots_s[knot + 1];
      auto part
        = to > from ? static_cast<double>(second - from) / (to - from) : 0.0;
      share = (static_cast<double>(knot) + part) / (knot_count - 1);
    }
    auto below = none + (1 - none) * share;
    s.steps.push_back(normal_quantile(std::clamp(below, rarest, 1 - rarest)));
  }
  return s;
}

per_stat<staircase> stairs_of(const parameters& p) {
  per_stat<staircase> all;
  for (std::size_t i = 0; i < counted_stats; ++i)
    all[i] = stairs_of(p.counts[i]);
  all.back() = stairs_of(p.control);
  return all;
}

} // namespace ringside::synthetic
