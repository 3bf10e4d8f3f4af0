#include "domain/vision/trust/learned.hpp"

#include <algorithm>
#include <cstddef>

namespace ringside::trust {

namespace {

constexpr std::int64_t million = 1'000'000;
constexpr std::int64_t prior_weight = 20;
constexpr std::int64_t counts_max = 180;
/// Of false alarms, which are rare.
constexpr std::int64_t prior_alarms = 4;
constexpr std::int64_t alarms_max = 1'000'000'000;
constexpr std::int64_t view_max_ms = 3'600'000;
constexpr std::int64_t latency_shift_us = 400'000;

/// Bounds of a value; the plan's own is always within them.
std::int32_t bounded(std::int64_t value, std::int64_t low, std::int64_t high,
                     std::int64_t plan) {
  return static_cast<std::int32_t>(
    std::clamp(value, std::min(low, plan), std::max(high, plan)));
}

/// The share of `right` among all, from `plan` on; in parts of a million.
std::int64_t share(std::int64_t plan, std::int64_t right, std::int64_t wrong) {
  auto n = right + wrong;
  if (n > counts_max) {
    right = right * counts_max / n;
    n = counts_max;
  }
  return (prior_weight * plan + right * million) / (prior_weight + n);
}

std::int32_t false_rate(std::int32_t plan, const source_counts& c) {
  if (c.view_ms <= 0)
    return plan;
  // Thousandths; no product below leaves 64 bits.
  auto alarms = std::min(c.false_alarms, alarms_max) * 1'000;
  auto view = c.view_ms;
  if (view > view_max_ms) {
    alarms = alarms * view_max_ms / view;
    view = view_max_ms;
  }
  auto prior_ms = prior_alarms * 1'000 * million / plan;
  auto rate = (prior_alarms * 1'000 + alarms) * million / (prior_ms + view);
  return bounded(rate, 10'000, 5 * million, plan);
}

std::int32_t latency(std::int32_t plan, const source_counts& c) {
  if (c.timed <= 0)
    return plan;
  auto n = std::min(c.timed, counts_max);
  auto mean = std::clamp(c.latency_us / c.timed, plan - latency_shift_us,
                         plan + latency_shift_us);
  return static_cast<std::int32_t>((prior_weight * plan + n * mean)
                                   / (prior_weight + n));
}

/// Moves the likeliest label of a kind; the others keep their proportions.
void learn_row(std::int32_t* row, std::size_t labels, const source_counts& c) {
  auto* top = std::max_element(row, row + labels);
  const std::int64_t was = *top;
  if (was >= million)
    return;
  auto even = million / static_cast<std::int64_t>(labels);
  auto is = bounded(share(was, c.kind_right, c.kind_wrong), even, 980'000, was);
  auto rest = million;
  for (auto* cell = row; cell != row + labels; ++cell)
    if (cell != top) {
      *cell
        = static_cast<std::int32_t>(*cell * (million - is) / (million - was));
      rest -= *cell;
    }
  *top = static_cast<std::int32_t>(rest);
}

} // namespace

fusion::source_parameters learned(const fusion::source_parameters& plan,
                                  std::size_t kinds, const source_counts& c) {
  auto s = plan;
  auto p = plan.p_d.count;
  // When an operator looks, nobody knows.
  if (plan.is == fusion::source_class::camera)
    s.p_d.count = bounded(share(p, c.matched, c.missed), 200'000, 980'000, p);
  s.false_rate_uhz = false_rate(plan.false_rate_uhz, c);
  p = plan.corner_accuracy.count;
  s.corner_accuracy.count
    = bounded(share(p, c.corner_right, c.corner_wrong), 500'000, 998'000, p);
  s.bias_us = latency(plan.bias_us, c);
  if (c.kind_right + c.kind_wrong > 0) {
    auto labels = s.confusion.size() / kinds;
    for (std::size_t k = 0; k < kinds; ++k)
      learn_row(s.confusion.data() + k * labels, labels, c);
  }
  return s;
}

} // namespace ringside::trust
