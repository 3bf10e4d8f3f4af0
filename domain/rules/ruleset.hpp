#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/number.hpp"
#include "domain/base/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Rule sets are data: one file in `config/rulesets/` each, read into these
/// structs, checked by `validate`, never changed while the program runs.
namespace ringside::rules {

/// How well a fact of a rule set is known.
enum class provenance : std::uint8_t {
  /// Read in the cited document.
  verified,
  /// Read, but in a secondary, old or poor source.
  secondary,
  /// General knowledge; re-check before calling it official.
  general_knowledge,
};

/// What a judge's card is about.
enum class scoring_unit : std::uint8_t {
  /// A pair of scores for each round (the 10-point must family).
  round,
  /// One pick for the whole bout by ordered criteria.
  whole_bout,
  /// Each criterion is given whole to one corner or to none.
  weighted_criteria,
  /// Judges press a button for each scoring blow; k of n within a window.
  consensus_hits,
};

enum class scoring_panel : std::uint8_t { all, random_of_n, closest_of_n };

enum class bell_rule : std::uint8_t { never, last_round, every_round };

/// What an accidental foul that ends the bout leads to before the threshold.
enum class early_stop : std::uint8_t {
  no_contest,
  no_decision,
  technical_draw
};

/// What happens to the round in which a foul stops the bout.
enum class incomplete_round : std::uint8_t {
  scored,
  not_scored,
  judges_discretion,
};

enum class extension_when : std::uint8_t {
  never,
  /// The cards give no winner.
  draw,
  /// No side has more than half of the panel.
  no_majority,
};

enum class reveal_when : std::uint8_t { never, each_round, after_rounds };

/// Who may see revealed cards while the bout goes on.
enum class reveal_to : std::uint8_t { public_, corners, broadcast };

enum class sport : std::uint8_t {
  mma,
  boxing,
  kickboxing,
  muay_thai,
  grappling,
};

struct source_note {
  provenance mark = provenance::general_knowledge;
  /// Address of the document, or where the knowledge comes from.
  std::string source;
  std::string note;
};

struct round_plan {
  int count_default = 3;
  std::vector<int> counts_allowed{3};
  /// Running time of one round, seconds; one value, or one per round.
  std::vector<int> lengths_s{300};
  int rest_s = 60;
  /// Discipline of each round where they differ (ONE mixed rules).
  std::vector<sport> discipline;
};

struct judge_plan {
  /// 3 or 5; 0 where nobody judges.
  int count = 3;
  scoring_panel counted = scoring_panel::all;
  /// Seconds after the bell by which cards must be in; 0 for none.
  int entry_deadline_s = 0;
  /// False: an even card must name a winner (`nominate_on_tie`).
  bool draw_card_allowed = true;
  bool nominate_on_tie = false;
};

/// The scale of a round score.
struct score_scale {
  points base = whole_points(10);
  /// 10 (whole points) or 5 (half points), in tenths.
  points step = whole_points(1);
  /// Lowest score the loser of a round may get.
  points loser_min = whole_points(7);
  bool even_allowed = true;
  bool even_needs_reason = true;
  /// A round won by this much or more asks for a reason; empty: never.
  std::optional<points> reason_from_margin = whole_points(2);
};

struct criterion {
  std::string id;
  std::string title;
  /// Weight out of 100 where the unit is weighted_criteria, else 0.
  int weight = 0;
  /// Considered only if everything before it is equal.
  bool only_if_previous_equal = false;
};

struct knockdown_plan {
  /// Names of the tiers, weakest first, for example flash, hard, near_finish.
  std::vector<std::string> tiers{"flash", "hard", "near_finish"};
  /// Suggested points off per knockdown (a hint, never automatic).
  int hint_points = 0;
  /// Length of the mandatory count, 0 for none.
  int mandatory_count = 0;
  bool standing_count = false;
  bool standing_counts_as_knockdown = false;
  /// Knockdowns in one round that end the bout; 0 for no limit.
  int limit_per_round = 0;
  bell_rule saved_by_bell = bell_rule::never;
};

struct foul_plan {
  /// Codes an operator or supervisor may use.
  std::vector<std::string> codes;
  bool warn_before_deduct = true;
  /// Allowed deductions in whole points, for example 1 and 2.
  std::vector<int> deduct_steps{1, 2};
  /// Mandatory deduction for an intentional foul that injures.
  int intentional_injury_min = 2;
  /// Points off in one round that disqualify; 0 for none.
  int disqualify_at = 0;
  bool floor_at_zero = true;
  int recovery_max_s = 300;
};

/// When an accidental foul ends the bout: before the threshold `early`, after
/// it the cards decide.
struct foul_stop_plan {
  early_stop early = early_stop::no_contest;
  /// Rounds that must be completed, by scheduled rounds; `half_of_scheduled`
  /// replaces the table. A bout of n rounds uses the entry of the greatest
  /// key that is not above n.
  struct threshold {
    int scheduled = 0;
    int completed = 0;
  };
  std::vector<threshold> thresholds;
  bool half_of_scheduled = false;
  /// `scored`: the round of the stoppage counts (vector 15, 18).
  incomplete_round partial = incomplete_round::scored;
};

struct extension_plan {
  extension_when when = extension_when::never;
  int rounds_max = 0;
  /// The extra round alone decides (K-1), not the sum.
  bool scored_alone = true;
  /// After the last extra round every judge must name a winner.
  bool last_resort_pick = false;
};

struct open_scoring_plan {
  reveal_when when = reveal_when::never;
  /// Rounds after which cards are revealed, for example 4 and 8.
  std::vector<int> after_rounds;
  reveal_to audience = reveal_to::public_;
};

/// k judges must press the same corner within the window (amateur boxing,
/// 1989-2012). The window opens at the first press.
struct consensus_plan {
  int judges_needed = 3;
  int window_ms = 1'000;
};

/// Counts of scored techniques that give a round score (Ontario Muay Thai):
/// the row with the greatest `lead_min` not above the lead applies.
struct technique_count_row {
  int lead_min = 0;
  points winner;
  points loser;
};

/// Everything a bout needs to know about its rules.
struct ruleset {
  std::string id;
  std::string title;
  int version = 1;
  /// ISO date from which this version is in force.
  std::string effective_from;
  std::string jurisdiction;
  source_note origin;
  rules::sport discipline = sport::mma;
  scoring_unit unit = scoring_unit::round;
  round_plan rounds;
  judge_plan judges;
  score_scale scale;
  std::vector<criterion> criteria;
  knockdown_plan knockdowns;
  foul_plan fouls;
  foul_stop_plan accidental_foul;
  extension_plan extension;
  open_scoring_plan open_scoring;
  std::optional<consensus_plan> consensus;
  std::vector<technique_count_row> technique_counts;
  /// Going the distance is a draw; no cards exist.
  bool no_judging = false;
  /// Finish methods `record_finish` accepts.
  std::vector<std::string> finish_methods;
  /// Grounds on which a published result may be overturned.
  std::vector<std::string> overturn_grounds;
  /// Techniques an operator may log.
  std::vector<std::string> techniques;
  /// Kinds of control an operator may log, for example top, back, cage.
  std::vector<std::string> control_kinds;
  /// 5-judge bodies that call 4-1 "majority" set this.
  bool four_one_is_majority = false;
};

} // namespace ringside::rules

