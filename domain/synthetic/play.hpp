#pragma once

#include "domain/rules/derive.hpp"
#include "domain/rules/ruleset.hpp"
#include "domain/scoring/assessment.hpp"
#include "domain/synthetic/bout.hpp"
#include "domain/synthetic/panel.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ringside::synthetic {

/// What one series of synthetic bouts is played with. Shared by all threads,
/// never changed while they run.
struct series {
  const model& generator;
  const rules::ruleset& rules;
  /// The judges see what this one sees, with noise; it is also the engine
  /// that they are compared with.
  const scoring::profile& engine;
  /// Compared with `engine`; null: no comparison.
  const scoring::profile* other = nullptr;
  vocabulary words;
  bout_plan plan;
  std::uint64_t seed = 1;
  /// ISO date for profiles whose practice drifted; empty: now.
  std::string date;
};

/// One bout with its cards and what became of it.
struct played_bout {
  synthetic_bout bout;
  /// By seat, then round.
  std::vector<rules::judge_card> cards;
  std::vector<rules::deductions> taken;
  /// The finish, or what the cards of the judges give.
  rules::outcome result;
  /// By round.
  std::vector<scoring::outlook> seen;
  std::vector<scoring::outlook> seen_by_other;
};

/// Draws a bout, has it judged and derives its result, all by the code that
/// judges real bouts.
/// @returns a refusal of the rule set, for example where it wants an extra
/// round.
result<played_bout> play(const series& s, std::uint64_t index);

/// The winner by the cards of one engine alone, deductions applied; empty if
/// they are even.
std::optional<corner> winner_by(const std::vector<scoring::outlook>& seen,
                                const std::vector<rules::deductions>& taken);

/// Counts over a series. Adding is exact and in any order the same, so threads
/// may count apart.
struct odds {
  std::int64_t bouts = 0;
  /// By the name of the result.
  std::map<std::string, std::int64_t, std::less<>> results;
  /// Bouts whose result kind the rules would not derive, by code.
  std::map<std::string, std::int64_t, std::less<>> refused;
  per_corner<std::int64_t> wins;
  std::int64_t no_winner = 0;
  /// Ends by round, index 0 is round 1.
  std::vector<std::int64_t> finishes_in;

  // -- judged rounds ----------------------------------------------------------

  /// Judged ones; a round that a finish cut short is not.
  std::int64_t rounds = 0;
  std::int64_t rounds_fought = 0;
  std::int64_t card_pairs = 0;
  std::int64_t pairs_agree = 0;
  std::int64_t unanimous = 0;
  std::int64_t cards = 0;
  std::int64_t wide_cards = 0;
  std::int64_t even_cards = 0;
  std::int64_t majority_wide = 0;
  std::int64_t majorities = 0;
  std::int64_t engine_agrees = 0;
  std::int64_t too_close = 0;
  std::int64_t facts = 0;

  // -- decisions --------------------------------------------------------------

  std::int64_t decisions = 0;
  /// Decisions in which two judges have different winners.
  std::int64_t judges_disagree = 0;
  /// Decisions that the engine alone would have given to somebody else.
  std::int64_t engine_differs = 0;

  // -- profiles, where two are compared ---------------------------------------

  std::int64_t other_round_winner = 0;
  std::int64_t other_round_card = 0;
  std::int64_t other_bout_winner = 0;

  /// Fights by style of red and blue, and the wins of red among those with a
  /// winner.
  struct matchup {
    std::int64_t bouts = 0;
    std::int64_t red_wins = 0;
    std::int64_t blue_wins = 0;

    friend bool operator==(const matchup&, const matchup&) = default;
  };
  std::array<std::array<matchup, style_count>, style_count> styles{};

  odds& operator+=(const odds& more);

  friend bool operator==(const odds&, const odds&) = default;
};

/// Counts one bout.
void count(odds& all, const series& s, const played_bout& b);

/// Plays the bouts `from` to `to` - 1 and counts them.
odds play_range(const series& s, std::uint64_t from, std::uint64_t to);

} // namespace ringside::synthetic
