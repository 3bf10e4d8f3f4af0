#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What a generator of bouts has to know. Everything is a summary of many
/// rounds; no row of any file is in it. All numbers are integers, so that a
/// file of parameters means the same bits everywhere.
namespace ringside::synthetic {

/// What one fighter does in one round, drawn together because it goes
/// together. The counts come first; control is seconds.
enum class stat : std::uint8_t {
  knockdowns,
  distance_landed,
  distance_missed,
  clinch_landed,
  clinch_missed,
  ground_landed,
  ground_missed,
  other_landed,
  other_missed,
  takedowns,
  takedowns_failed,
  submissions,
  reversals,
  control_s,
};

inline constexpr std::size_t stat_count = 14;
inline constexpr std::size_t counted_stats = 13;

template <class T>
using per_stat = std::array<T, stat_count>;
using matrix = per_stat<per_stat<double>>;

/// A count: negative binomial, or Poisson where the variance is no larger than
/// the mean.
struct count_margin {
  std::int64_t mean_ppm = 0;
  std::int64_t variance_ppm = 0;

  friend bool operator==(const count_margin&, const count_margin&) = default;
};

inline constexpr std::size_t knot_count = 21;

/// Seconds in control: none at all, or between two neighbouring knots.
struct control_margin {
  std::int64_t none_ppm = 0;
  /// The 0, 5, ..., 100 % quantiles of the rounds with control, seconds.
  std::array<int, knot_count> knots_s{};

  friend bool operator==(const control_margin&, const control_margin&)
    = default;
};

/// Latent correlations in parts per million, by `stat`.
struct correlations {
  per_stat<per_stat<std::int32_t>> own{};
  /// With the opponent.
  per_stat<per_stat<std::int32_t>> other{};

  friend bool operator==(const correlations&, const correlations&) = default;
};

/// Which of the strikes go to one target: the log-odds are normal.
struct share_margin {
  /// Log-odds in thousandths for landed and for missed strikes.
  int landed_milli = 0;
  int missed_milli = 0;
  int sd_milli = 0;
  /// How much of the variance stays with the fighter over the bout.
  std::int64_t persistence_ppm = 0;

  friend bool operator==(const share_margin&, const share_margin&) = default;
};

/// A yes or no of three judges who see the same round: yes if
/// `intercept + slope * x + shared * c + e > 0`, with `e` standard normal for
/// each judge and `c` the same for all; millis.
struct panel_choice {
  int intercept_milli = 0;
  int slope_milli = 0;
  int shared_milli = 0;

  friend bool operator==(const panel_choice&, const panel_choice&) = default;
};

/// Judges beside an engine: how its log-odds become three cards.
struct judge_model {
  /// The profile that `winner` and `wide` were fitted to, and its version.
  std::string profile;
  int version = 0;
  /// x: log-odds of the engine that red wins. The intercept is zero: no
  /// corner is favoured.
  panel_choice winner;
  /// x: log-odds of the engine that this winner's round is wide.
  panel_choice wide;
  /// Share of wide cards that are wider still.
  std::int64_t wider_ppm = 0;
  /// Half width of what a judge calls even, on the scale of `winner`.
  int even_milli = 0;

  friend bool operator==(const judge_model&, const judge_model&) = default;
};

/// How bouts end early. Set by hand: the files hold decisions only.
struct finish_model {
  /// Chance of an end in a round with nothing that explains it.
  std::int64_t round_ppm = 0;
  std::int64_t knockdown_ppm = 0;
  std::int64_t submission_ppm = 0;

  friend bool operator==(const finish_model&, const finish_model&) = default;
};

struct parameters {
  std::string id;
  int version = 1;
  /// Which rounds it was fitted to, how many, by which command.
  std::string provenance;
  std::array<count_margin, counted_stats> counts;
  control_margin control;
  /// Between any two rounds of a bout: what stays with the fighters.
  correlations bout;
  /// Within a round, on top of `bout`; both add up to the whole.
  correlations round;
  /// Of the strikes from distance, those at the legs.
  share_margin leg;
  /// Of the other significant strikes, those at the body.
  share_margin body;
  /// Chance of a point taken from a fighter in a round.
  std::int64_t deduction_ppm = 0;
  judge_model judges;
  finish_model finish;

  friend bool operator==(const parameters&, const parameters&) = default;
};

} // namespace ringside::synthetic

namespace ringside {

template <>
struct enum_names<synthetic::stat> {
  static constexpr std::array<std::string_view, synthetic::stat_count> value{
    "knockdowns",    "distance_landed", "distance_missed",  "clinch_landed",
    "clinch_missed", "ground_landed",   "ground_missed",    "other_landed",
    "other_missed",  "takedowns",       "takedowns_failed", "submissions",
    "reversals",     "control_s"};
};

} // namespace ringside
