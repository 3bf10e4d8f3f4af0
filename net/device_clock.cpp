#include "net/device_clock.hpp"

#include <algorithm>

namespace ringside::net {

void device_clock::resolution(std::int64_t quantum_us) {
  if (exchanges_ > 0 || quantum_us == quantum_us_)
    return;
  quantum_us_ = quantum_us;
  timeline_ = timing::device_timeline{quantum_us};
}

bool device_clock::asked(std::optional<std::int64_t> c3_prev) {
  if (!open_ || !c3_prev)
    return false;
  open_ = false;
  last_.c3 = *c3_prev;
  if (timeline_.add(last_) == timing::exchange_outcome::rejected)
    return false;
  ++exchanges_;
  return true;
}

void device_clock::answered(std::int64_t c0, mono_us s1, mono_us s2) noexcept {
  last_ = {c0, s1.count, s2.count, 0};
  open_ = true;
}

std::optional<bout::claimed_time>
device_clock::map(const wire::device_time& tap, mono_us now) {
  auto t = timeline_.at(tap.device_us, tap.generation);
  if (!t || now.count - t->at.count > age_max_us)
    return std::nullopt;
  return bout::claimed_time{std::min(t->at, now), t->err_us};
}

} // namespace ringside::net
