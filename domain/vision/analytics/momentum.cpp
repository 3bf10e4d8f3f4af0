#include "domain/vision/analytics/momentum.hpp"

#include <algorithm>

namespace ringside::analytics {

namespace {

constexpr std::int64_t burst_us = 1'500'000;
constexpr std::int64_t pause_us = 1'200'000;
constexpr std::int64_t momentum_fade_us = 10'000'000;

} // namespace

std::int64_t momentum_meter::recent(corner c, mono_us at) const {
  return sides_[c].recent * decay_ppm(elapsed(at_, at).count, momentum_fade_us)
         / 1'000'000;
}

std::optional<momentum_swing> momentum_meter::take(const act& a) {
  if (!a.landed || !is_strike(a))
    return std::nullopt;
  auto now = std::max(at_, a.at);
  for (auto c : both_corners)
    sides_[c].recent = recent(c, now);
  at_ = now;
  auto& mine = sides_[a.by];
  mine.recent += a.severity.count;
  if (a.severity < significant_from)
    return std::nullopt;
  auto paused
    = mine.count > 0
      && elapsed(mine.last[(mine.count - 1) % burst], a.at).count > pause_us;
  if (paused) {
    mine.count = 0;
    mine.told = false;
  }
  mine.last[mine.count++ % burst] = a.at;
  if (mine.told || mine.count < burst)
    return std::nullopt;
  auto first = mine.last[mine.count % burst];
  if (elapsed(first, a.at).count > burst_us)
    return std::nullopt;
  mine.told = true;
  return momentum_swing{a.by, first, a.at};
}

ppm momentum_meter::share_of_red(mono_us at) const {
  auto red = recent(corner::red, at);
  auto all = red + recent(corner::blue, at);
  return {all == 0 ? 500'000
                   : static_cast<std::int32_t>(red * 1'000'000 / all)};
}

} // namespace ringside::analytics
