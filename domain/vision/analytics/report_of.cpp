#include "domain/vision/analytics/report_of.hpp"

#include <algorithm>

namespace ringside::analytics {

namespace {

constexpr std::array<std::int32_t, impact_count> base_ppm{0, 250'000, 500'000,
                                                          750'000, 1'000'000};
/// What full speed adds and none takes away.
constexpr std::int64_t speed_span_ppm = 100'000;
/// A submission attempt this long is as serious as one can be.
constexpr std::int64_t submission_full_us = 8'000'000;

constexpr std::int64_t cause_part = 600'000;
constexpr std::int64_t down_part = 400'000;
constexpr std::int64_t down_full_us = 4'000'000;
constexpr std::int64_t hard_from = 500'000;
constexpr std::int64_t near_finish_from = 780'000;

/// Where a speed lies between slow and fast, 0 to 1'000'000.
std::int64_t speed_share(std::int32_t speed_milli, const settings& by) {
  return std::clamp<std::int64_t>((std::int64_t{speed_milli} - by.slow_milli)
                                    * 1'000'000
                                    / (by.fast_milli - by.slow_milli),
                                  0, 1'000'000);
}

/// The weight of each class. A strike whose limb did not move counts a quarter
/// of what its scores say.
std::array<std::int64_t, action_count> weights_of(const segment& s,
                                                  const settings& by) {
  auto out = s.label;
  for (std::size_t i = 0; i < strike_count; ++i)
    if (auto speed = s.limbs[i].speed_milli)
      out[i]
        = out[i] / 1'000 * (250'000 + speed_share(*speed, by) * 3 / 4) / 1'000;
  return out;
}

/// Shares of one million that sum to it; what rounding leaves goes to the
/// likeliest. @returns the likeliest.
action share(const std::array<std::int64_t, action_count>& weight,
             std::array<std::int32_t, action_count>& out) {
  std::int64_t all = 0;
  for (auto w : weight)
    all += w;
  auto most = static_cast<std::size_t>(
    std::max_element(weight.begin(), weight.end()) - weight.begin());
  std::int32_t rest = 1'000'000;
  if (all > 0)
    for (std::size_t i = 0; i < action_count; ++i) {
      out[i] = static_cast<std::int32_t>(weight[i] * 1'000'000 / all);
      rest -= out[i];
    }
  out[most] += rest;
  return static_cast<action>(most);
}

void add_strike(event_report& r, const segment& s, const settings& by) {
  const auto& limb = s.limbs[index(r.what)];
  r.speed_milli = limb.speed_milli;
  r.target = limb.nearest;
  auto hit = force_of(s.impact_us, limb.speed_milli, by);
  r.impact = hit.level;
  r.severity = hit.severity;
  r.landed = hit.level != impact_level::none;
}

} // namespace

force force_of(const std::array<std::int64_t, impact_count>& impact_us,
               std::optional<std::int32_t> speed_milli, const settings& by) {
  std::size_t level = impact_count - 1;
  std::int64_t seen = 0;
  for (; level > 0; --level) {
    seen += impact_us[level];
    if (seen >= by.impact_min_us)
      break;
  }
  if (level == 0)
    return {};
  if (level >= 3 && speed_milli && *speed_milli < by.slow_milli)
    --level;
  std::int64_t severity = base_ppm[level];
  if (speed_milli)
    severity
      += (speed_share(*speed_milli, by) - 500'000) * speed_span_ppm / 500'000;
  return {static_cast<impact_level>(level),
          {static_cast<std::int32_t>(
            std::clamp<std::int64_t>(severity, 1, 1'000'000))}};
}

event_report report_of(const segment& s, family f, corner seen_on,
                       std::int32_t err_us, const settings& by) {
  event_report r;
  r.at = s.centre();
  r.start = s.start;
  r.end = s.end;
  r.err_us = err_us;
  r.by = f == family::knockdown ? opponent(seen_on) : seen_on;
  r.what = share(weights_of(s, by), r.label_ppm);
  r.conf = {std::min(s.peak_ppm, 1'000'000)};
  r.frames = s.frames;
  if (s.seen_us > 0)
    r.view = {static_cast<std::int32_t>(s.view_sum * 1'000 / s.seen_us)};
  r.in_view = r.view.count >= by.in_view_min_ppm;
  if (f == family::strike)
    add_strike(r, s, by);
  else
    r.landed = true;
  if (f == family::submission)
    r.severity = {static_cast<std::int32_t>(
      std::min(elapsed(s.start, s.end).count, submission_full_us) * 1'000'000
      / submission_full_us)};
  return r;
}

knockdown_tier tier_of(ppm cause, std::int64_t down_us) noexcept {
  auto down = std::clamp<std::int64_t>(down_us, 0, down_full_us);
  auto points
    = cause.count * cause_part / 1'000'000 + down * down_part / down_full_us;
  if (points >= near_finish_from)
    return knockdown_tier::near_finish;
  return points >= hard_from ? knockdown_tier::hard : knockdown_tier::flash;
}

} // namespace ringside::analytics
