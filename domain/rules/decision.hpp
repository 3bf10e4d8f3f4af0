#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/number.hpp"
#include "domain/base/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::rules {

/// The verdict of one card.
enum class verdict : std::uint8_t { red, blue, even };

/// How a bout ended, as published.
enum class result_kind : std::uint8_t {
  unanimous_decision,
  split_decision,
  majority_decision,
  unanimous_draw,
  majority_draw,
  split_draw,
  /// Cards after a foul stoppage; `outcome::panel` has the split.
  technical_decision,
  technical_draw,
  ko,
  tko_referee,
  tko_doctor,
  tko_corner,
  tko_injury,
  retirement,
  submission_tap,
  submission_verbal,
  submission_technical,
  disqualification,
  forfeit,
  /// A draw without cards: nobody judged, or both were counted out.
  draw,
  no_contest,
  no_decision,
  could_not_continue,
  /// Won by counted points, not by cards (consensus hits).
  points_decision,
};

/// What one judge's card adds up to, deductions applied.
struct card_total {
  /// Zero for both corners where the judge only names a winner.
  per_corner<points> total;
  verdict says = verdict::even;

  friend bool operator==(const card_total&, const card_total&) = default;
};

/// The official result, with what it was derived from.
struct outcome {
  /// The published kind.
  result_kind kind = result_kind::no_contest;
  /// Empty for draws and for bouts without a result.
  std::optional<corner> winner;
  /// One per counted judge, in seat order; empty for finishes.
  std::vector<card_total> cards;
  /// For a technical decision the split of the panel, e.g. majority.
  std::optional<result_kind> panel;
  /// `2:1`, `3:2`, ... red:blue, or red:blue:even where even cards exist; for
  /// consensus hits the points. Empty for finishes.
  std::string tuple;
  /// One sentence that says which rule gave this.
  std::string explanation;

  friend bool operator==(const outcome&, const outcome&) = default;
};

/// One judge's round as written, in tenths; deductions are never in it.
struct round_score {
  per_corner<points> raw;

  friend bool operator==(const round_score&, const round_score&) = default;
};

/// Points the referee took in one round, the same for every card. Positive
/// tenths; where criteria are weighted, tenths of the weight out of 100.
using deductions = per_corner<points>;

/// Everything a judge can write for one bout.
struct judge_card {
  /// By round, index 0 is round 1; empty where no card is filed.
  std::vector<std::optional<round_score>> rounds;
  /// For whole-bout rule sets, nominations and last-resort picks.
  std::optional<corner> pick;
  /// For weighted criteria: by criterion in rule-set order; empty = nobody.
  std::vector<std::optional<corner>> criteria;

  friend bool operator==(const judge_card&, const judge_card&) = default;
};

} // namespace ringside::rules

namespace ringside {

template <>
struct enum_names<rules::verdict> {
  static constexpr std::array<std::string_view, 3> value{"red", "blue", "even"};
};

template <>
struct enum_names<rules::result_kind> {
  static constexpr std::array<std::string_view, 24> value{
    "unanimous_decision",
    "split_decision",
    "majority_decision",
    "unanimous_draw",
    "majority_draw",
    "split_draw",
    "technical_decision",
    "technical_draw",
    "ko",
    "tko_referee",
    "tko_doctor",
    "tko_corner",
    "tko_injury",
    "retirement",
    "submission_tap",
    "submission_verbal",
    "submission_technical",
    "disqualification",
    "forfeit",
    "draw",
    "no_contest",
    "no_decision",
    "could_not_continue",
    "points_decision",
  };
};

} // namespace ringside
