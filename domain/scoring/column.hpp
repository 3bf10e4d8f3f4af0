#pragma once

#include "domain/base/enum_text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ringside::scoring {

/// What a profile can count. Every column is a whole number that follows from
/// the facts of one corner; significant strikes appear once by target and once
/// by position, as in the columns of FightMetric.
enum class column : std::uint8_t {
  /// Every knockdown, whatever its tier.
  knockdowns,
  /// The tiers again, for profiles that tell them apart.
  knockdowns_flash,
  knockdowns_hard,
  knockdowns_near_finish,
  /// Significant strikes that landed, by target.
  head,
  body,
  leg,
  unknown_target,
  /// The same strikes by position.
  distance,
  clinch,
  ground,
  unknown_position,
  /// The same strikes where the operator marked them so.
  solid,
  light,
  /// Strikes that landed without being significant.
  other_landed,
  significant_missed,
  other_missed,
  takedowns,
  takedowns_failed,
  /// Every submission attempt, whatever its depth.
  submissions,
  submissions_light,
  submissions_deep,
  submissions_near_finish,
  reversals,
  /// Minutes in control; counted in milliseconds.
  control_minutes,
  /// Fouls committed: the only column that speaks against its owner.
  fouls,
};

inline constexpr std::size_t column_count = 26;

/// True for the columns that may stand for something bad: what was tried and
/// failed, and fouls. All others must never lower their owner's chance.
constexpr bool may_be_negative(column c) noexcept {
  return c == column::significant_missed || c == column::other_missed
         || c == column::takedowns_failed || c == column::fouls;
}

} // namespace ringside::scoring

namespace ringside {

template <>
struct enum_names<scoring::column> {
  static constexpr std::array<std::string_view, scoring::column_count> value{
    "knockdowns",
    "knockdowns_flash",
    "knockdowns_hard",
    "knockdowns_near_finish",
    "head",
    "body",
    "leg",
    "unknown_target",
    "distance",
    "clinch",
    "ground",
    "unknown_position",
    "solid",
    "light",
    "other_landed",
    "significant_missed",
    "other_missed",
    "takedowns",
    "takedowns_failed",
    "submissions",
    "submissions_light",
    "submissions_deep",
    "submissions_near_finish",
    "reversals",
    "control_minutes",
    "fouls"};
};

} // namespace ringside
