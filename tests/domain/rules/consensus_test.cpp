#include "domain/rules/derive.hpp"
#include "tests/domain/rules/fixture.hpp"

#include <gtest/gtest.h>

namespace ringside::rules::test {

namespace {

ruleset computer() {
  return shipped("boxing_computer_1989");
}

consensus_tally tally(per_corner<int> points,
                      std::vector<per_corner<int>> presses) {
  return {points, std::move(presses)};
}

std::vector<judge_card> votes(std::vector<std::optional<corner>> picks) {
  std::vector<judge_card> cards(picks.size());
  for (std::size_t i = 0; i < picks.size(); ++i)
    cards[i].pick = picks[i];
  return cards;
}

constexpr auto red = corner::red;
constexpr auto blue = corner::blue;

} // namespace

TEST(consensus, a_press_at_the_very_end_of_the_window_counts) {
  std::vector<press> presses{{1, red, 0}, {2, red, 10}, {3, red, 1000}};
  EXPECT_EQ(consensus_hits(presses, {3, 1000}).size(), 1u);
}

TEST(consensus, the_order_of_arrival_does_not_matter) {
  std::vector<press> presses{{3, red, 999}, {1, red, 0}, {2, red, 300}};
  auto points = consensus_hits(presses, {3, 1000});
  ASSERT_EQ(points.size(), 1u);
  EXPECT_EQ(points[0].opened_ms, 0);
  EXPECT_EQ(points[0].scored_ms, 999);
  EXPECT_EQ(points[0].seats, (std::vector<int>{1, 2, 3}));
}

TEST(consensus, a_late_judge_joins_the_point_of_the_window) {
  std::vector<press> presses{
    {1, red, 0}, {2, red, 100}, {3, red, 200}, {5, red, 900}};
  auto points = consensus_hits(presses, {3, 1000});
  ASSERT_EQ(points.size(), 1u);
  EXPECT_EQ(points[0].seats, (std::vector<int>{1, 2, 3, 5}));
}

TEST(consensus, reports_presses_per_point_and_agreement) {
  std::vector<press> presses{{1, red, 0},
                             {2, red, 100},
                             {3, red, 200},
                             {4, blue, 5000},
                             {4, blue, 7000}};
  auto points = consensus_hits(presses, {3, 1000});
  auto report = report_of(presses, points, 5);
  EXPECT_EQ(report.presses, 5);
  EXPECT_EQ(report.points, 1);
  EXPECT_EQ(report.presses_per_point_milli, 5000);
  EXPECT_EQ(report.used[0], ppm{1'000'000});
  EXPECT_EQ(report.used[3], ppm{0});
  EXPECT_EQ(report.used[4], std::nullopt);
  EXPECT_EQ(report.agrees, (std::vector<bool>{true, true, true, false, false}));
  EXPECT_EQ(report.consistency, 3);
}

TEST(consensus, no_ratio_without_points) {
  auto report = report_of({}, {}, 5);
  EXPECT_EQ(report.presses_per_point_milli, std::nullopt);
  EXPECT_EQ(report.consistency, 5);
}

TEST(consensus, more_points_win) {
  auto got = derive_consensus(computer(), tally({7, 9}, {{}, {}, {}, {}, {}}),
                              votes({{}, {}, {}, {}, {}}));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->kind, result_kind::points_decision);
  EXPECT_EQ(got->winner, blue);
  EXPECT_EQ(got->tuple, "7:9");
}

TEST(consensus, even_points_drop_the_highest_and_lowest_judge) {
  // With all judges red has 50 to 30; without the extremes 6 to 18.
  std::vector<per_corner<int>> presses{{42, 6}, {2, 6}, {2, 6}, {2, 6}, {2, 6}};
  auto got = derive_consensus(computer(), tally({5, 5}, presses),
                              votes({{}, {}, {}, {}, {}}));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->winner, blue);
}

TEST(consensus, even_again_the_judges_vote) {
  std::vector<per_corner<int>> even(5, {3, 3});
  auto got = derive_consensus(computer(), tally({5, 5}, even),
                              votes({red, blue, red, blue, red}));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->winner, red);
  EXPECT_EQ(got->panel, result_kind::split_decision);
}

TEST(consensus, a_missing_vote_never_gives_a_decision) {
  std::vector<per_corner<int>> even(5, {3, 3});
  decision_scope scope;
  scope.scheduled_rounds = scope.rounds_counted = 3;
  scope.tally = tally({5, 5}, even);
  auto cards = votes({red, red, red, {}, {}});
  auto got = derive_decision(computer(), cards, {}, scope);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().code, ec::cards_missing);
  EXPECT_NE(got.reason().detail.find("seats 4 and 5"), std::string::npos);
  auto next = next_extension(computer(), cards, {}, scope);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->seats, (std::vector<int>{4, 5}));
}

TEST(consensus, no_decision_without_the_count) {
  decision_scope scope;
  scope.scheduled_rounds = scope.rounds_counted = 3;
  auto got
    = derive_decision(computer(), votes({{}, {}, {}, {}, {}}), {}, scope);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().field, "tally");
}

} // namespace ringside::rules::test
