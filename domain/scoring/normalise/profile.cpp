#include "domain/scoring/normalise/profile.hpp"

#include "domain/base/strong_id.hpp"
#include "domain/scoring/normalise/round_half.hpp"

#include <algorithm>

namespace ringside::scoring::normalise {

namespace {

constexpr std::int32_t one_ppm = 1'000'000;
constexpr std::int64_t cap_max_ppm = 1'000'000'000'000;

error bad(std::string field, const std::string& why) {
  return refuse(ec::invalid_value, "'" + field + "' " + why, field);
}

result<unit> check_pair(const std::string& field, const curve_point& low,
                        const curve_point& high, bool steps_allowed) {
  if (high.at_ppm <= low.at_ppm)
    return bad(field, "must go on from point to point");
  auto rise = std::int64_t{high.factor_ppm} - low.factor_ppm;
  if (rise < 0)
    return bad(field, "must not fall: more can never count less");
  if (!steps_allowed && rise > slope_max * (high.at_ppm - low.at_ppm))
    return bad(field, "must not jump at " + std::to_string(low.at_ppm));
  return unit{};
}

result<unit> check_curve(const std::string& field, const curve& c,
                         bool steps_allowed) {
  if (c.size() < 2 || c.front().at_ppm != 0 || c.back().at_ppm != one_ppm)
    return bad(field, "must reach from 0 to 1000000");
  for (const auto& point : c)
    if (point.factor_ppm < 0 || point.factor_ppm > factor_max_ppm)
      return bad(field, "must hold factors from 0 to 2000000");
  for (std::size_t i = 1; i < c.size(); ++i)
    if (auto pair = check_pair(field, c[i - 1], c[i], steps_allowed); !pair)
      return pair;
  return unit{};
}

result<unit> check_weights(const profile& p) {
  for (std::size_t i = 0; i < p.weights.size(); ++i) {
    auto field
      = "weights." + std::string{text_of(static_cast<normalise::act>(i))};
    auto weight = p.weights[i].weight_ppm;
    if (weight < 0 || weight > one_ppm)
      return bad(field, "must be between 0 and 1000000");
    auto most = scaled(scaled(weight, p.severity.back().factor_ppm),
                       p.confidence.back().factor_ppm);
    if (!p.comparison && most > one_ppm)
      return bad(field, "must not get above 1000000 by its factors");
  }
  return unit{};
}

} // namespace

result<unit> validate(const profile& p) {
  if (!valid_id_text(p.id))
    return bad("id", "must be an id");
  if (p.version < 1)
    return bad("version", "must be at least 1");
  if (auto sound = check_curve("severity", p.severity, p.comparison); !sound)
    return sound;
  if (auto sound = check_curve("confidence", p.confidence, p.comparison);
      !sound)
    return sound;
  if (auto sound = check_weights(p); !sound)
    return sound;
  for (std::size_t i = 0; i < p.cap_ppm.size(); ++i)
    if (p.cap_ppm[i] < 0 || p.cap_ppm[i] > cap_max_ppm)
      return bad("caps_ppm." + std::string{text_of(static_cast<category>(i))},
                 "must be between 0 and 1000000000000");
  return unit{};
}

result<unit> may_replace(const profile& now, const profile& next) {
  if (auto sound = validate(next); !sound)
    return sound;
  if (now.id == next.id && now.version == next.version && now != next)
    return refuse(ec::wrong_state,
                  next.id + " version " + std::to_string(next.version)
                    + " is in use with other numbers",
                  "version", "give the change a version of its own");
  return unit{};
}

std::int32_t factor_at(const curve& c, ppm at) noexcept {
  auto x = std::clamp(at.count, 0, one_ppm);
  auto high = std::find_if(c.begin() + 1, c.end() - 1, [&](const auto& point) {
    return point.at_ppm >= x;
  });
  auto low = high - 1;
  auto width = std::int64_t{high->at_ppm} - low->at_ppm;
  auto rise = std::int64_t{high->factor_ppm} - low->factor_ppm;
  return low->factor_ppm
         + static_cast<std::int32_t>(divided(rise * (x - low->at_ppm), width));
}

} // namespace ringside::scoring::normalise
