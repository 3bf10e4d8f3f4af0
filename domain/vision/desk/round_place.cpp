#include "domain/vision/desk/round_place.hpp"

namespace ringside::desk {

namespace {

bool ran_at(const bout::round_clock& clock, mono_us t) {
  auto running = false;
  for (const auto& mark : clock.marks())
    if (mark.at <= t)
      running = mark.running;
  return running;
}

} // namespace

std::optional<round_place> place_of(const bout::state& now, mono_us t) {
  for (int n = bout::current_round_no(now); n >= 1; --n) {
    const auto& r = *bout::find_round(now, n);
    if (t < r.opened_at || (r.closed_at && t > *r.closed_at))
      continue;
    return round_place{n, bout::time_at(r, t), ran_at(r.clock, t)};
  }
  return std::nullopt;
}

} // namespace ringside::desk
