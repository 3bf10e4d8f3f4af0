#include "net/device_clock.hpp"

#include <algorithm>

namespace ringside::net {

void device_clock::asked(std::optional<std::int64_t> c3_prev) {
  if (!open_ || !c3_prev)
    return;
  open_ = false;
  last_.c3 = *c3_prev;
  estimate_.add(last_);
}

void device_clock::answered(std::int64_t c0, mono_us s1, mono_us s2) noexcept {
  last_ = {c0, s1.count, s2.count, 0};
  open_ = true;
}

std::optional<bout::claimed_time>
device_clock::map(const wire::device_time& tap, mono_us now) {
  // A tap of an earlier run of the clock cannot be placed; a tap of a later one
  // makes what was learned so far worthless.
  if (tap.generation < generation_)
    return std::nullopt;
  if (generation_ >= 0 && tap.generation > generation_)
    estimate_ = timing::clock_estimate{};
  generation_ = tap.generation;
  auto t = estimate_.at(tap.device_us);
  if (!t || now.count - t->at.count > age_max_us)
    return std::nullopt;
  return bout::claimed_time{std::min(t->at, now), t->err_us};
}

} // namespace ringside::net
