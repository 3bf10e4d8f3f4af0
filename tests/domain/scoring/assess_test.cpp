#include "domain/scoring/assessment.hpp"

#include "app/config/load_profiles.hpp"
#include "domain/scoring/portable_math.hpp"
#include "tests/domain/scoring/sample.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ringside::scoring {
namespace {

using namespace test;

profile shipped(const std::string& id) {
  auto p = config::load_profile(RINGSIDE_SOURCE_DIR "/config/scoring/" + id
                                + ".yaml");
  EXPECT_TRUE(p) << (p ? "" : p.reason().detail);
  return p ? *p : sample_profile();
}

void put(round_tally& t, corner c, int kind, int times) {
  for (int i = 0; i < times; ++i)
    add(t, helpful_fact(c, kind));
}

round_tally heads(int red, int blue) {
  round_tally t;
  put(t, corner::red, 0, red);
  put(t, corner::blue, 0, blue);
  return t;
}

int steps(const outlook& o) {
  return (o.card.red.count - o.card.blue.count) / whole_points(1).count;
}

} // namespace

TEST(assessment, is_even_when_nothing_happened) {
  auto o = look_at(sample_profile(), {}, {});
  EXPECT_EQ(o.wins.red, o.wins.blue);
  EXPECT_EQ(o.even.count, 10'000);
  EXPECT_EQ(o.card_winner, std::nullopt);
  EXPECT_EQ(o.card.red, whole_points(10));
  EXPECT_EQ(o.card.blue, whole_points(10));
  EXPECT_TRUE(o.too_close);
}

TEST(assessment, follows_the_weights_by_hand) {
  auto p = sample_profile();
  // 12 head strikes to 2: 0.1 * 1.5 * 10 + 3 * 10 / (14 + 10) = 2.75.
  auto o = look_at(p, {}, heads(12, 2));
  EXPECT_EQ(o.lead_milli, 2'750);
  auto chance = 1 / (1 + std::exp(-2.75));
  auto decided = 1 - 0.01 * 4 * chance * (1 - chance);
  EXPECT_EQ(o.wins.red.count, static_cast<int>(chance * decided * 1e6));
  // Wide: -5 + 0.1 * 10 = -4.
  auto wide = 1 / (1 + std::exp(4.0));
  EXPECT_EQ(o.wide.red.count, static_cast<int>(chance * decided * wide * 1e6));
  EXPECT_EQ(steps(o), 1);
  EXPECT_FALSE(o.too_close);
}

TEST(assessment, dates_the_rate_of_wide_rounds) {
  auto p = sample_profile();
  auto before = look_at(p, {}, heads(12, 2), "2016-12-31");
  auto after = look_at(p, {}, heads(12, 2), "2017-01-01");
  EXPECT_LT(before.wide.red, after.wide.red);
  EXPECT_EQ(before.wins, after.wins);
  EXPECT_EQ(after, look_at(p, {}, heads(12, 2)));
}

TEST(assessment, keeps_to_the_lowest_score_of_the_rule_set) {
  auto p = sample_profile();
  auto t = heads(90, 0);
  put(t, corner::red, 7, 6);
  rules::score_scale scale;
  EXPECT_EQ(look_at(p, scale, t).card.blue, whole_points(7));
  scale.loser_min = whole_points(9);
  EXPECT_EQ(look_at(p, scale, t).card.blue, whole_points(9));
}

TEST(assessment, names_no_even_round_where_none_is_allowed) {
  rules::score_scale scale;
  scale.even_allowed = false;
  auto p = sample_profile();
  p.even_card_ppm = 100'000;
  auto o = look_at(p, scale, heads(10, 9));
  EXPECT_EQ(o.even.count, 0);
  EXPECT_EQ(o.wins.red.count + o.wins.blue.count, 1'000'000);
  EXPECT_EQ(o.card_winner, corner::red);
  scale.even_allowed = true;
  EXPECT_EQ(look_at(p, scale, heads(10, 9)).card_winner, std::nullopt);
}

TEST(assessment, names_profile_versions_and_criteria_in_order) {
  auto p = sample_profile();
  p.calibration_version = 7;
  auto a = assess(p, mma_rules(), heads(12, 2));
  EXPECT_EQ(a.profile, "sample");
  EXPECT_EQ(a.version, 3);
  EXPECT_EQ(a.calibration_version, 7);
  ASSERT_EQ(a.breakdown.size(), 4U);
  EXPECT_EQ(a.breakdown[0].criterion, "damage");
  EXPECT_EQ(a.breakdown[1].criterion, "dominance");
  EXPECT_EQ(a.breakdown[1].aspect, aspect::grappling);
  EXPECT_EQ(a.breakdown[2].criterion, "duration");
  EXPECT_EQ(a.breakdown[2].aspect, aspect::control);
  EXPECT_EQ(a.breakdown[3].criterion, "aggression");
  EXPECT_EQ(a.breakdown[0].lead_milli, 2'750);
}

TEST(assessment, agrees_with_the_library_to_the_last_millionth) {
  for (int i = -4'000; i <= 4'000; ++i) {
    auto z = i / 100.0;
    EXPECT_NEAR(portable_logistic(z), 1 / (1 + std::exp(-z)), 1e-14) << z;
  }
  EXPECT_EQ(portable_logistic(0), 0.5);
  EXPECT_EQ(portable_logistic(1e300), 1);
}

// The numbers that ship; a change of profile or arithmetic has to be meant.
TEST(assessment, golden_rounds_of_the_learned_profile) {
  auto p = shipped("mma_fit");
  ASSERT_EQ(p.version, 1);
  struct golden {
    round_tally t;
    std::int32_t red_ppm;
    std::int32_t wide_ppm;
    int steps;
  };
  auto knocked = heads(20, 10);
  put(knocked, corner::red, 7, 1);
  auto wrestled = heads(5, 15);
  put(wrestled, corner::red, 9, 3);
  set_control(wrestled, corner::red, {200'000});
  auto beaten = heads(60, 5);
  put(beaten, corner::red, 8, 2);
  const std::vector<golden> rounds{{heads(1, 0), 623'108, 580, 1},
                                   {heads(25, 20), 739'985, 1'206, 1},
                                   {knocked, 989'646, 40'572, 1},
                                   {wrestled, 750'183, 762, 1},
                                   {beaten, 999'993, 989'371, 2}};
  for (const auto& g : rounds) {
    auto o = look_at(p, {}, g.t);
    EXPECT_EQ(o.wins.red.count, g.red_ppm);
    EXPECT_EQ(o.wide.red.count, g.wide_ppm);
    EXPECT_EQ(steps(o), g.steps);
  }
}

TEST(assessment, ontario_counts_techniques_by_the_official_table) {
  auto p = shipped("ontario_technique_count");
  rules::score_scale scale;
  scale.even_allowed = false;
  struct row {
    int lead;
    int steps;
  };
  for (auto [lead, want] :
       {row{1, 1}, row{7, 1}, row{8, 2}, row{14, 2}, row{15, 3}, row{21, 3}}) {
    auto o = look_at(p, scale, heads(5 + lead, 5));
    EXPECT_EQ(steps(o), want) << lead;
    EXPECT_EQ(o.card_winner, corner::red);
    EXPECT_GT(o.wins.red.count, 500'000);
  }
  auto even = heads(5, 5);
  EXPECT_EQ(look_at(p, scale, even).card_winner, std::nullopt);
  // Equal counts go to the more forceful.
  put(even, corner::blue, 5, 1);
  put(even, corner::red, 0, 1);
  EXPECT_EQ(look_at(p, scale, even).card_winner, corner::blue);
  EXPECT_EQ(steps(look_at(p, scale, even)), -1);
}

TEST(assessment, boxing_takes_a_knockdown_to_ten_eight) {
  auto p = shipped("boxing_punch_count");
  auto t = heads(20, 15);
  EXPECT_EQ(steps(look_at(p, {}, t)), 1);
  put(t, corner::red, 7, 1);
  EXPECT_EQ(steps(look_at(p, {}, t)), 2);
  put(t, corner::red, 7, 1);
  EXPECT_EQ(steps(look_at(p, {}, t)), 3);
}

// -- defects of the earlier system --------------------------------------------

TEST(scoring_cases, case_13_more_control_never_scores_less) {
  auto p = shipped("mma_fit");
  round_tally t;
  auto before = look_at(p, {}, t);
  for (int s = 1; s <= 300; ++s) {
    set_control(t, corner::red, {s * 1'000});
    auto now = look_at(p, {}, t);
    EXPECT_GE(now.wins.red, before.wins.red) << s << " s";
    EXPECT_GE(now.lead_milli, before.lead_milli) << s << " s";
    before = now;
  }
}

TEST(scoring_cases, case_14_every_path_gives_the_same_assessment) {
  auto p = shipped("mma_fit");
  std::vector<timed_fact> facts;
  round_tally live;
  bout::control_log control;
  for (int i = 0; i < 60; ++i) {
    auto c = i % 3 == 0 ? corner::blue : corner::red;
    auto& f = facts.emplace_back();
    f.what = any_fact(c, i % any_kinds);
    f.at = {i * 4'000};
    add(live, f.what);
  }
  auto& start = facts.emplace_back();
  start.what = bout::control_start{corner::red, "top"};
  start.at = {250'000};
  control.add({1, {250'000'000}, {250'000}, true, corner::red, "top"});
  set_control(live, control, {300'000});
  auto replayed = recount(facts, {300'000});
  EXPECT_EQ(live, replayed);
  auto rules = mma_rules();
  EXPECT_EQ(assess(p, rules, live), assess(p, rules, replayed));
}

TEST(scoring_cases, case_20_a_worse_beating_never_gets_a_milder_card) {
  auto p = shipped("mma_fit");
  auto card_of = [&](int tier, int times, int strikes) {
    auto t = heads(strikes, 0);
    put(t, corner::red, tier, times);
    return look_at(p, {}, t);
  };
  constexpr int flash = 7;
  constexpr int near_finish = 8;
  // Two flash knockdowns are worth no less than one.
  EXPECT_GE(steps(card_of(flash, 2, 10)), steps(card_of(flash, 1, 10)));
  // Three knockdowns against nothing are wide.
  EXPECT_GE(steps(card_of(near_finish, 3, 25)), 2);
  for (int n = 0; n < 6; ++n) {
    EXPECT_GE(card_of(flash, n + 1, 10).wide.red,
              card_of(flash, n, 10).wide.red);
    EXPECT_GE(steps(card_of(flash, n + 1, 10)), steps(card_of(flash, n, 10)));
    EXPECT_GE(card_of(near_finish, n, 10).wide.red,
              card_of(flash, n, 10).wide.red);
  }
}

TEST(scoring_cases, case_21_one_weak_event_moves_the_card_one_step_at_most) {
  auto p = shipped("mma_fit");
  // A single light strike never makes a 10-8.
  round_tally one;
  put(one, corner::red, 12, 1);
  auto o = look_at(p, {}, one);
  EXPECT_EQ(steps(o), 1);
  EXPECT_TRUE(o.too_close);
  EXPECT_LT(o.wide.red.count, 10'000);
  auto before = look_at(p, {}, {});
  round_tally t;
  for (int i = 0; i < 150; ++i) {
    add(t, helpful_fact(corner::red, i % 4));
    auto now = look_at(p, {}, t);
    EXPECT_LE(std::abs(steps(now) - steps(before)), 1) << i;
    // No cliff: a strike is worth less than a fifth, later ever less.
    EXPECT_LE(now.wins.red.count - before.wins.red.count, 200'000) << i;
    before = now;
  }
  EXPECT_GE(steps(before), 2);
}

TEST(scoring_cases, case_22_the_version_that_ships_is_pinned) {
  for (const auto* id : {"mma_fit", "mma_hand", "ontario_technique_count",
                         "boxing_punch_count"}) {
    auto p = shipped(id);
    EXPECT_EQ(p.version, 1) << id;
    auto a = assess(p, mma_rules(), heads(30, 10));
    EXPECT_EQ(a.profile, id);
    EXPECT_EQ(a.version, p.version);
  }
  auto o = look_at(shipped("mma_hand"), {}, heads(30, 10));
  EXPECT_EQ(o.wins.red.count, 993'499);
}

} // namespace ringside::scoring
