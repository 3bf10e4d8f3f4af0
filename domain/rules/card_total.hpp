#pragma once

#include "domain/rules/decision.hpp"
#include "domain/rules/ruleset.hpp"

#include <span>

namespace ringside::rules {

/// Rounds that add up to one verdict.
struct stretch {
  /// From 1.
  int first = 1;
  /// Last round whose raw scores count.
  int last = 0;
  /// Last round whose deductions count; beyond `last` where a foul ended a
  /// round that is not scored.
  int deducted_to = 0;
};

/// Raw scores less deductions over a stretch of rounds: the only place where
/// the two meet, for results and for the running totals of a view.
/// @pre The card has every round of the stretch up to `last`.
card_total total_of(const ruleset& rules, const judge_card& card,
                    std::span<const deductions> taken, stretch over);

} // namespace ringside::rules
