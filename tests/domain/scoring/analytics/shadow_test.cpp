#include "domain/scoring/analytics/shadow.hpp"

#include <gtest/gtest.h>

namespace ringside::scoring::analytics {
namespace {

using rules::round_score;

round_score card(int red, int blue) {
  return {{whole_points(red), whole_points(blue)}};
}

const std::vector<std::vector<round_score>> panel{
  {card(10, 9), card(10, 9), card(10, 9)},
  {card(9, 10), card(10, 9), card(9, 10)},
  {card(10, 8), card(10, 8), card(10, 9)}};

shadow_card shadow(std::vector<std::optional<round_score>> rounds) {
  return {std::move(rounds)};
}

TEST(shadow, an_official_card_is_perfect) {
  auto c
    = compare_shadow(shadow({card(10, 9), card(9, 10), card(10, 8)}), panel);
  EXPECT_EQ(c.score.count, 1'000'000);
  EXPECT_EQ(c.winners_equal, 3);
  EXPECT_EQ(c.exact, 3);
  EXPECT_TRUE(c.bout_winner_equal);
  EXPECT_EQ(c.lead_error_milli, 0);
}

TEST(shadow, case_47_a_wrong_winner_is_worse_than_any_wrong_margin) {
  // The earlier system compared the first numbers only: 10-8 for a 10-9 was
  // perfect, and a wrong winner scored 85 %.
  auto one
    = [](round_score own) { return compare_shadow(shadow({own}), {panel[0]}); };
  auto right = one(card(10, 9)).score;
  auto wide = one(card(10, 8)).score;
  auto very_wide = one(card(10, 7)).score;
  auto wrong = one(card(9, 10)).score;
  EXPECT_GT(right, wide);
  EXPECT_GT(wide, very_wide);
  EXPECT_GT(very_wide, wrong);
  EXPECT_EQ(wrong.count, 0);
  EXPECT_EQ(one(card(10, 8)).lead_error_milli, 1'000);
  EXPECT_EQ(one(card(9, 10)).lead_error_milli, 2'000);
  EXPECT_EQ(one(card(8, 10)).lead_error_milli, 3'000);
}

TEST(shadow, case_47_blue_can_win) {
  auto mirrored = panel;
  for (auto& round : mirrored)
    for (auto& c : round)
      std::swap(c.raw.red, c.raw.blue);
  auto a
    = compare_shadow(shadow({card(10, 9), card(10, 9), card(10, 9)}), panel);
  auto b
    = compare_shadow(shadow({card(9, 10), card(9, 10), card(9, 10)}), mirrored);
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.winners_equal, 2);
}

TEST(shadow, counts_what_was_left_out) {
  auto c = compare_shadow(shadow({card(10, 9), std::nullopt}), panel);
  EXPECT_EQ(c.rounds.size(), 1u);
  EXPECT_EQ(c.missing, 2);
}

TEST(shadow, compares_no_round_without_a_majority) {
  auto c = compare_shadow(shadow({card(10, 9)}),
                          {{card(10, 9), card(9, 10), card(10, 10)}});
  EXPECT_TRUE(c.rounds.empty());
  EXPECT_EQ(c.missing, 0);
  EXPECT_EQ(c.score.count, 0);
}

TEST(shadow, an_even_card_is_no_winner) {
  auto c = compare_shadow(shadow({card(10, 10)}), {panel[0]});
  EXPECT_EQ(c.winners_equal, 0);
  EXPECT_EQ(c.score.count, 0);
  EXPECT_EQ(c.lead_error_milli, 1'000);
}

} // namespace
} // namespace ringside::scoring::analytics
