#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/number.hpp"
#include "domain/base/result.hpp"
#include "domain/bout/fact.hpp"
#include "domain/vision/analytics/action.hpp"
#include "domain/vision/analytics/position.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Invented fights of which everything is known, for tests and for a camera
/// simulator. Nothing here is measured in a ring.
namespace ringside::analytics {

/// Something that truly happens in a scene.
struct scene_action {
  /// The middle of it, from the beginning of the scene.
  std::int64_t at_us = 0;
  /// Who does it; of a knockdown, who scores it.
  corner by = corner::red;
  action what = action::punch;
  /// Of a strike: `none` misses.
  impact_level impact = impact_level::none;
  bout::strike_target target = bout::strike_target::head;
  /// 0: what is usual for the action.
  std::int64_t length_us = 0;
  /// Of a knockdown: how long the other one stays down.
  std::int64_t down_us = 0;

  friend bool operator==(const scene_action&, const scene_action&) = default;
};

/// A stretch in which the two are in a clinch or one holds the other.
struct scene_hold {
  std::int64_t start_us = 0;
  std::int64_t end_us = 0;
  analytics::position position;

  friend bool operator==(const scene_hold&, const scene_hold&) = default;
};

/// A camera with a model behind it, and how badly both work. Chances are per
/// million: of each picture, or where it says so of each action.
struct scene_camera {
  std::string name;
  std::int32_t fps = 30;
  ppm view{1'000'000};
  /// Greatest error of a score.
  std::int32_t spread_ppm = 0;
  /// A picture in which the model sees nothing of an action.
  std::int32_t miss_frame_ppm = 0;
  /// A picture with an action that is not there, for one fighter.
  std::int32_t spike_ppm = 0;
  /// An action that this camera does not see at all.
  std::int32_t miss_action_ppm = 0;
  /// A strike that looks more like another kind of strike.
  std::int32_t confuse_ppm = 0;
  /// A strike whose impact looks one level off.
  std::int32_t misjudge_ppm = 0;
  /// A picture that never arrives.
  std::int32_t drop_ppm = 0;
  /// Greatest error of a picture's time.
  std::int32_t jitter_us = 0;
  /// Greatest error of a joint, thousandths of the height; below 0: the model
  /// gives no joints.
  std::int32_t joint_milli = -1;

  friend bool operator==(const scene_camera&, const scene_camera&) = default;
};

/// A scripted fight and who watches it.
struct scene {
  std::string id;
  std::string title;
  std::int64_t length_us = 0;
  std::uint64_t seed = 1;
  /// By time.
  std::vector<scene_action> actions;
  /// By time; they do not overlap.
  std::vector<scene_hold> holds;
  std::vector<scene_camera> cameras;
};

/// What truly happened, of one fighter.
struct scene_counts {
  std::int32_t strikes = 0;
  std::int32_t landed = 0;
  std::int32_t takedowns = 0;
  std::int32_t submissions = 0;
  std::int32_t knockdowns = 0;
  std::int64_t control_us = 0;

  friend bool operator==(const scene_counts&, const scene_counts&) = default;
};

scene_counts counts_of(const scene& s, corner c);

/// How long an action lasts.
std::int64_t length_of(const scene_action& a) noexcept;

/// `invalid_value` and the field for a script that cannot be played.
result<unit> validate(const scene& s);

} // namespace ringside::analytics
