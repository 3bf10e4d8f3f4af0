#pragma once

#include "domain/base/result.hpp"
#include "domain/rules/card_total.hpp"
#include "domain/rules/derive.hpp"

#include <span>
#include <string>
#include <vector>

/// INTERNAL to this room: which cards and rounds count, and what is missing.
namespace ringside::rules {

/// Where the cards stand: totals, and what is still needed.
struct standing {
  /// In the order of the counted seats.
  std::vector<card_total> cards;
  extension_need need;
};

/// Refuses a scope that does not fit the rule set or the number of cards.
result<unit> check_scope(const ruleset& rules,
                         std::span<const judge_card> cards,
                         std::span<const deductions> taken,
                         const decision_scope& scope);

/// Seats (from 1) whose cards count.
std::vector<int> counted_seats(const ruleset& rules,
                               const decision_scope& scope);

/// Refuses with `cards_missing` unless every counted seat has every round.
result<unit> check_rounds_filed(std::span<const judge_card> cards,
                                const std::vector<int>& seats, int rounds);

/// The weights a judge gave less the deductions of the whole bout.
card_total weighted_total(const ruleset& rules, const judge_card& card,
                          std::span<const deductions> taken);

/// Everything that counts of the bout, for any unit of scoring but buttons.
result<standing> stand(const ruleset& rules, std::span<const judge_card> cards,
                       std::span<const deductions> taken,
                       const decision_scope& scope);

/// `1, 3 and 5`.
std::string list_text(const std::vector<int>& numbers);

} // namespace ringside::rules
