#pragma once

#include "domain/rules/decision.hpp"
#include "domain/synthetic/draw.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ringside::synthetic {

/// What is known of one fighter in one round, from a file or drawn.
struct observed_line {
  std::array<int, stat_count> counts{};
  /// Significant strikes at legs and body, wherever they were thrown.
  int legs_landed = 0;
  int legs_missed = 0;
  int body_landed = 0;
  int body_missed = 0;
  int points_taken = 0;

  int of(stat s) const noexcept {
    return counts[static_cast<std::size_t>(s)];
  }
};

struct observed_round {
  per_corner<observed_line> lines;
  /// False: the control of this round is not known and counts nowhere.
  bool control_known = true;
  /// As the judges wrote them, without deductions. May be fewer than judged.
  std::vector<rules::round_score> cards;
};

struct observed_bout {
  std::string date;
  std::vector<observed_round> rounds;
};

/// The same view of what was drawn.
observed_line observed(const corner_line& line);

/// Mean, spread and some quantiles of one stat over all fighters and rounds.
struct spread {
  double mean = 0;
  double sd = 0;
  int median = 0;
  int q90 = 0;
  int q99 = 0;
};

/// What rounds look like, in the figures that a generator has to meet.
struct figures {
  std::int64_t bouts = 0;
  std::int64_t rounds = 0;
  per_stat<spread> stats{};
  /// Pearson correlations in one round, of one fighter and with the opponent.
  matrix own{};
  matrix other{};
  /// Of the same fighter between any two rounds of a bout, and of the two.
  matrix own_later{};
  matrix other_later{};
  double leg_share = 0;
  double body_share = 0;
  /// Share of fighters and rounds without a significant strike landed.
  double without_strike = 0;
  /// Rounds with three cards; the figures below are about these.
  std::int64_t judged = 0;
  double pair_agreement = 0;
  double unanimous = 0;
  double wide_cards = 0;
  double wide_majority = 0;
  double even_cards = 0;
};

figures describe(std::span<const observed_bout> bouts);

} // namespace ringside::synthetic