namespace ringside {

template <>
struct enum_names<rules::provenance> {
  static constexpr std::array<std::string_view, 3> value{
    "verified", "secondary", "general_knowledge"};
};

template <>
struct enum_names<rules::scoring_unit> {
  static constexpr std::array<std::string_view, 4> value{
    "round", "whole_bout", "weighted_criteria", "consensus_hits"};
};

template <>
struct enum_names<rules::scoring_panel> {
  static constexpr std::array<std::string_view, 3> value{"all", "random_of_n",
                                                         "closest_of_n"};
};

template <>
struct enum_names<rules::bell_rule> {
  static constexpr std::array<std::string_view, 3> value{"never", "last_round",
                                                         "every_round"};
};

template <>
struct enum_names<rules::early_stop> {
  static constexpr std::array<std::string_view, 3> value{
    "no_contest", "no_decision", "technical_draw"};
};

template <>
struct enum_names<rules::incomplete_round> {
  static constexpr std::array<std::string_view, 3> value{"scored", "not_scored",
                                                         "judges_discretion"};
};

template <>
struct enum_names<rules::extension_when> {
  static constexpr std::array<std::string_view, 3> value{"never", "draw",
                                                         "no_majority"};
};

template <>
struct enum_names<rules::reveal_when> {
  static constexpr std::array<std::string_view, 3> value{"never", "each_round",
                                                         "after_rounds"};
};

template <>
struct enum_names<rules::reveal_to> {
  static constexpr std::array<std::string_view, 3> value{"public", "corners",
                                                         "broadcast"};
};

template <>
struct enum_names<rules::sport> {
  static constexpr std::array<std::string_view, 5> value{
    "mma", "boxing", "kickboxing", "muay_thai", "grappling"};
};

} // namespace ringside
