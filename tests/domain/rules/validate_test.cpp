#include "domain/rules/validate.hpp"
#include "tests/domain/rules/fixture.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace ringside::rules::test {

namespace {

/// One way to break a rule set and the field that must be named.
struct damage {
  const char* name;
  const char* base;
  const char* field;
  std::function<void(ruleset&)> apply;
};

using R = ruleset&;

const std::vector<damage> damages{
  {"id", "k1", "id", [](R r) { r.id = "K 1"; }},
  {"title", "k1", "title", [](R r) { r.title = ""; }},
  {"version", "k1", "version", [](R r) { r.version = 0; }},
  {"date", "k1", "effective_from", [](R r) { r.effective_from = "2025-13"; }},
  {"date_words", "k1", "effective_from",
   [](R r) { r.effective_from = "last year"; }},
  {"jurisdiction", "k1", "jurisdiction", [](R r) { r.jurisdiction = ""; }},
  {"origin", "k1", "origin.source", [](R r) { r.origin.source = ""; }},
  {"notes", "k1", "notes", [](R r) { r.notes.emplace_back(); }},
  {"no_counts", "k1", "rounds.counts_allowed",
   [](R r) { r.rounds.counts_allowed.clear(); }},
  {"falling_counts", "k1", "rounds.counts_allowed",
   [](R r) {
     r.rounds.counts_allowed = {5, 3};
   }},
  {"too_many_rounds", "k1", "rounds.counts_allowed",
   [](R r) {
     r.rounds.counts_allowed = {3, 31};
   }},
  {"default_count", "k1", "rounds.count_default",
   [](R r) { r.rounds.count_default = 4; }},
  {"lengths", "k1", "rounds.lengths_s",
   [](R r) {
     r.rounds.lengths_s = {180, 180};
   }},
  {"length_zero", "k1", "rounds.lengths_s",
   [](R r) { r.rounds.lengths_s = {0}; }},
  {"rest", "k1", "rounds.rest_s", [](R r) { r.rounds.rest_s = 601; }},
  {"discipline", "one_mixed", "rounds.discipline",
   [](R r) { r.rounds.discipline.pop_back(); }},
  {"four_judges", "k1", "judges.count", [](R r) { r.judges.count = 4; }},
  {"nobody_judges", "k1", "judges.count", [](R r) { r.no_judging = true; }},
  {"drawn_of_all", "k1", "judges.drawn", [](R r) { r.judges.drawn = 3; }},
  {"drawn_even", "boxing_amateur", "judges.drawn",
   [](R r) {
     r.judges.counted = scoring_panel::random_of_n;
     r.judges.drawn = 4;
   }},
  {"deadline", "k1", "judges.entry_deadline_s",
   [](R r) { r.judges.entry_deadline_s = -1; }},
  {"nominate", "k1", "judges.nominate_on_tie",
   [](R r) { r.judges.nominate_on_tie = true; }},
  {"no_draw_no_nomination", "k1", "judges.nominate_on_tie",
   [](R r) { r.judges.draw_card_allowed = false; }},
  {"even_pick", "one_mma", "judges.draw_card_allowed",
   [](R r) { r.judges.draw_card_allowed = true; }},
  {"step", "k1", "scale.step", [](R r) { r.scale.step = points{3}; }},
  {"base", "k1", "scale.base", [](R r) { r.scale.base = points{95}; }},
  {"loser", "k1", "scale.loser_min",
   [](R r) { r.scale.loser_min = r.scale.base; }},
  {"even_reason", "boxing_amateur", "scale.even_needs_reason",
   [](R r) { r.scale.even_needs_reason = true; }},
  {"margin", "k1", "scale.reason_from_margin",
   [](R r) { r.scale.reason_from_margin = whole_points(4); }},
  {"weights", "rizin", "criteria.weight",
   [](R r) { r.criteria[0].weight = 40; }},
  {"weight_elsewhere", "k1", "criteria.weight",
   [](R r) { r.criteria[0].weight = 40; }},
  {"no_criteria", "k1", "criteria", [](R r) { r.criteria.clear(); }},
  {"criteria_twice", "k1", "criteria.id",
   [](R r) { r.criteria[1].id = r.criteria[0].id; }},
  {"criteria_title", "k1", "criteria.title",
   [](R r) { r.criteria[1].title = ""; }},
  {"first_criterion", "k1", "criteria.only_if_previous_equal",
   [](R r) { r.criteria[0].only_if_previous_equal = true; }},
  {"tiers", "k1", "knockdowns.tiers",
   [](R r) { r.knockdowns.tiers = {"Flash"}; }},
  {"hint", "k1", "knockdowns.hint_points",
   [](R r) { r.knockdowns.hint_points = 4; }},
  {"count", "k1", "knockdowns.mandatory_count",
   [](R r) { r.knockdowns.mandatory_count = 11; }},
  {"standing", "glory", "knockdowns.standing_counts_as_knockdown",
   [](R r) { r.knockdowns.standing_counts_as_knockdown = true; }},
  {"limit", "k1", "knockdowns.limit_per_round",
   [](R r) { r.knockdowns.limit_per_round = -1; }},
  {"no_fouls", "k1", "fouls.codes", [](R r) { r.fouls.codes.clear(); }},
  {"foul_twice", "k1", "fouls.codes",
   [](R r) { r.fouls.codes.push_back(r.fouls.codes[0]); }},
  {"steps", "k1", "fouls.deduct_steps",
   [](R r) {
     r.fouls.deduct_steps = {2, 1};
   }},
  {"injury", "k1", "fouls.intentional_injury_min",
   [](R r) { r.fouls.intentional_injury_min = 2; }},
  {"disqualify", "k1", "fouls.disqualify_at",
   [](R r) { r.fouls.disqualify_at = -1; }},
  {"recovery", "k1", "fouls.recovery_max_s",
   [](R r) { r.fouls.recovery_max_s = 601; }},
  {"no_threshold", "k1", "accidental_foul.thresholds",
   [](R r) { r.accidental_foul.thresholds.clear(); }},
  {"two_thresholds", "k1", "accidental_foul.thresholds",
   [](R r) { r.accidental_foul.half_of_scheduled = true; }},
  {"threshold_above", "k1", "accidental_foul.thresholds",
   [](R r) {
     r.accidental_foul.thresholds = {{3, 4}};
   }},
  {"threshold_gap", "k1", "accidental_foul.thresholds",
   [](R r) {
     r.accidental_foul.thresholds = {{5, 3}};
   }},
  {"extension", "k1", "extension.rounds_max",
   [](R r) { r.extension.rounds_max = 0; }},
  {"extension_never", "boxing_wbc", "extension.rounds_max",
   [](R r) { r.extension.rounds_max = 1; }},
  {"last_resort", "boxing_wbc", "extension.last_resort_pick",
   [](R r) { r.extension.last_resort_pick = true; }},
  {"extension_unit", "one_mma", "extension.when",
   [](R r) {
     r.extension.when = extension_when::draw;
     r.extension.rounds_max = 1;
   }},
  {"extension_nominate", "boxing_amateur", "extension.when",
   [](R r) {
     r.extension.when = extension_when::draw;
     r.extension.rounds_max = 1;
   }},
  {"reveal_rounds", "boxing_wbc", "open_scoring.after_rounds",
   [](R r) { r.open_scoring.after_rounds.clear(); }},
  {"reveal_late", "boxing_wbc", "open_scoring.after_rounds",
   [](R r) { r.open_scoring.after_rounds = {13}; }},
  {"reveal_unit", "one_mma", "open_scoring.when",
   [](R r) { r.open_scoring.when = reveal_when::each_round; }},
  {"no_consensus", "boxing_computer_1989", "consensus",
   [](R r) { r.consensus.reset(); }},
  {"consensus_elsewhere", "k1", "consensus",
   [](R r) { r.consensus.emplace(); }},
  {"consensus_minority", "boxing_computer_1989", "consensus.judges_needed",
   [](R r) { r.consensus->judges_needed = 2; }},
  {"consensus_window", "boxing_computer_1989", "consensus.window_ms",
   [](R r) { r.consensus->window_ms = 0; }},
  {"count_first", "muay_thai_ontario", "technique_counts.lead_min",
   [](R r) { r.technique_counts[0].lead_min = 2; }},
  {"count_order", "muay_thai_ontario", "technique_counts.lead_min",
   [](R r) { r.technique_counts[2].lead_min = 8; }},
  {"count_score", "muay_thai_ontario", "technique_counts",
   [](R r) { r.technique_counts[2].loser = whole_points(6); }},
  {"count_falls", "muay_thai_ontario", "technique_counts.loser",
   [](R r) { r.technique_counts[1].loser = whole_points(9); }},
  {"no_finish", "k1", "finish_methods", [](R r) { r.finish_methods.clear(); }},
  {"odd_finish", "k1", "finish_methods",
   [](R r) { r.finish_methods.push_back("split_draw"); }},
  {"no_ground", "k1", "overturn_grounds",
   [](R r) { r.overturn_grounds.clear(); }},
  {"technique", "k1", "techniques",
   [](R r) { r.techniques.push_back("High Kick"); }},
  {"control", "k1", "control_kinds",
   [](R r) {
     r.control_kinds = {"top", "top"};
   }},
  {"four_one", "k1", "four_one_is_majority",
   [](R r) { r.four_one_is_majority = true; }},
};

class broken_ruleset : public testing::TestWithParam<damage> {};

} // namespace

TEST_P(broken_ruleset, is_refused_with_the_name_of_the_field) {
  auto rules = shipped(GetParam().base);
  GetParam().apply(rules);
  auto got = validate(rules);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().code, ec::invalid_value);
  EXPECT_EQ(got.reason().field, GetParam().field);
  EXPECT_EQ(got.reason().detail.find(got.reason().field + ": "), 0u);
}

INSTANTIATE_TEST_SUITE_P(all, broken_ruleset, testing::ValuesIn(damages),
                         [](const testing::TestParamInfo<damage>& one) {
                           return std::string{one.param.name};
                         });

TEST(validate, accepts_every_shipped_rule_set) {
  for (const auto& rules : shipped_catalog().all()) {
    auto got = validate(rules);
    EXPECT_TRUE(got) << rules.id << ": " << got.reason().detail;
  }
}

TEST(validate, takes_dates_as_exact_as_they_are_known) {
  auto rules = shipped("k1");
  for (auto date : {"", "1989", "2022-03", "2025-08-09"}) {
    rules.effective_from = date;
    EXPECT_TRUE(validate(rules)) << date;
  }
}

} // namespace ringside::rules::test
