#pragma once

#include "domain/base/enum_text.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace ringside::vendor {

/// Why an item was not understood. Nothing is ever guessed.
enum class refusal : std::uint8_t {
  none,
  /// The item is no object.
  no_object,
  no_label,
  /// The table has no such label.
  unknown_label,
  unknown_corner,
  bad_time,
  bad_error,
  bad_confidence,
  bad_severity,
  bad_target,
  bad_in_view,
  // Of pictures.
  bad_number,
  bad_view,
  /// What stands for a fighter is no object.
  bad_fighter,
  no_scores,
  bad_score,
  unknown_impact,
  unknown_hold,
  bad_box,
  bad_joints,
  bad_flow,
};

} // namespace ringside::vendor

template <>
struct ringside::enum_names<ringside::vendor::refusal> {
  static constexpr std::array<std::string_view, 21> value{
    "none",           "no_object",    "no_label",    "unknown_label",
    "unknown_corner", "bad_time",     "bad_error",   "bad_confidence",
    "bad_severity",   "bad_target",   "bad_in_view", "bad_number",
    "bad_view",       "bad_fighter",  "no_scores",   "bad_score",
    "unknown_impact", "unknown_hold", "bad_box",     "bad_joints",
    "bad_flow"};
};
