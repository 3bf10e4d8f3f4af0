#include "domain/rules/catalog.hpp"
#include "domain/rules/derive.hpp"
#include "domain/rules/panel.hpp"
#include "tests/domain/rules/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ringside::rules::test {

namespace {

decision_scope three_rounds() {
  decision_scope scope;
  scope.scheduled_rounds = 3;
  scope.rounds_counted = 3;
  return scope;
}

const auto red_card = card({{10, 9}, {10, 9}, {9, 10}});

} // namespace

/// Every panel of three or five verdicts, counted out by hand in words.
TEST(panel, names_every_panel_of_three_and_five) {
  for (int n : {3, 5}) {
    int combinations = n == 3 ? 27 : 243;
    for (int code = 0; code < combinations; ++code) {
      std::vector<verdict> says;
      for (int i = 0, rest = code; i < n; ++i, rest /= 3)
        says.push_back(static_cast<verdict>(rest % 3));
      auto red = std::count(says.begin(), says.end(), verdict::red);
      auto blue = std::count(says.begin(), says.end(), verdict::blue);
      auto even = n - red - blue;
      auto got = panel_of(says);
      auto need = n / 2 + 1;
      EXPECT_EQ(got.winner == corner::red, red >= need);
      EXPECT_EQ(got.winner == corner::blue, blue >= need);
      EXPECT_EQ(got.kind == result_kind::unanimous_decision,
                red == n || blue == n);
      EXPECT_EQ(got.kind == result_kind::unanimous_draw, even == n);
      EXPECT_EQ(got.kind == result_kind::majority_draw,
                even >= need && even < n);
      EXPECT_EQ(got.kind == result_kind::split_draw,
                red < need && blue < need && even < need);
      EXPECT_EQ(got.kind == result_kind::majority_decision,
                (red >= need && red < n && blue == 0)
                  || (blue >= need && blue < n && red == 0));
    }
  }
}

TEST(derive, a_deduction_ordered_after_filing_hits_every_card) {
  std::vector<judge_card> cards{red_card, red_card, red_card};
  auto rules = shipped("mma_abc_2025");
  auto before = derive_decision(rules, cards, {}, three_rounds());
  std::vector<deductions> taken{{whole_points(2), points{0}}};
  auto after = derive_decision(rules, cards, taken, three_rounds());
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->winner, corner::red);
  EXPECT_EQ(after->winner, corner::blue);
  for (const auto& one : after->cards)
    EXPECT_EQ(one.total.red, whole_points(27));
}

TEST(derive, a_deduction_is_never_negative) {
  std::vector<judge_card> cards(3, red_card);
  std::vector<deductions> taken{{points{-10}, points{0}}};
  auto got
    = derive_decision(shipped("mma_abc_2025"), cards, taken, three_rounds());
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().field, "deductions");
}

TEST(derive, a_deduction_in_an_extra_round_stays_in_it) {
  auto even = card({{10, 9}, {9, 10}, {10, 10}, {10, 9}});
  std::vector<judge_card> cards(3, even);
  auto scope = three_rounds();
  scope.rounds_counted = 4;
  std::vector<deductions> taken{{}, {}, {}, {whole_points(2), points{0}}};
  auto got = derive_decision(shipped("k1"), cards, taken, scope);
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(got->winner, corner::blue);
  EXPECT_EQ(got->cards[0].total.red, whole_points(8));
}

TEST(derive, a_deduction_of_the_scheduled_rounds_does_not_follow_there) {
  // Red wins three rounds of 10-9; three points off make the cards even.
  auto rounds = card({{10, 9}, {10, 9}, {10, 9}, {10, 9}});
  std::vector<judge_card> cards(3, rounds);
  auto scope = three_rounds();
  scope.rounds_counted = 4;
  std::vector<deductions> taken{{whole_points(3), points{0}}};
  auto got = derive_decision(shipped("k1"), cards, taken, scope);
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(got->winner, corner::red);
  EXPECT_EQ(got->cards[0].total,
            (per_corner{whole_points(10), whole_points(9)}));
}

