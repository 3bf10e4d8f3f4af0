#pragma once

#include "domain/base/enum_text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ringside::analytics {

/// What a model tells apart in one picture of one fighter. A score belongs to
/// the fighter who does it, with one exception: `knockdown` is seen on the
/// fighter who falls.
enum class action : std::uint8_t {
  punch,
  kick,
  knee,
  elbow,
  takedown,
  submission,
  knockdown,
  standup,
  clinch,
  /// This fighter is in control on the ground.
  ground_control,
};

inline constexpr std::size_t action_count = 10;
/// `punch` to `elbow`, the first of the list.
inline constexpr std::size_t strike_count = 4;

/// Actions that exclude each other at one moment and are cut out of the stream
/// together: a model that wavers between punch and elbow saw one strike.
enum class family : std::uint8_t {
  strike,
  takedown,
  submission,
  knockdown,
  standup,
};

inline constexpr std::size_t family_count = 5;

/// The family of an action that happens at a moment; nothing for the two that
/// are states (`clinch`, `ground_control`).
constexpr std::optional<family> family_of(action a) noexcept {
  if (a <= action::elbow)
    return family::strike;
  if (a <= action::standup)
    return static_cast<family>(static_cast<int>(a)
                               - static_cast<int>(action::elbow));
  return std::nullopt;
}

constexpr std::size_t index(action a) noexcept {
  return static_cast<std::size_t>(a);
}

/// How hard it hit, as a model tells it of the fighter who hits.
enum class impact_level : std::uint8_t { none, light, medium, heavy, critical };

inline constexpr std::size_t impact_count = 5;

enum class knockdown_tier : std::uint8_t { flash, hard, near_finish };

/// How a fighter holds the other one on the ground.
enum class hold_kind : std::uint8_t { top, back };

} // namespace ringside::analytics

namespace ringside {

template <>
struct enum_names<analytics::action> {
  static constexpr std::array<std::string_view, analytics::action_count> value{
    "punch",      "kick",      "knee",    "elbow",  "takedown",
    "submission", "knockdown", "standup", "clinch", "ground_control"};
};

template <>
struct enum_names<analytics::impact_level> {
  static constexpr std::array<std::string_view, analytics::impact_count> value{
    "none", "light", "medium", "heavy", "critical"};
};

template <>
struct enum_names<analytics::knockdown_tier> {
  static constexpr std::array<std::string_view, 3> value{"flash", "hard",
                                                         "near_finish"};
};

template <>
struct enum_names<analytics::hold_kind> {
  static constexpr std::array<std::string_view, 2> value{"top", "back"};
};

} // namespace ringside
