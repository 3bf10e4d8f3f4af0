#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/number.hpp"
#include "domain/base/time.hpp"
#include "domain/bout/fact.hpp"
#include "domain/vision/analytics/action.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// One action as one camera saw it. A knockdown and a takedown are told of at
/// once and again, under the same `seq` with the next `rev`, when it is known
/// how they came out.
struct event_report {
  /// Rising within the camera, from 1; a number is never used twice.
  std::uint64_t seq = 0;
  std::uint32_t rev = 1;
  /// No later revision will come.
  bool final = true;
  /// The middle of the action, weighted by its scores, and its ends.
  mono_us at;
  mono_us start;
  mono_us end;
  /// Bound of the clock and of the spacing of the pictures, microseconds.
  std::int32_t err_us = 0;
  /// Who did it; of a knockdown, who scored it.
  corner by = corner::red;
  /// The likeliest action, and the share of each; they sum to 1'000'000.
  action what = action::punch;
  std::array<std::int32_t, action_count> label_ppm{};
  bout::strike_target target = bout::strike_target::unknown;
  /// The highest smoothed score. Not a probability until a map makes it one.
  ppm conf;
  /// A strike that hit, a takedown that led to control.
  bool landed = false;
  impact_level impact = impact_level::none;
  /// Force, 0 to 1'000'000; the level, sharpened by speed where that is known.
  ppm severity;
  std::optional<knockdown_tier> tier;
  /// Greatest speed of the limb towards the opponent, thousandths of a torso
  /// per second.
  std::optional<std::int32_t> speed_milli;
  /// Pictures in which it was seen.
  std::int32_t frames = 0;
  /// Mean view while it lasted, and whether that counts as seeing.
  ppm view;
  bool in_view = true;

  friend bool operator==(const event_report&, const event_report&) = default;
};

} // namespace ringside::analytics
