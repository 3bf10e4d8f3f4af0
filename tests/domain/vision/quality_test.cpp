#include "domain/vision/fusion/quality.hpp"

#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

namespace ringside::fusion {
namespace {

true_strike strike(std::int64_t ms, corner by = corner::red, int kind = 2) {
  true_strike s;
  s.t = {ms * 1'000};
  s.corner = by;
  s.kind = static_cast<kind_index>(kind);
  return s;
}

fused_event event(std::int64_t ms, std::int32_t p = 900'000,
                  corner by = corner::red, int kind = 2) {
  fused_event e;
  e.t = {ms * 1'000};
  e.corner = by;
  e.kind = static_cast<kind_index>(kind);
  e.p = {p};
  return e;
}

TEST(quality_test, matches_the_nearest_pairs_first_and_each_once) {
  std::vector<true_strike> truth{strike(1'000), strike(1'100)};
  std::vector<fused_event> events{event(1'060), event(1'110), event(1'120)};
  EXPECT_EQ(match_truth(events, truth),
            (std::vector<std::ptrdiff_t>{0, 1, -1}));
}

TEST(quality_test, matches_within_150_ms_and_one_corner_only) {
  std::vector<true_strike> truth{strike(1'000)};
  std::vector<fused_event> near{event(1'150)};
  std::vector<fused_event> far{event(1'151)};
  std::vector<fused_event> other{event(1'000, 900'000, corner::blue)};
  EXPECT_EQ(match_truth(near, truth)[0], 0);
  EXPECT_EQ(match_truth(far, truth)[0], -1);
  EXPECT_EQ(match_truth(other, truth)[0], -1);
}

TEST(quality_test, counts_right_wrong_missed_and_doubled) {
  std::vector<true_strike> truth{strike(1'000), strike(2'000), strike(3'000),
                                 strike(4'000)};
  std::vector<fused_event> events{event(1'010), event(1'030),
                                  event(2'000, 900'000, corner::red, 5),
                                  event(3'000, 400'000), event(9'000)};
  auto q = judge(events, truth, {500'000});
  EXPECT_EQ(q.truths, 4u);
  EXPECT_EQ(q.shown, 4u);
  EXPECT_EQ(q.right, 2u);
  EXPECT_EQ(q.doubled, 1u) << "beside a strike; the one at 9 s is not";
  EXPECT_DOUBLE_EQ(q.precision(), 0.5);
  EXPECT_DOUBLE_EQ(q.recall(), 0.5);
  EXPECT_DOUBLE_EQ(q.f1(), 0.5);
  EXPECT_DOUBLE_EQ(q.double_rate(), 0.25);
  EXPECT_DOUBLE_EQ(q.label_accuracy(), 0.5);
  EXPECT_DOUBLE_EQ(q.off_ms(1), 10);
  EXPECT_EQ(q.judged.size(), 5u) << "calibration judges the faint ones too";
}

TEST(quality_test, calibration_error_is_what_was_claimed_too_much) {
  quality honest;
  quality boastful;
  for (int i = 0; i < 1'500; ++i) {
    honest.judged.push_back({800'000, i % 5 != 0});
    boastful.judged.push_back({900'000, i % 5 != 0});
  }
  EXPECT_NEAR(honest.brier(), 0.16, 1e-9);
  EXPECT_NEAR(honest.ece(), 0, 1e-9);
  EXPECT_NEAR(boastful.ece(), 0.1, 1e-9);
  quality spread;
  for (int i = 0; i < 15'000; ++i)
    spread.judged.push_back(
      {10'000 + 66 * (i / 1'000) * 1'000, i % 1'000 < 10 + 66 * (i / 1'000)});
  EXPECT_NEAR(spread.ece(), 0, 1e-3);
}

TEST(quality_test, precision_at_a_recall_takes_the_surest_first) {
  quality q;
  q.truths = 4;
  q.judged = {{900'000, true}, {800'000, true},  {700'000, false},
              {600'000, true}, {600'000, false}, {100'000, false}};
  EXPECT_DOUBLE_EQ(q.precision_at(0.25), 1);
  EXPECT_DOUBLE_EQ(q.precision_at(0.5), 1);
  EXPECT_DOUBLE_EQ(q.precision_at(0.75), 0.6) << "equal scores go together";
  EXPECT_DOUBLE_EQ(q.precision_at(0.8), 0);
}

TEST(quality_test, sums_of_fights_are_those_of_both) {
  std::vector<true_strike> truth{strike(1'000)};
  std::vector<fused_event> hit{event(1'000)};
  auto both = judge(hit, truth, {500'000});
  both.add(judge({}, truth, {500'000}));
  EXPECT_EQ(both.truths, 2u);
  EXPECT_DOUBLE_EQ(both.precision(), 1);
  EXPECT_DOUBLE_EQ(both.recall(), 0.5);
  EXPECT_EQ(both.judged.size(), 1u);
}

TEST(quality_test, nothing_at_all_is_no_division_by_zero) {
  quality q;
  EXPECT_EQ(q.precision(), 0);
  EXPECT_EQ(q.f1(), 0);
  EXPECT_EQ(q.ece(), 0);
  EXPECT_EQ(q.brier(), 0);
  EXPECT_EQ(q.off_ms(0.5), 0);
}

} // namespace
} // namespace ringside::fusion
