#pragma once

#include "domain/base/number.hpp"
#include "domain/rules/camera_counting.hpp"
#include "domain/rules/kinds.hpp"

#include <optional>
#include <string>
#include <vector>

/// Rule sets are data: one file in `config/rulesets/` each, read into these
/// structs, checked by `validate`, never changed while the program runs.
namespace ringside::rules {

/// One statement of where a rule comes from and how sure it is.
struct source_note {
  provenance mark = provenance::general_knowledge;
  /// Address of the document, or where the knowledge comes from.
  std::string source;
  /// What the mark is about, empty if the whole profile.
  std::string note;
};

/// How many rounds, how long, and what is between them.
struct round_plan {
  /// Scheduled rounds where nobody asks for another number.
  int count_default = 3;
  /// Every number of scheduled rounds that a bout may have, ascending.
  std::vector<int> counts_allowed{3};
  /// Running time of one round, seconds; one value, or one per round.
  std::vector<int> lengths_s{300};
  /// Rest between two rounds, seconds.
  int rest_s = 60;
  /// Discipline of each round where they differ (ONE mixed rules).
  std::vector<sport> discipline;
};

/// Who judges, and what happens to a card that ends even.
struct judge_plan {
  /// 3 or 5; 0 where nobody judges.
  int count = 3;
  scoring_panel counted = scoring_panel::all;
  /// Seats that count where `counted` is not `all`, else 0.
  int drawn = 0;
  /// Seconds after the bell by which cards must be in; 0 for none.
  int entry_deadline_s = 0;
  /// False: every card must give a winner in the end.
  bool draw_card_allowed = true;
  /// True: a judge whose card ends even names the winner (vector 12). Goes
  /// with `draw_card_allowed` false, except where the pick is the card.
  bool nominate_on_tie = false;
};

/// The scale of a round score.
struct score_scale {
  /// What the winner of a round gets.
  points base = whole_points(10);
  /// 10 (whole points) or 5 (half points), in tenths.
  points step = whole_points(1);
  /// Lowest score the loser of a round may get.
  points loser_min = whole_points(7);
  /// False only where nobody has to get `base` (no 10-point must).
  bool winner_has_base = true;
  bool even_allowed = true;
  bool even_needs_reason = true;
  /// A round won by this much or more asks for a reason; empty: never.
  std::optional<points> reason_from_margin = whole_points(2);
};

/// One of the things judges look at, in order of weight.
struct criterion {
  std::string id;
  std::string title;
  /// Weight out of 100 where the unit is weighted_criteria, else 0.
  int weight = 0;
  /// Considered only if everything before it is equal.
  bool only_if_previous_equal = false;
};

/// Counts, and what the operator may log about a knockdown.
struct knockdown_plan {
  /// Names of the tiers, weakest first, for example flash, hard, near_finish.
  std::vector<std::string> tiers{"flash", "hard", "near_finish"};
  /// Suggested points off per knockdown (a hint, never automatic).
  int hint_points = 0;
  /// Length of the mandatory count, 0 for none.
  int mandatory_count = 0;
  /// The referee may count a fighter who stands.
  bool standing_count = false;
  bool standing_counts_as_knockdown = false;
  /// Knockdowns in one round that end the bout; 0 for no limit.
  int limit_per_round = 0;
  bell_rule saved_by_bell = bell_rule::never;
};

/// What the referee may order.
struct foul_plan {
  /// Codes an operator or supervisor may use.
  std::vector<std::string> codes;
  /// A warning normally comes before a deduction.
  bool warn_before_deduct = true;
  /// Allowed deductions in whole points, for example 1 and 2; in weight out
  /// of 100 where criteria are weighted (RIZIN's yellow card is 20).
  std::vector<int> deduct_steps{1, 2};
  /// Mandatory deduction for an intentional foul that injures.
  /// In the unit of `deduct_steps`; 0 where there is none.
  int intentional_injury_min = 2;
  /// Points off in one round that disqualify; 0 for none.
  int disqualify_at = 0;
  /// No card goes below zero (N.M. 15.6.12.22).
  bool floor_at_zero = true;
  /// Longest rest after a foul, seconds.
  int recovery_max_s = 300;
};

/// When an accidental foul ends the bout: before the threshold `early`, after
/// it the cards decide.
struct foul_stop_plan {
  /// The result before the threshold.
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
  /// Deductions ordered in it count in any case.
  incomplete_round partial = incomplete_round::scored;
  aggravation later_aggravation = aggravation::cards;
};

/// Extra rounds after a bout that the cards leave without a winner.
struct extension_plan {
  extension_when when = extension_when::never;
  /// Extra rounds at most; 0 exactly where `when` is never.
  int rounds_max = 0;
  /// The extra round alone decides (K-1), not the sum.
  bool scored_alone = true;
  /// After the last extra round every judge must name a winner.
  bool last_resort_pick = false;
};

/// Whether and to whom cards are shown before the bout is over.
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
  /// ISO date from which this version is in force, as exact as it is known:
  /// year, month or day; empty where no date is known.
  std::string effective_from;
  std::string jurisdiction;
  /// The main document behind the profile.
  source_note origin;
  /// What is known less well or from elsewhere.
  std::vector<source_note> notes;
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
  /// Finish methods `record_finish` accepts, as names of `result_kind`.
  std::vector<std::string> finish_methods;
  /// Grounds on which a published result may be overturned.
  std::vector<std::string> overturn_grounds;
  /// Techniques an operator may log.
  std::vector<std::string> techniques;
  /// Kinds of control an operator may log, for example top, back, cage.
  std::vector<std::string> control_kinds;
  /// What cameras may count; nothing unless the rules say so.
  camera_counting cameras = camera_counting::none;
  /// 5-judge bodies that call 4-1 "majority" set this.
  bool four_one_is_majority = false;
};

} // namespace ringside::rules
