#pragma once

#include "domain/base/enum_text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ringside::scoring::normalise {

/// What a camera or a person can report of a fighter.
enum class act : std::uint8_t {
  knockdown_flash,
  knockdown_hard,
  knockdown_near_finish,
  /// Stunned on the feet; the corner is that of the one who did it.
  rocked,
  /// A strike of visible effect, target not told.
  strike_high_impact,
  strike_head,
  strike_body,
  strike_leg,
  /// A significant strike, target not told.
  strike,
  /// A strike that landed without being significant.
  strike_light,
  takedown,
  takedown_attempt,
  submission_attempt,
  reversal,
  /// A stretch of control; the only act that lasts.
  control,
  /// A burst of strikes, each of which was reported on its own.
  momentum_swing,
  other,
};

inline constexpr std::size_t act_count = 17;

/// What an act counts for. Each fighter has a cap per category and round.
enum class category : std::uint8_t { damage, control, aggression, defence };

inline constexpr std::size_t category_count = 4;

} // namespace ringside::scoring::normalise

namespace ringside {

template <>
struct enum_names<scoring::normalise::act> {
  static constexpr std::array<std::string_view, scoring::normalise::act_count>
    value{"knockdown_flash",
          "knockdown_hard",
          "knockdown_near_finish",
          "rocked",
          "strike_high_impact",
          "strike_head",
          "strike_body",
          "strike_leg",
          "strike",
          "strike_light",
          "takedown",
          "takedown_attempt",
          "submission_attempt",
          "reversal",
          "control",
          "momentum_swing",
          "other"};
};

template <>
struct enum_names<scoring::normalise::category> {
  static constexpr std::array<std::string_view,
                              scoring::normalise::category_count>
    value{"damage", "control", "aggression", "defence"};
};

} // namespace ringside
