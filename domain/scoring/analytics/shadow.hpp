#pragma once

#include "domain/scoring/analytics/variance.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace ringside::scoring::analytics {

/// A card of a judge in training, by round; it is written beside the panel and
/// never counted. There is no way from here into a result: `rules` derives
/// those from the official seats only.
struct shadow_card {
  std::vector<std::optional<rules::round_score>> rounds;
};

/// What makes a score: the right winner is most of it, the right margin the
/// rest. Parts per million; they add up to a million.
struct shadow_weights {
  std::int32_t winner_ppm = 700'000;
  std::int32_t margin_ppm = 300'000;
};

/// One round of a shadow card beside the official cards.
struct shadow_round {
  int round = 0;
  bool winner_equal = false;
  /// Both scores are those of an official card for the majority's winner.
  bool exact = false;
  /// Between the shadow's lead and the official median lead, from red's point
  /// of view, so that a wrong winner is never less than a wrong margin.
  points lead_error;
  ppm score;

  friend bool operator==(const shadow_round&, const shadow_round&) = default;
};

/// A whole shadow card beside the official ones.
struct shadow_comparison {
  /// Rounds with a shadow score and an official majority.
  std::vector<shadow_round> rounds;
  int winners_equal = 0;
  int exact = 0;
  /// Of the whole bout, over the compared rounds.
  bool bout_winner_equal = false;
  /// Mean over the rounds, thousandths of a point.
  std::int64_t lead_error_milli = 0;
  /// Mean score of the rounds; 0 without any.
  ppm score;
  /// Rounds the shadow left out although there is an official majority.
  int missing = 0;

  friend bool operator==(const shadow_comparison&, const shadow_comparison&)
    = default;
};

/// Compares both numbers of every round, winner first. A round whose winner is
/// wrong scores nothing, whatever its margin.
/// @param official By round, the raw cards of the panel; rounds without a
/// majority are not compared.
shadow_comparison
compare_shadow(const shadow_card& shadow,
               const std::vector<std::vector<rules::round_score>>& official,
               const shadow_weights& weights = {});

} // namespace ringside::scoring::analytics
