#pragma once

#include "domain/base/result.hpp"
#include "domain/rules/consensus.hpp"
#include "domain/rules/decision.hpp"
#include "domain/rules/ruleset.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace ringside::rules {

/// Which part of the bout a decision is about.
struct decision_scope {
  /// Rounds the bout was made for, without extra rounds.
  int scheduled_rounds = 0;
  /// Rounds whose cards count, from round 1: all scheduled rounds and the
  /// extra rounds fought; fewer only in a technical decision.
  int rounds_counted = 0;
  /// A foul stopped the bout; the result is technical, no extra round follows.
  bool technical = false;
  /// Seats (from 1) that the lot drew; only for `scoring_panel::random_of_n`.
  std::vector<int> counted_seats;
  /// What the buttons gave; only for `scoring_unit::consensus_hits`.
  std::optional<consensus_tally> tally;
};

/// What has to happen before a decision can be derived.
enum class next_step : std::uint8_t {
  /// Nothing: `derive_decision` gives the result.
  decided,
  /// `extension_need::round` has to be fought and judged.
  extra_round,
  /// The seats in `extension_need::seats` have to name a winner.
  picks,
};

/// The answer of `next_extension`.
struct extension_need {
  next_step step = next_step::decided;
  /// The extra round, counted on from the scheduled ones; 0 if none.
  int round = 0;
  /// Seats (from 1) whose pick is missing, ascending; empty if none.
  std::vector<int> seats;

  friend bool operator==(const extension_need&, const extension_need&)
    = default;
};

/// Derives the official result from the cards.
///
/// The raw scores and the referee's deductions come in apart and are joined
/// here only. A missing card, nomination or pick never gives a decision.
/// @param cards One per seat, in seat order, for every judge of the rule set.
/// @param taken Points the referee took, index 0 is round 1; may be shorter
/// than the bout. Deductions of a round that is not scored still count.
/// @returns `cards_missing` naming seats and rounds, or the seats whose pick
/// is missing; `wrong_state` where an extra round has to be fought first or
/// was fought although the cards had a winner; `invalid_value` for a scope
/// that does not fit the rule set.
result<outcome> derive_decision(const ruleset& rules,
                                std::span<const judge_card> cards,
                                std::span<const deductions> taken,
                                const decision_scope& scope);

/// Says what is needed after the last judged round; same arguments and
/// refusals as `derive_decision`, but a needed round or pick is an answer.
result<extension_need> next_extension(const ruleset& rules,
                                      std::span<const judge_card> cards,
                                      std::span<const deductions> taken,
                                      const decision_scope& scope);

/// The winner by counted points. Even points: the judges' own presses without
/// the highest and the lowest count of each corner; even again: the votes
/// (`judge_card::pick`) of all judges, a majority wins (1989 to 2008).
/// @returns `cards_missing` naming the seats whose vote is missing.
result<outcome> derive_consensus(const ruleset& rules,
                                 const consensus_tally& tally,
                                 std::span<const judge_card> cards);

/// Whether votes are needed to break a tie of points, and whose are missing.
result<extension_need>
consensus_votes_needed(const ruleset& rules, const consensus_tally& tally,
                       std::span<const judge_card> cards);

/// The same table over published totals, deductions already in them. For old
/// results and imports: no check of single rounds, no extra rounds.
/// @returns `cards_missing` unless every judge of the rule set has a total.
result<outcome> derive_from_totals(const ruleset& rules,
                                   std::span<const per_corner<points>> totals,
                                   bool technical = false);

} // namespace ringside::rules

namespace ringside {

template <>
struct enum_names<rules::next_step> {
  static constexpr std::array<std::string_view, 3> value{
    "decided", "extra_round", "picks"};
};

} // namespace ringside
