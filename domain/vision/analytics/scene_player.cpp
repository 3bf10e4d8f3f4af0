#include "domain/vision/analytics/scene_player.hpp"

#include <algorithm>

namespace ringside::analytics {

namespace {

constexpr std::int32_t sure = 920'000;
constexpr std::int32_t floor_ppm = 50'000;
/// How long an impact can be seen.
constexpr std::int64_t contact_us = 75'000;
/// A fighter begins to fall this long before the middle of the fall.
constexpr std::int64_t fall_us = 200'000;

/// 1 at the middle of a stretch, 0 at its ends: 1 - u².
std::int32_t bump_ppm(std::int64_t at, std::int64_t start, std::int64_t end) {
  auto half = (end - start) / 2;
  if (half <= 0 || at <= start || at >= end)
    return 0;
  auto u = (at - start - half) * 1'000 / half;
  return static_cast<std::int32_t>(1'000'000 - u * u);
}

void raise(std::int32_t& score, std::int64_t to) {
  score = std::max(score, static_cast<std::int32_t>(to));
}

std::int32_t error_within(dice& d, std::int32_t spread) {
  return static_cast<std::int32_t>(d.below(2 * std::int64_t{spread} + 1)
                                   - spread);
}

} // namespace

scene_player::scene_player(const scene& of, std::size_t camera)
  : scene_(of), camera_(of.cameras[camera]),
    dice_(of.seed * 0x9e3779b97f4a7c15 + camera + 1) {
  for (std::size_t i = 0; i < of.actions.size(); ++i)
    plan(i);
  std::stable_sort(
    seen_.begin(), seen_.end(),
    [](const seen& a, const seen& b) { return a.start_us < b.start_us; });
  for (const auto& s : seen_)
    longest_us_ = std::max(longest_us_, s.end_us - s.start_us);
}

void scene_player::plan(std::size_t i) {
  const auto& a = scene_.actions[i];
  auto half = length_of(a) / 2;
  seen s;
  s.start_us = a.at_us - half;
  s.end_us = a.at_us + half;
  s.action = i;
  s.on = a.what == action::knockdown ? opponent(a.by) : a.by;
  s.shows = a.what;
  s.impact = a.impact;
  s.missed = dice_.chance(camera_.miss_action_ppm);
  s.like_ppm = static_cast<std::int32_t>(dice_.below(300'000));
  if (a.what <= action::elbow) {
    s.like = static_cast<action>(
      (index(a.what) + 1 + static_cast<std::size_t>(dice_.below(3)))
      % strike_count);
    if (dice_.chance(camera_.confuse_ppm))
      s.like_ppm = 800'000;
    if (a.impact != impact_level::none && dice_.chance(camera_.misjudge_ppm)) {
      auto level
        = static_cast<int>(a.impact) + (dice_.chance(500'000) ? 1 : -1);
      s.impact = static_cast<impact_level>(std::clamp(level, 1, 4));
    }
  } else {
    s.like = a.what;
  }
  seen_.push_back(s);
  if (a.what != action::knockdown || a.down_us == 0)
    return;
  s.shows = s.like = action::standup;
  s.start_us = a.at_us + a.down_us - 400'000;
  s.end_us = a.at_us + a.down_us + 400'000;
  seen_.push_back(s);
}

std::optional<frame> scene_player::next() {
  while (true) {
    auto at = static_cast<std::int64_t>(seq_) * 1'000'000 / camera_.fps;
    if (at >= scene_.length_us)
      return std::nullopt;
    ++seq_;
    auto f = picture(at);
    f.at.count
      = std::max<std::int64_t>(at + error_within(dice_, camera_.jitter_us), 0);
    if (!dice_.chance(camera_.drop_ppm))
      return f;
  }
}

frame scene_player::picture(std::int64_t at_us) {
  while (first_ < seen_.size() && seen_[first_].start_us + longest_us_ < at_us)
    ++first_;
  frame f;
  f.seq = seq_;
  f.err_us = camera_.jitter_us;
  f.view = camera_.view;
  for (auto c : both_corners)
    f.fighters[c] = view_of(c, at_us);
  return f;
}

fighter_view scene_player::view_of(corner c, std::int64_t at_us) {
  fighter_view v;
  auto blind = dice_.chance(camera_.miss_frame_ppm);
  for (auto i = first_; i < seen_.size() && seen_[i].start_us < at_us; ++i)
    if (seen_[i].on == c && seen_[i].end_us > at_us && !seen_[i].missed
        && !blind)
      add_action(v, seen_[i], at_us);
  add_state(v, c, at_us);
  add_noise(v);
  if (camera_.joint_milli >= 0)
    add_joints(v, c, at_us);
  return v;
}

void scene_player::add_action(fighter_view& v, const seen& a,
                              std::int64_t at_us) {
  auto score
    = std::int64_t{bump_ppm(at_us, a.start_us, a.end_us)} * sure / 1'000'000;
  auto other = score * a.like_ppm / 1'000'000;
  if (a.like == a.shows) {
    raise(v.score_ppm[index(a.shows)], score);
  } else {
    raise(v.score_ppm[index(a.shows)], score - other);
    raise(v.score_ppm[index(a.like)], other);
  }
  auto middle = (a.start_us + a.end_us) / 2;
  if (at_us >= middle - contact_us / 2 && at_us < middle + contact_us / 2)
    v.impact = std::max(v.impact, a.impact);
}

void scene_player::add_state(fighter_view& v, corner c, std::int64_t at_us) {
  const auto* h = hold_at(at_us);
  if (h == nullptr)
    return;
  if (h->position.phase == phase_kind::clinch)
    raise(v.score_ppm[index(action::clinch)], sure);
  if (h->position.phase == phase_kind::hold && h->position.holder == c) {
    raise(v.score_ppm[index(action::ground_control)], sure);
    v.hold = h->position.hold;
  }
}

void scene_player::add_noise(fighter_view& v) {
  for (auto& score : v.score_ppm) {
    auto base = static_cast<std::int32_t>(dice_.below(floor_ppm));
    score = std::clamp(std::max(score, base)
                         + error_within(dice_, camera_.spread_ppm),
                       0, 1'000'000);
  }
  if (dice_.chance(camera_.spike_ppm)) {
    auto& score = v.score_ppm[static_cast<std::size_t>(
      dice_.below(static_cast<std::int64_t>(action_count)))];
    raise(score, 600'000 + dice_.below(400'000));
  }
}

pose scene_player::pose_of(corner c, std::int64_t at_us) const {
  if (const auto* h = hold_at(at_us);
      h != nullptr && h->position.phase == phase_kind::hold)
    return h->position.holder == c ? pose::kneeling : pose::lying;
  for (const auto& a : scene_.actions) {
    if (a.at_us > at_us + fall_us)
      break;
    if (a.what == action::knockdown && a.by == opponent(c)
        && at_us >= a.at_us - fall_us && at_us < a.at_us + a.down_us)
      return pose::lying;
  }
  return pose::standing;
}

std::optional<limb_motion> scene_player::limb_of(corner c,
                                                 std::int64_t at_us) const {
  for (auto i = first_; i < seen_.size() && seen_[i].start_us < at_us; ++i) {
    const auto& s = seen_[i];
    if (s.on == c && s.end_us > at_us && s.shows <= action::elbow) {
      const auto& a = scene_.actions[s.action];
      return limb_motion{a.what, a.target,
                         bump_ppm(at_us, s.start_us, s.end_us)};
    }
  }
  return std::nullopt;
}

void scene_player::add_joints(fighter_view& v, corner c, std::int64_t at_us) {
  auto s = body_of(c, pose_of(c, at_us), limb_of(c, at_us),
                   pose_of(opponent(c), at_us));
  for (auto& k : s) {
    k.at.x_milli += error_within(dice_, camera_.joint_milli);
    k.at.y_milli += error_within(dice_, camera_.joint_milli);
  }
  v.box = box_of(s);
  v.skeleton = s;
}

const scene_hold* scene_player::hold_at(std::int64_t at_us) const {
  auto h = std::upper_bound(
    scene_.holds.begin(), scene_.holds.end(), at_us,
    [](std::int64_t at, const scene_hold& x) { return at < x.end_us; });
  return h != scene_.holds.end() && h->start_us <= at_us ? &*h : nullptr;
}

} // namespace ringside::analytics
