#include "domain/vision/analytics/settings.hpp"

#include <algorithm>
#include <string>

namespace ringside::analytics {

namespace {

constexpr std::int64_t longest_us = 60'000'000;

bool is_hysteresis(std::int32_t on, std::int32_t off) {
  return 0 < off && off < on && on < 1'000'000;
}

bool is_time(std::int64_t us) {
  return us > 0 && us <= longest_us;
}

} // namespace

result<unit> validate(const settings& s) {
  auto no = [](const std::string& field, const std::string& why) {
    return refuse(ec::invalid_value, field + ": " + why, field);
  };
  for (std::size_t i = 0; i < family_count; ++i) {
    const auto& f = s.families[i];
    auto field = "families[" + std::to_string(i) + "]";
    if (!is_hysteresis(f.on_ppm, f.off_ppm))
      return no(field, "needs 0 < off < on < 1000000");
    if (f.valley_ppm <= 0 || f.valley_ppm > f.on_ppm)
      return no(field, "valley is not within 1 and on");
    if (!is_time(f.tau_us) || !is_time(f.length_max_us))
      return no(field, "times have to be above 0, at most a minute");
  }
  if (std::any_of(s.refractory_us.begin(), s.refractory_us.end(),
                  [](auto us) { return us < 0 || us > longest_us; }))
    return no("refractory_us", "is not within 0 and a minute");
  if (!is_hysteresis(s.state_on_ppm, s.state_off_ppm))
    return no("state", "needs 0 < off < on < 1000000");
  if (s.frames_min < 1 || s.frames_min > 100)
    return no("frames_min", "is not within 1 and 100");
  if (s.slow_milli < 0 || s.fast_milli <= s.slow_milli)
    return no("fast_milli", "has to be above slow_milli");
  for (auto us : {s.hold_max_us, s.gap_max_us, s.impact_min_us, s.state_tau_us,
                  s.throw_window_us, s.cause_window_us, s.down_max_us,
                  s.takedown_window_us})
    if (!is_time(us))
      return no("times", "have to be above 0, at most a minute");
  if (s.gap_max_us < s.hold_max_us)
    return no("gap_max_us", "is below hold_max_us");
  return unit{};
}

} // namespace ringside::analytics
