#pragma once

#include "domain/bout/fact.hpp"
#include "domain/vision/analytics/frame.hpp"
#include "domain/vision/analytics/settings.hpp"
#include "domain/vision/analytics/smoothing.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// How one kind of limb moves towards the opponent.
struct reach {
  /// Speed towards the middle of his body, thousandths of the own torso's
  /// length per second; negative when pulled back.
  std::optional<std::int32_t> speed_milli;
  /// Distance to the nearest part of him, thousandths of the own torso, and
  /// which part that is.
  std::optional<std::int32_t> distance_milli;
  bout::strike_target nearest = bout::strike_target::unknown;
};

/// What the joints and the optical flow of one picture say.
struct movement {
  /// By strike: wrists, ankles, knees, elbows as `punch` to `elbow`.
  std::array<reach, strike_count> limbs;
  /// Height of the hips over the feet, thousandths of the own torso.
  std::optional<std::int32_t> hip_milli;
};

/// Hips lower than this over the feet: not on the feet. Standing is 1'500 to
/// 2'000, kneeling 400 to 700.
inline constexpr std::int32_t hip_down_milli = 800;

/// Follows the joints of one fighter in one camera. Distances are in torso
/// lengths, so that the distance of the camera does not matter.
class kinematics {
public:
  /// The next picture, `dt_us` after the last one; 0 if there was none.
  movement take(const fighter_view& own, const fighter_view* other,
                std::int64_t dt_us, const settings& by);

  /// Forgets where the joints were.
  void reset();

private:
  struct joint {
    smoothed x;
    smoothed y;
    /// Time since it was last seen; below 0: never.
    std::int64_t unseen_us = -1;
  };

  std::array<joint, 17> joints_;
};

/// The whole part of the square root.
std::int64_t whole_root(std::int64_t n) noexcept;

} // namespace ringside::analytics
