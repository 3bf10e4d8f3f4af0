#include "domain/timing/clock_estimate.hpp"

#include <algorithm>
#include <limits>

namespace ringside::timing {

namespace {

constexpr std::int64_t trip_max_us = 10'000'000;

/// How far the clocks can have moved apart in that time, rounded up.
std::int64_t drift(std::int64_t span_us) noexcept {
  auto span = span_us < 0 ? -span_us : span_us;
  return (span * clock_estimate::drift_ppm + 999'999) / 1'000'000;
}

bool plausible(const time_exchange& x) noexcept {
  auto trip = (x.c3 - x.c0) - (x.s2 - x.s1);
  return x.s2 >= x.s1 && x.c3 >= x.c0 && trip >= 0 && trip <= trip_max_us;
}

} // namespace

clock_estimate::interval
clock_estimate::intersect(std::int64_t ref) const noexcept {
  interval all{std::numeric_limits<std::int64_t>::min(),
               std::numeric_limits<std::int64_t>::max()};
  for (const auto& x : samples_) {
    auto low = x.s2 - x.c3 - quantum_us_ - drift(ref - x.c3);
    auto high = x.s1 - x.c0 + quantum_us_ + drift(ref - x.c0);
    all.low = std::max(all.low, low);
    all.high = std::min(all.high, high);
  }
  return all;
}

exchange_outcome clock_estimate::add(const time_exchange& x) {
  if (!plausible(x))
    return exchange_outcome::rejected;
  samples_.push_back(x);
  while (samples_.size() > samples_max
         || samples_.front().c3 < x.c3 - window_us)
    samples_.pop_front();
  ref_ = x.c3;
  offset_ = intersect(ref_);
  if (offset_.low <= offset_.high)
    return exchange_outcome::taken;
  samples_ = {x};
  offset_ = intersect(ref_);
  ++resets_;
  return exchange_outcome::reset;
}

std::optional<bounded_time>
clock_estimate::at(std::int64_t device_us) const noexcept {
  if (samples_.empty())
    return std::nullopt;
  auto half = (offset_.high - offset_.low + 1) / 2;
  auto middle = offset_.low + (offset_.high - offset_.low) / 2;
  return bounded_time{{device_us + middle}, half + drift(device_us - ref_)};
}

} // namespace ringside::timing
