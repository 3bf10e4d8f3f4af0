#include "domain/timing/clock_estimate.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace ringside::timing {

namespace {

constexpr std::int64_t trip_max_us = 10'000'000;

/// Rates are told after this much time, to this precision.
constexpr std::int64_t rate_span_us = 60'000'000;
constexpr std::int64_t rate_step_ppb = 100;

constexpr std::int64_t billion = 1'000'000'000;

/// That many billionths of a span, towards zero and without overflow.
std::int64_t part(std::int64_t span_us, std::int64_t ppb) noexcept {
  return span_us / billion * ppb + span_us % billion * ppb / billion;
}

/// How far the clocks can have moved apart in that time, rounded up; the
/// rounding of `part` is in it.
std::int64_t drift(std::int64_t span_us, const clock_rate& rate) noexcept {
  return part(std::abs(span_us), rate.bound_ppb) + 2;
}

bool plausible(const time_exchange& x) noexcept {
  return x.s2 >= x.s1 && x.c3 >= x.c0 && x.trip_us() >= 0
         && x.trip_us() <= trip_max_us;
}

} // namespace

clock_estimate::interval
clock_estimate::intersect(const clock_rate& rate) const noexcept {
  interval all{std::numeric_limits<std::int64_t>::min(),
               std::numeric_limits<std::int64_t>::max()};
  for (const auto& x : samples_) {
    auto since_answer = ref_ - x.c3;
    auto since_question = ref_ - x.c0;
    auto low = x.s2 - x.c3 - quantum_us_ + part(since_answer, rate.slope_ppb)
               - drift(since_answer, rate);
    auto high = x.s1 - x.c0 + quantum_us_ + part(since_question, rate.slope_ppb)
                + drift(since_question, rate);
    all.low = std::max(all.low, low);
    all.high = std::min(all.high, high);
  }
  return all;
}

// -- the rate -----------------------------------------------------------------

std::int64_t clock_estimate::width_at(std::int64_t slope_ppb) const noexcept {
  auto all = intersect({slope_ppb, wander_ppb});
  return all.high - all.low;
}

std::int64_t clock_estimate::best_slope() const noexcept {
  // The width is the least of many straight lines, so it has one peak.
  auto left = -unknown_rate.bound_ppb;
  auto right = unknown_rate.bound_ppb;
  while (right - left > rate_step_ppb) {
    auto third = (right - left) / 3;
    if (width_at(left + third) < width_at(right - third))
      left += third;
    else
      right -= third;
  }
  return (left + right) / 2;
}

std::int64_t clock_estimate::last_fitting(std::int64_t fits,
                                          std::int64_t edge) const noexcept {
  if (width_at(edge) >= 0)
    return edge;
  while (std::abs(edge - fits) > rate_step_ppb) {
    auto between = (edge + fits) / 2;
    (width_at(between) >= 0 ? fits : edge) = between;
  }
  return edge;
}

clock_rate clock_estimate::feasible_rate() const noexcept {
  if (samples_.back().c3 - samples_.front().c3 < rate_span_us)
    return unknown_rate;
  auto best = best_slope();
  if (width_at(best) < 0)
    return unknown_rate;
  auto least = last_fitting(best, -unknown_rate.bound_ppb);
  auto most = last_fitting(best, unknown_rate.bound_ppb);
  return {(least + most) / 2, (most - least + 1) / 2 + wander_ppb};
}

// -- exchanges ----------------------------------------------------------------

bool clock_estimate::settle(const clock_rate& rate) noexcept {
  rate_ = rate;
  offset_ = intersect(rate);
  return offset_.low <= offset_.high;
}

exchange_outcome clock_estimate::add(const time_exchange& x) {
  if (!plausible(x))
    return exchange_outcome::rejected;
  samples_.push_back(x);
  while (samples_.size() > samples_max
         || samples_.front().c3 < x.c3 - window_us)
    samples_.pop_front();
  ref_ = x.c3;
  if (settle(feasible_rate()))
    return exchange_outcome::taken;
  samples_ = {x};
  settle(unknown_rate);
  return exchange_outcome::reset;
}

std::optional<clock_mapping> clock_estimate::mapping() const noexcept {
  if (samples_.empty())
    return std::nullopt;
  auto width = offset_.high - offset_.low;
  return clock_mapping{ref_, offset_.low + width / 2, (width + 1) / 2, rate_};
}

std::optional<bounded_time>
clock_estimate::at(std::int64_t device_us) const noexcept {
  auto line = mapping();
  if (!line)
    return std::nullopt;
  return line->at(device_us);
}

bounded_time clock_mapping::at(std::int64_t device_us) const noexcept {
  auto span = device_us - ref_us;
  return {{device_us + offset_us + part(span, rate.slope_ppb)},
          err_us + drift(span, rate)};
}

} // namespace ringside::timing
