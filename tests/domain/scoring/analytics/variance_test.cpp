#include "domain/scoring/analytics/variance.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ringside::scoring::analytics {
namespace {

using rules::round_score;
using cards = std::vector<round_score>;

round_score given_card(int red, int blue) {
  return {{whole_points(red), whole_points(blue)}};
}

outlook engine(std::int32_t red_ppm, std::int32_t wide_ppm = 0) {
  outlook o;
  o.wins = {{red_ppm}, {1'000'000 - red_ppm}};
  o.wide.red = {wide_ppm};
  o.lead_milli = red_ppm - 500'000;
  return o;
}

bool has(const std::vector<flag>& all, flag_kind kind, int seat) {
  return std::any_of(all.begin(), all.end(), [&](const flag& f) {
    return f.kind == kind && f.seat == seat;
  });
}

TEST(variance, case_46_opposite_winners_first_then_the_margin) {
  auto agreed = variance_of(
    cards{given_card(10, 9), given_card(10, 9), given_card(10, 9)});
  auto margin = variance_of(
    cards{given_card(10, 9), given_card(10, 8), given_card(10, 9)});
  auto far = variance_of(
    cards{given_card(10, 9), given_card(10, 7), given_card(10, 9)});
  auto even = variance_of(
    cards{given_card(10, 9), given_card(10, 10), given_card(10, 9)});
  auto opposite = variance_of(
    cards{given_card(10, 9), given_card(9, 10), given_card(10, 9)});
  auto worst = variance_of(
    cards{given_card(10, 8), given_card(9, 10), given_card(10, 9)});
  EXPECT_FALSE(agreed.opposite_winners);
  EXPECT_TRUE(opposite.opposite_winners);
  EXPECT_EQ(opposite.spread, whole_points(2));
  EXPECT_EQ(far.spread, whole_points(2));
  EXPECT_EQ(worst.spread, whole_points(3));
  // The same spread in points, but a different winner weighs more.
  EXPECT_LT(agreed, margin);
  EXPECT_LT(margin, far);
  EXPECT_LT(far, even);
  EXPECT_LT(even, opposite);
  EXPECT_LT(opposite, worst);
}

TEST(variance, of_no_card_and_one_card_is_none) {
  EXPECT_EQ(variance_of({}), variance{});
  EXPECT_EQ(variance_of(cards{given_card(10, 7)}), variance{});
}

TEST(variance, is_the_same_with_exchanged_corners_and_in_any_order) {
  for (auto a = 7; a <= 10; ++a)
    for (auto b = 7; b <= 10; ++b) {
      auto one = variance_of(
        cards{given_card(10, a), given_card(b, 10), given_card(10, 9)});
      EXPECT_EQ(one, variance_of(cards{given_card(a, 10), given_card(10, b),
                                       given_card(9, 10)}));
      EXPECT_EQ(one, variance_of(cards{given_card(10, 9), given_card(10, a),
                                       given_card(b, 10)}));
    }
}

TEST(majority, needs_more_than_half) {
  EXPECT_EQ(
    majority_of(cards{given_card(10, 9), given_card(10, 9), given_card(9, 10)}),
    corner::red);
  EXPECT_EQ(majority_of(
              cards{given_card(10, 9), given_card(10, 10), given_card(9, 10)}),
            std::nullopt);
  EXPECT_EQ(majority_of(cards{given_card(10, 9), given_card(9, 10)}),
            std::nullopt);
}

TEST(flags, name_the_lone_card_and_the_split_panel) {
  auto o = engine(600'000);
  auto all = flags_of(
    cards{given_card(10, 9), given_card(9, 10), given_card(10, 9)}, &o);
  EXPECT_TRUE(has(all, flag_kind::split_panel, 0));
  EXPECT_TRUE(has(all, flag_kind::lone_card, 2));
  EXPECT_FALSE(has(all, flag_kind::lone_card, 1));
  EXPECT_FALSE(has(all, flag_kind::against_engine, 2));
}

TEST(flags, name_a_winner_that_the_engine_holds_for_unlikely) {
  auto o = engine(900'000);
  auto all = flags_of(
    cards{given_card(9, 10), given_card(9, 10), given_card(10, 9)}, &o);
  EXPECT_TRUE(has(all, flag_kind::against_engine, 1));
  EXPECT_TRUE(has(all, flag_kind::against_engine, 2));
  EXPECT_FALSE(has(all, flag_kind::against_engine, 3));
  EXPECT_TRUE(has(all, flag_kind::lone_card, 3));
}

TEST(flags, name_lone_and_missed_wide_cards) {
  auto far = engine(950'000, 10'000);
  auto near = engine(990'000, 400'000);
  auto wide = cards{given_card(10, 8), given_card(10, 9), given_card(10, 9)};
  EXPECT_TRUE(has(flags_of(wide, &far), flag_kind::lone_wide, 1));
  // The engine came near to it.
  EXPECT_FALSE(has(flags_of(wide, &near), flag_kind::lone_wide, 1));
  auto missed = cards{given_card(10, 8), given_card(10, 8), given_card(10, 9)};
  EXPECT_TRUE(has(flags_of(missed, &near), flag_kind::missed_wide, 3));
}

TEST(flags, name_close_rounds_and_lone_even_cards) {
  auto o = engine(510'000);
  o.too_close = true;
  auto all = flags_of(
    cards{given_card(10, 10), given_card(10, 9), given_card(10, 9)}, &o);
  EXPECT_TRUE(has(all, flag_kind::close_round, 0));
  EXPECT_TRUE(has(all, flag_kind::lone_even, 1));
}

TEST(flags, of_two_judges_call_nobody_alone) {
  auto all = flags_of(cards{given_card(10, 9), given_card(9, 10)}, nullptr);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].kind, flag_kind::split_panel);
}

} // namespace
} // namespace ringside::scoring::analytics
