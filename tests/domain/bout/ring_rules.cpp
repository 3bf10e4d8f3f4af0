#include "tests/domain/bout/ring.hpp"

namespace ringside::bout::test {

rules::ruleset mma_rules() {
  rules::ruleset set;
  set.id = "mma_test";
  set.version = 3;
  set.rounds.counts_allowed = {1, 2, 3, 5};
  set.judges.entry_deadline_s = 15;
  set.fouls.codes = {"low_blow", "eye_poke"};
  set.accidental_foul.thresholds = {{1, 1}, {3, 2}, {5, 3}};
  set.finish_methods
    = {"ko",      "tko_referee",      "submission_tap", "retirement",
       "forfeit", "disqualification", "no_contest",     "could_not_continue"};
  set.overturn_grounds = {"adding_error", "collusion"};
  set.techniques = {"jab", "cross", "kick"};
  set.control_kinds = {"top", "cage"};
  return set;
}

rules::ruleset whole_bout_rules() {
  auto set = mma_rules();
  set.id = "whole_test";
  set.unit = rules::scoring_unit::whole_bout;
  set.judges.draw_card_allowed = false;
  set.judges.nominate_on_tie = true;
  return set;
}

rules::ruleset weighted_rules() {
  auto set = mma_rules();
  set.id = "weighted_test";
  set.unit = rules::scoring_unit::weighted_criteria;
  set.judges.draw_card_allowed = false;
  set.judges.nominate_on_tie = true;
  set.fouls.deduct_steps = {20};
  set.criteria = {{"damage", "Damage", 50, false},
                  {"aggression", "Aggression", 30, false},
                  {"control", "Control", 20, false}};
  return set;
}

rules::ruleset extension_rules() {
  auto set = mma_rules();
  set.id = "extra_test";
  set.rounds.lengths_s = {180};
  set.extension = {rules::extension_when::draw, 2, /*scored_alone=*/true,
                   /*last_resort_pick=*/true};
  return set;
}

rules::ruleset buttons_rules() {
  auto set = mma_rules();
  set.id = "buttons_test";
  set.unit = rules::scoring_unit::consensus_hits;
  set.judges.count = 5;
  set.judges.draw_card_allowed = false;
  set.consensus = rules::consensus_plan{};
  return set;
}

} // namespace ringside::bout::test
