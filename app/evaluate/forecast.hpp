#pragma once

#include "app/fit/fit_profile.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/number.hpp"
#include "domain/rules/ruleset.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ringside::evaluate {

/// What a profile said of one round of a file; A is red.
struct forecast {
  /// Chance that the majority gives the round to A; a chance of an even round
  /// counts half.
  ppm a_wins;
  /// Chance of 10-8 or wider, whoever wins.
  ppm wide;
  per_corner<points> card;
  /// Chances of the corners and of a wide round by corner, for whole bouts.
  per_corner<ppm> wins;
  per_corner<ppm> wides;
  std::int64_t lead_milli = 0;

  /// Points between winner and loser on the card.
  int steps() const noexcept;
};

/// How the rounds of a file are forecast.
enum class validation : std::uint8_t {
  /// By event where the profile was fitted on rounds of the same time and
  /// there are cards to fit on, otherwise as it is.
  automatic,
  /// The profile as it is.
  none,
  /// Five folds by event: each event by a fit on the other folds.
  event,
  /// Each year from 2015 by a fit on the years before.
  time,
};

inline constexpr int first_test_year = 2015;
inline constexpr int event_folds = 5;

/// The fold of an event; the same on every machine, whatever the order.
int fold_of(std::string_view event) noexcept;

/// What was done, and one forecast per round; empty where the validation
/// leaves a round out.
struct forecasts {
  validation how = validation::none;
  std::vector<std::optional<forecast>> rounds;
};

/// The scale that published MMA cards are in.
rules::score_scale card_scale();

/// One round by a profile.
/// @param t Its counters, as they are or degraded.
forecast forecast_of(const scoring::profile& p, const scoring::round_tally& t,
                     std::string_view date);

/// All rounds by a validation.
/// @param degraded Counters in place of the rounds' own for the forecasts, one
/// per round; empty: their own. Fits always see the rounds' own.
result<forecasts>
forecast_all(const scoring::profile& p,
             const std::vector<fit::labelled_round>& rounds, validation how,
             const std::vector<scoring::round_tally>& degraded = {});

/// Chance that A wins a bout on one card, and that the card is even: the
/// rounds taken as independent, deductions counted.
struct bout_odds {
  double a_wins = 0;
  double even = 0;
};

bout_odds odds_of_bout(const std::vector<const forecast*>& rounds,
                       const per_corner<int>& deducted);

} // namespace ringside::evaluate

namespace ringside {

template <>
struct enum_names<evaluate::validation> {
  static constexpr std::array<std::string_view, 4> value{"auto", "none",
                                                         "event", "time"};
};

} // namespace ringside
