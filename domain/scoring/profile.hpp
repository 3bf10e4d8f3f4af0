#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/result.hpp"
#include "domain/rules/kinds.hpp"
#include "domain/scoring/column.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Profiles are data: one file in `config/scoring/` each, read into these
/// structs, checked by `validate`, never changed while the program runs. Every
/// assessment names the profile and version that made it.
namespace ringside::scoring {

/// What a line of a breakdown stands for; the criteria of a rule set map onto
/// these (see `criteria_of`).
enum class aspect : std::uint8_t { damage, grappling, control, aggression };

inline constexpr std::size_t aspect_count = 4;

/// How the amounts x and y of the two corners become one number. All shapes
/// change their sign when the corners are exchanged and rise with x.
enum class shape : std::uint8_t {
  /// x - y
  difference,
  /// sqrt(x + soft) - sqrt(y + soft): the tenth counts less than the first.
  root,
  /// (x - y) / (x + y + soft): the share of what happened.
  share,
  /// (x - y) / sqrt(x + y + soft): how unlikely the lead is by chance.
  margin,
  /// min(x, soft) - min(y, soft)
  capped,
};

/// One column inside a term and how much of it counts.
struct part {
  column counted = column::head;
  double factor = 1;
};

/// One reason for a score: an amount per corner, how the two are compared, and
/// what the comparison weighs in log-odds.
struct term {
  std::string id;
  /// Empty: each column speaks for its own aspect, see `aspect_of`.
  std::optional<scoring::aspect> aspect;
  scoring::shape shape = shape::difference;
  /// See `shape`; not negative.
  double soft = 0;
  double weight = 0;
  std::vector<part> parts;
};

/// The chance that a round is wide (10-8 or more), given its winner.
struct wide_model {
  /// Log-odds of a wide round with nothing but a winner; by era, because the
  /// practice of judges drifts. Ascending by date, the first has no date.
  struct era {
    /// ISO date from which it holds; empty: from ever.
    std::string from;
    double intercept = -4;
  };
  std::vector<era> eras;
  std::vector<term> terms;
  /// How much less the log-odds of 10-7 are than those of 10-8.
  double step_to_next = 6;
  /// Probability from which the card says 10-8, and 10-7.
  std::int32_t card_at_ppm = 300'000;
  std::int32_t card_next_at_ppm = 500'000;
};

/// What a profile computes.
enum class method : std::uint8_t {
  /// Terms in log-odds; cards from probabilities.
  log_odds,
  /// The lead in counted techniques gives the card (`rows`); terms give the
  /// probability.
  technique_count,
};

/// The row with the greatest `lead_min` that is not above the lead applies.
struct lead_row {
  std::int32_t lead_min = 1;
  /// Points between winner and loser.
  std::int32_t steps = 1;
};

/// What `ringside fit` may change in a profile.
enum class fitted : std::uint8_t {
  /// Nothing: every number was set by hand.
  nothing,
  /// Only `scale`, so that hand-set weights become log-odds.
  scale,
  /// Every weight, and the model of wide rounds.
  weights,
};

/// How a profile is fitted.
struct fit_plan {
  fitted what = fitted::nothing;
  /// Ridge per weight, in rounds, on columns of unit spread.
  double ridge = 3;
  double wide_ridge = 3;
  /// Years after which a round counts half; 0: all count alike.
  double half_life_years = 0;
  /// ISO date of the last round that was used; empty: never fitted.
  std::string until;
};

/// A way to assess rounds.
struct profile {
  std::string id;
  int version = 1;
  std::string title;
  /// Where the weights come from, in words.
  std::string provenance;
  rules::sport discipline = rules::sport::mma;
  scoring::method method = method::log_odds;
  std::vector<term> terms;
  /// Multiplies every weight of `terms`.
  double scale = 1;
  wide_model wide;
  fit_plan fit;
  /// How often a round that is exactly even is called even, 0 to 0.5.
  double even_share = 0;
  /// |P(red) - 1/2| up to which the card is even where the rules allow it.
  std::int32_t even_card_ppm = 0;
  /// |P(red) - 1/2| up to which the round is too close to call.
  std::int32_t close_band_ppm = 100'000;
  /// For `technique_count`: the table, and what counts as a technique.
  std::vector<lead_row> rows;
  std::vector<part> techniques;
  /// Version of the calibration that is folded into the weights.
  int calibration_version = 0;
};

/// What a column speaks for: strikes and knockdowns for damage, takedowns,
/// submissions and reversals for grappling, strikes without effect for
/// aggression.
aspect aspect_of(column c) noexcept;

/// True if a term can only stand for what was tried and failed, or for fouls:
/// the only terms whose weight may be negative.
bool may_be_negative(const term& t) noexcept;

/// Checks everything about a profile that its types do not.
/// @returns `invalid_value` with the dotted field, for example
/// `terms[3].weight`: NaN or infinite numbers, a negative weight or factor
/// (more would lower its owner's chance), a doubled id, eras out of order,
/// thresholds out of order.
result<unit> validate(const profile& p);

/// The log-odds of a wide round on a day.
/// @param date ISO date; empty: the last era.
double wide_intercept(const wide_model& w, std::string_view date) noexcept;

} // namespace ringside::scoring

namespace ringside {

template <>
struct enum_names<scoring::aspect> {
  static constexpr std::array<std::string_view, 4> value{
    "damage", "grappling", "control", "aggression"};
};

template <>
struct enum_names<scoring::shape> {
  static constexpr std::array<std::string_view, 5> value{
    "difference", "root", "share", "margin", "capped"};
};

template <>
struct enum_names<scoring::fitted> {
  static constexpr std::array<std::string_view, 3> value{"nothing", "scale",
                                                         "weights"};
};

template <>
struct enum_names<scoring::method> {
  static constexpr std::array<std::string_view, 2> value{"log_odds",
                                                         "technique_count"};
};

} // namespace ringside
