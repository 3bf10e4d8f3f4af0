#pragma once

#include "domain/base/result.hpp"
#include "domain/vision/analytics/action.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace ringside::analytics {

/// How the actions of one family are cut out of the stream.
struct family_settings {
  /// Time constant of the smoothing, microseconds.
  std::int64_t tau_us = 35'000;
  /// An action is one from here up, and over from there down.
  std::int32_t on_ppm = 500'000;
  std::int32_t off_ppm = 300'000;
  /// A dip this deep, and a rise this high after it, part two actions.
  std::int32_t valley_ppm = 220'000;
  /// An action that lasts longer is told of then, and once.
  std::int64_t length_max_us = 1'500'000;
};

/// Every constant of one camera's analytics, chosen on synthetic scenes at 15
/// to 60 pictures a second; field data will move them.
struct settings {
  std::array<family_settings, family_count> families{{
    {35'000, 500'000, 300'000, 220'000, 1'500'000},
    {120'000, 500'000, 250'000, 400'000, 4'000'000},
    {300'000, 500'000, 250'000, 400'000, 15'000'000},
    {100'000, 550'000, 250'000, 400'000, 3'000'000},
    {120'000, 500'000, 250'000, 400'000, 3'000'000},
  }};
  /// Two actions of one class are at least this far apart, microseconds.
  std::array<std::int64_t, action_count> refractory_us{
    110'000,   220'000,   180'000,   130'000, 1'200'000,
    2'000'000, 3'000'000, 1'500'000, 0,       0};
  /// Pictures that have to agree; fewer are a glitch, unless an impact or a
  /// fast limb says the same.
  std::int32_t frames_min = 2;
  /// A picture stands for this long at most.
  std::int64_t hold_max_us = 100'000;
  /// After a longer hole nothing is carried over.
  std::int64_t gap_max_us = 500'000;
  /// How long a level of impact has to be seen.
  std::int64_t impact_min_us = 30'000;
  /// Limb speeds towards the opponent, thousandths of a torso per second.
  std::int32_t slow_milli = 1'500;
  std::int32_t fast_milli = 8'000;
  /// Joints that the model is less sure of are not used.
  std::int32_t joint_min_ppm = 300'000;
  /// Clinch and ground: time constant and hysteresis.
  std::int64_t state_tau_us = 250'000;
  std::int32_t state_on_ppm = 550'000;
  std::int32_t state_off_ppm = 350'000;
  /// A fall this soon after an attempted takedown is no knockdown.
  std::int64_t throw_window_us = 1'200'000;
  /// A strike this long before a fall is its cause.
  std::int64_t cause_window_us = 900'000;
  /// A knockdown is judged when the fighter is up, or after this time.
  std::int64_t down_max_us = 4'000'000;
  /// A takedown has landed if control follows within this time.
  std::int64_t takedown_window_us = 2'000'000;
  /// Views worse than this do not count as seeing the fighters.
  std::int32_t in_view_min_ppm = 300'000;

  const family_settings& of(family f) const noexcept {
    return families[static_cast<std::size_t>(f)];
  }
};

/// Refuses settings that contradict themselves: `invalid_value` and the field.
result<unit> validate(const settings& s);

} // namespace ringside::analytics