TEST(derive, extra_rounds_may_be_added_to_the_sum) {
  auto rules = shipped("k1");
  rules.extension.scored_alone = false;
  auto rounds = card({{10, 9}, {9, 10}, {10, 10}, {8, 10}});
  std::vector<judge_card> cards(3, rounds);
  auto scope = three_rounds();
  scope.rounds_counted = 4;
  auto got = derive_decision(rules, cards, {}, scope);
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(got->cards[0].total,
            (per_corner{whole_points(37), whole_points(39)}));
}

TEST(derive, a_panel_without_last_resort_ends_in_a_draw) {
  auto rules = shipped("glory");
  rules.extension.last_resort_pick = false;
  std::vector<judge_card> cards(3,
                                card({{10, 9}, {9, 10}, {10, 10}, {10, 10}}));
  auto scope = three_rounds();
  scope.rounds_counted = 4;
  auto got = derive_decision(rules, cards, {}, scope);
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(got->kind, result_kind::unanimous_draw);
}

TEST(derive, a_technical_draw_asks_for_no_extra_round) {
  std::vector<judge_card> cards(3, card({{10, 10}, {10, 10}}));
  auto scope = three_rounds();
  scope.rounds_counted = 2;
  scope.technical = true;
  auto got = derive_decision(shipped("k1"), cards, {}, scope);
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(got->kind, result_kind::technical_draw);
  EXPECT_EQ(got->panel, result_kind::unanimous_draw);
}

TEST(derive, drawn_seats_must_be_different_and_exist) {
  auto rules = shipped("boxing_unified");
  rules.judges.count = 5;
  rules.judges.counted = scoring_panel::random_of_n;
  rules.judges.drawn = 3;
  std::vector<judge_card> cards(5, red_card);
  for (auto seats : {std::vector<int>{1, 1, 2},
                     {0, 1, 2},
                     {4, 5, 6},
                     {1, 2},
                     {1, 2, 3, 3}}) {
    auto scope = three_rounds();
    scope.counted_seats = seats;
    auto got = derive_decision(rules, cards, {}, scope);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.reason().field, "counted_seats");
  }
}

TEST(derive, refuses_rounds_that_cannot_be) {
  std::vector<judge_card> cards(3, red_card);
  auto rules = shipped("mma_abc_2025");
  for (auto [scheduled, counted] :
       {std::pair{0, 0}, {31, 31}, {3, 4}, {3, -1}}) {
    decision_scope scope;
    scope.scheduled_rounds = scheduled;
    scope.rounds_counted = counted;
    EXPECT_FALSE(derive_decision(rules, cards, {}, scope));
  }
}

TEST(derive, totals_need_every_judge) {
  std::vector<per_corner<points>> two(2, {whole_points(29), whole_points(28)});
  auto got = derive_from_totals(shipped("mma_abc_2025"), two);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().code, ec::cards_missing);
}

TEST(catalog, finds_by_id_and_sorts) {
  auto made = catalog::make({shipped("k1"), shipped("glory")});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->all()[0].id, "glory");
  ASSERT_NE(made->find("k1"), nullptr);
  EXPECT_EQ(made->find("k1")->id, "k1");
  EXPECT_EQ(made->find("k"), nullptr);
}

TEST(catalog, refuses_the_same_id_twice) {
  auto made = catalog::make({shipped("k1"), shipped("k1")});
  ASSERT_FALSE(made);
  EXPECT_NE(made.reason().detail.find("'k1' exists twice"), std::string::npos);
}

TEST(catalog, refuses_a_rule_set_that_does_not_hold) {
  auto broken = shipped("k1");
  broken.judges.count = 4;
  auto made = catalog::make({broken});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.reason().field, "judges.count");
  EXPECT_EQ(made.reason().detail.find("k1: "), 0u);
}

} // namespace ringside::rules::test
