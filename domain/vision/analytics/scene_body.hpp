#pragma once

#include "domain/vision/analytics/frame.hpp"
#include "domain/vision/analytics/scene.hpp"

#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// How a fighter of a scene stands or lies.
enum class pose : std::uint8_t { standing, kneeling, lying };

/// A limb on its way: `out_ppm` is how far it has gone to the target.
struct limb_motion {
  action what = action::punch;
  bout::strike_target target = bout::strike_target::head;
  std::int32_t out_ppm = 0;
};

/// The joints of a fighter of a scene: red on the left, blue on the right, one
/// torso from each other's reach.
skeleton body_of(corner c, pose p, const std::optional<limb_motion>& limb,
                 pose other);

/// The box around the joints.
box box_of(const skeleton& s);

} // namespace ringside::analytics
