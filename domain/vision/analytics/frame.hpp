#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/number.hpp"
#include "domain/base/result.hpp"
#include "domain/base/time.hpp"
#include "domain/vision/analytics/action.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// A place in the picture in thousandths of the picture's height on both axes,
/// so that one length means the same across and down. x to the right, y down,
/// from the upper left; a point may lie a little outside.
struct place {
  std::int32_t x_milli = 0;
  std::int32_t y_milli = 0;

  friend bool operator==(const place&, const place&) = default;
};

/// A box around a fighter; `low` is the upper left corner.
struct box {
  place low;
  place high;

  friend bool operator==(const box&, const box&) = default;
};

/// One joint and how sure the model is of it.
struct keypoint {
  place at;
  ppm conf;

  friend bool operator==(const keypoint&, const keypoint&) = default;
};

/// The 17 points of COCO in its order: nose, eyes, ears, shoulders, elbows,
/// wrists, hips, knees, ankles; left before right.
using skeleton = std::array<keypoint, 17>;

/// What a model says about one fighter in one picture.
struct fighter_view {
  /// By `action`, each 0 to 1'000'000. They need not sum to anything.
  std::array<std::int32_t, action_count> score_ppm{};
  impact_level impact = impact_level::none;
  /// How he holds the other on the ground, if the model tells them apart.
  std::optional<hold_kind> hold;
  std::optional<analytics::box> box;
  std::optional<analytics::skeleton> skeleton;
  /// Mean optical flow in the box, thousandths of the height per second.
  std::optional<place> motion;

  friend bool operator==(const fighter_view&, const fighter_view&) = default;
};

/// One picture of one camera as its model saw it.
struct frame {
  /// Rising within the camera, from 1; gaps are dropped pictures.
  std::uint64_t seq = 0;
  /// When it was taken, on the server's timeline.
  mono_us at;
  /// Guaranteed bound of the clock behind `at`, microseconds.
  std::int32_t err_us = 0;
  /// How well the fighters can be seen from here, 0 to 1'000'000.
  ppm view{1'000'000};
  /// Nothing for a fighter who is out of sight.
  per_corner<std::optional<fighter_view>> fighters;

  friend bool operator==(const frame&, const frame&) = default;
};

/// Latest time that is taken: what JSON keeps exactly. The node's timeline
/// began with universal time, which is 1.8e15 by now.
inline constexpr std::int64_t time_max_us = 9'007'199'254'740'991;
/// Worst clock bound that is taken: beyond it, times say nothing.
inline constexpr std::int32_t clock_error_max_us = 1'000'000;

/// Refuses what no camera can have seen, with `invalid_value`, the field and
/// the offending value. The order of frames is the camera's business.
result<unit> validate(const frame& f);

} // namespace ringside::analytics
