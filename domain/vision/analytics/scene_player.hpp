#pragma once

#include "domain/base/dice.hpp"
#include "domain/vision/analytics/frame.hpp"
#include "domain/vision/analytics/scene.hpp"
#include "domain/vision/analytics/scene_body.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ringside::analytics {

/// Plays a scene to one of its cameras. The same scene, camera and seed give
/// the same pictures; cameras err independently.
class scene_player {
public:
  /// @param of A valid scene; it must outlive the player.
  /// @param camera Its place in `of.cameras`.
  scene_player(const scene& of, std::size_t camera);

  /// The next picture that arrives; nothing when the scene is over.
  std::optional<frame> next();

private:
  /// What this camera makes of one action, the same in every picture.
  struct seen {
    std::int64_t start_us = 0;
    std::int64_t end_us = 0;
    std::size_t action = 0;
    bool missed = false;
    impact_level impact = impact_level::none;
    /// The other kind of strike it looks like, and how much of the score.
    analytics::action like = analytics::action::punch;
    std::int32_t like_ppm = 0;
    /// On whom it is seen.
    corner on = corner::red;
    analytics::action shows = analytics::action::punch;
  };

  void plan(std::size_t i);
  frame picture(std::int64_t at_us);
  fighter_view view_of(corner c, std::int64_t at_us);
  void add_action(fighter_view& v, const seen& a, std::int64_t at_us);
  void add_state(fighter_view& v, corner c, std::int64_t at_us);
  void add_joints(fighter_view& v, corner c, std::int64_t at_us);
  void add_noise(fighter_view& v);
  pose pose_of(corner c, std::int64_t at_us) const;
  std::optional<limb_motion> limb_of(corner c, std::int64_t at_us) const;
  const scene_hold* hold_at(std::int64_t at_us) const;

  const scene& scene_;
  const scene_camera& camera_;
  dice dice_;
  /// By start; actions from `first_` on may still be running.
  std::vector<seen> seen_;
  std::size_t first_ = 0;
  std::int64_t longest_us_ = 0;
  std::uint64_t seq_ = 0;
};

} // namespace ringside::analytics
