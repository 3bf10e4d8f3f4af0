#pragma once

#include "domain/rules/decision.hpp"

#include <optional>
#include <span>
#include <string>

namespace ringside::rules {

/// What a panel of cards gives.
struct panel_result {
  /// A decision (unanimous, split, majority) or a draw (the same three).
  result_kind kind = result_kind::split_draw;
  std::optional<corner> winner;
  /// `red:blue`, or `red:blue:even` where even cards exist.
  std::string tuple;
  /// One sentence with the count of cards.
  std::string explanation;

  friend bool operator==(const panel_result&, const panel_result&) = default;
};

/// The one table that every discipline shares: the verdicts of an odd number
/// of judges give the kind of result. Sources: N.J.A.C. 13:46-24A (names for
/// three judges), 523 CMR 15.01 (no majority means draw).
/// @param four_one_is_majority The body calls 4-1 a majority decision.
/// @pre `says` is not empty.
panel_result panel_of(std::span<const verdict> says,
                      bool four_one_is_majority = false);

/// The verdict of two totals: the higher one, or even.
verdict verdict_of(const per_corner<points>& total) noexcept;

/// The verdict for one corner.
verdict verdict_for(corner side) noexcept;

} // namespace ringside::rules
