#include "domain/vision/analytics/frame.hpp"

#include <string>

namespace ringside::analytics {

namespace {

constexpr std::int32_t place_min = -2'000;
constexpr std::int32_t place_max = 6'000;
/// Two hundred heights a second; nothing in a ring is faster.
constexpr std::int32_t motion_max = 200'000;

bool is_share(std::int64_t value) {
  return value >= 0 && value <= 1'000'000;
}

bool is_within(place p, std::int32_t low, std::int32_t high) {
  return p.x_milli >= low && p.x_milli <= high && p.y_milli >= low
         && p.y_milli <= high;
}

std::string text_of(place p) {
  return std::to_string(p.x_milli) + "," + std::to_string(p.y_milli);
}

error wrong(std::string field, const std::string& what) {
  return refuse(ec::invalid_value, field + " " + what, field);
}

// Called for each picture: texts are made only where something is wrong.

error wrong_of(corner c, const std::string& field, const std::string& what) {
  return wrong(std::string{to_string(c)} + "." + field, what);
}

result<unit> check_scores(const fighter_view& v, corner c) {
  for (std::size_t i = 0; i < action_count; ++i)
    if (!is_share(v.score_ppm[i]))
      return wrong_of(
        c, "score_ppm." + std::string{enum_names<action>::value[i]},
        std::to_string(v.score_ppm[i]) + " is not within 0 to 1000000");
  if (static_cast<std::size_t>(v.impact) >= impact_count)
    return wrong_of(c, "impact", "is no impact level");
  if (v.hold && *v.hold > hold_kind::back)
    return wrong_of(c, "hold", "is no hold");
  return unit{};
}

result<unit> check_box(const box& b, corner c) {
  if (!is_within(b.low, place_min, place_max)
      || !is_within(b.high, place_min, place_max))
    return wrong_of(c, "box", "is far outside of the picture");
  if (b.low.x_milli >= b.high.x_milli || b.low.y_milli >= b.high.y_milli)
    return wrong_of(c, "box",
                    text_of(b.low) + " to " + text_of(b.high) + " is empty");
  return unit{};
}

result<unit> check_joints(const skeleton& s, corner c) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    auto no = [&](const std::string& what) {
      return wrong_of(c, "skeleton[" + std::to_string(i) + "]", what);
    };
    if (!is_share(s[i].conf.count))
      return no("confidence " + std::to_string(s[i].conf.count)
                + " is not within 0 to 1000000");
    if (!is_within(s[i].at, place_min, place_max))
      return no(text_of(s[i].at) + " is far outside of the picture");
  }
  return unit{};
}

result<unit> check_view(const fighter_view& v, corner c) {
  if (auto sound = check_scores(v, c); !sound)
    return sound;
  if (v.box)
    if (auto sound = check_box(*v.box, c); !sound)
      return sound;
  if (v.skeleton)
    if (auto sound = check_joints(*v.skeleton, c); !sound)
      return sound;
  if (v.motion && !is_within(*v.motion, -motion_max, motion_max))
    return wrong_of(c, "motion", text_of(*v.motion) + " is no motion");
  return unit{};
}

} // namespace

result<unit> validate(const frame& f) {
  if (f.seq == 0)
    return wrong("seq", "counts from 1");
  if (f.at.count < 0 || f.at.count > time_max_us)
    return wrong("at", std::to_string(f.at.count) + " is no time");
  if (f.err_us < 0 || f.err_us > clock_error_max_us)
    return wrong("err_us",
                 std::to_string(f.err_us) + " is not within 0 to 1000000");
  if (!is_share(f.view.count))
    return wrong("view",
                 std::to_string(f.view.count) + " is not within 0 to 1000000");
  for (auto c : both_corners)
    if (const auto& v = f.fighters[c])
      if (auto sound = check_view(*v, c); !sound)
        return sound;
  return unit{};
}

} // namespace ringside::analytics
