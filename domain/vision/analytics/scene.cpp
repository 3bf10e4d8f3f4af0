#include "domain/vision/analytics/scene.hpp"

#include <algorithm>
#include <array>

namespace ringside::analytics {

namespace {

constexpr std::int64_t scene_max_us = 4'000'000'000;
constexpr std::size_t actions_max = 10'000;

constexpr std::array<std::int64_t, action_count> usual_us{
  200'000,   400'000, 320'000, 220'000, 1'200'000,
  3'000'000, 800'000, 800'000, 0,       0};

result<unit> check_camera(const scene_camera& c, const std::string& field) {
  if (c.fps < 1 || c.fps > 240)
    return refuse(ec::invalid_value, field + ".fps is not within 1 and 240",
                  field + ".fps");
  for (auto share :
       {c.view.count, c.spread_ppm, c.miss_frame_ppm, c.spike_ppm,
        c.miss_action_ppm, c.confuse_ppm, c.misjudge_ppm, c.drop_ppm})
    if (share < 0 || share > 1'000'000)
      return refuse(ec::invalid_value,
                    field + " has a share that is not within 0 and 1000000",
                    field);
  // Two pictures may not change places.
  if (c.jitter_us < 0 || c.jitter_us * std::int64_t{2} >= 1'000'000 / c.fps)
    return refuse(ec::invalid_value, field + ".jitter_us is too large",
                  field + ".jitter_us");
  if (c.joint_milli > 1'000)
    return refuse(ec::invalid_value, field + ".joint_milli is too large",
                  field + ".joint_milli");
  return unit{};
}

} // namespace

std::int64_t length_of(const scene_action& a) noexcept {
  return a.length_us > 0 ? a.length_us : usual_us[index(a.what)];
}

scene_counts counts_of(const scene& s, corner c) {
  scene_counts n;
  for (const auto& a : s.actions) {
    if (a.by != c)
      continue;
    if (a.what <= action::elbow) {
      ++n.strikes;
      n.landed += a.impact == impact_level::none ? 0 : 1;
    }
    n.takedowns += a.what == action::takedown ? 1 : 0;
    n.submissions += a.what == action::submission ? 1 : 0;
    n.knockdowns += a.what == action::knockdown ? 1 : 0;
  }
  for (const auto& h : s.holds)
    if (h.position.phase == phase_kind::hold && h.position.holder == c)
      n.control_us += h.end_us - h.start_us;
  return n;
}

result<unit> validate(const scene& s) {
  auto no = [](const std::string& field, const std::string& why) {
    return refuse(ec::invalid_value, field + " " + why, field);
  };
  if (s.length_us <= 0 || s.length_us > scene_max_us)
    return no("length", "is not within a moment and an hour");
  if (s.actions.size() > actions_max)
    return no("actions", "has more than 10000");
  std::int64_t last = 0;
  for (std::size_t i = 0; i < s.actions.size(); ++i) {
    const auto& a = s.actions[i];
    auto field = "actions[" + std::to_string(i) + "]";
    if (!family_of(a.what))
      return no(field, "is a state; make it a hold");
    if (a.at_us < last || a.at_us > s.length_us)
      return no(field, "is out of order or after the end");
    if (a.length_us < 0 || a.length_us > 60'000'000 || a.down_us < 0
        || a.down_us > 60'000'000)
      return no(field, "lasts longer than a minute");
    last = a.at_us;
  }
  last = 0;
  for (std::size_t i = 0; i < s.holds.size(); ++i) {
    const auto& h = s.holds[i];
    if (h.start_us < last || h.end_us <= h.start_us || h.end_us > s.length_us)
      return no("holds[" + std::to_string(i) + "]",
                "is empty, out of order or after the end");
    last = h.end_us;
  }
  if (s.cameras.empty() || s.cameras.size() > 32)
    return no("cameras", "are not within 1 and 32");
  for (std::size_t i = 0; i < s.cameras.size(); ++i)
    if (auto ok
        = check_camera(s.cameras[i], "cameras[" + std::to_string(i) + "]");
        !ok)
      return ok;
  return unit{};
}

} // namespace ringside::analytics
