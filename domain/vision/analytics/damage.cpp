#include "domain/vision/analytics/damage.hpp"

#include "domain/vision/analytics/smoothing.hpp"

#include <algorithm>
#include <array>

namespace ringside::analytics {

namespace {

constexpr std::int64_t fade_us = 8'000'000;
constexpr std::int64_t rocked_from = 1'500'000;
constexpr std::int64_t recovered_at = 600'000;
/// Thousandths: a knee or an elbow does more than a punch of its force.
constexpr std::array<std::int64_t, strike_count> per_strike{1'000, 1'200, 1'300,
                                                            1'200};
/// By tier, on top of the strike that caused it.
constexpr std::array<std::int64_t, 3> per_knockdown{600'000, 1'000'000,
                                                    1'500'000};

} // namespace

std::int64_t damage_of(const act& a) noexcept {
  if (a.what == action::knockdown)
    return per_knockdown[static_cast<std::size_t>(
      a.tier.value_or(knockdown_tier::flash))];
  if (!a.landed || !is_strike(a))
    return 0;
  return a.severity.count * per_strike[index(a.what)] / 1'000;
}

std::int64_t damage_meter::felt_ppm(corner c, mono_us at) const noexcept {
  const auto& s = sides_[c];
  return s.felt * decay_ppm(elapsed(s.at, at).count, fade_us) / 1'000'000;
}

std::optional<rocked> damage_meter::take(const act& a) {
  auto done = damage_of(a);
  auto& victim = sides_[opponent(a.by)];
  victim.taken += done;
  auto hurts = a.what == action::knockdown || a.severity >= heavy_from;
  if (done == 0 || !hurts)
    return std::nullopt;
  auto now = std::max(victim.at, a.at);
  auto before = felt_ppm(opponent(a.by), now);
  if (before < recovered_at)
    victim.told = false;
  victim.felt = before + done;
  victim.at = now;
  // Who is down is more than rocked already.
  if (victim.told || a.what == action::knockdown || victim.felt < rocked_from)
    return std::nullopt;
  victim.told = true;
  return rocked{a.by, a.at};
}

} // namespace ringside::analytics
