#include "domain/scoring/round_tally.hpp"

#include "tests/domain/scoring/sample.hpp"

#include <gtest/gtest.h>

namespace ringside::scoring {
namespace {

using namespace bout;

timed_fact at(std::int64_t ms, fact what) {
  timed_fact f;
  f.what = std::move(what);
  f.at = {ms};
  return f;
}

} // namespace

TEST(round_tally, counts_a_strike_by_target_position_and_quality) {
  round_tally t;
  add(t, strike{corner::red, "elbow", strike_target::head,
                strike_position::ground, strike_quality::solid});
  add(t, strike{corner::red, "jab"});
  const auto& red = t.corners.red;
  EXPECT_EQ(red[column::head], 1);
  EXPECT_EQ(red[column::ground], 1);
  EXPECT_EQ(red[column::solid], 1);
  EXPECT_EQ(red[column::unknown_target], 1);
  EXPECT_EQ(red[column::unknown_position], 1);
  EXPECT_EQ(significant_landed(red), 2);
  EXPECT_EQ(total_landed(red), 2);
  EXPECT_EQ(t.corners.blue, corner_tally{});
}

TEST(round_tally, keeps_misses_apart_from_what_landed) {
  round_tally t;
  strike s{corner::blue, "jab", strike_target::head};
  s.landed = false;
  add(t, s);
  s.significant = false;
  add(t, s);
  s.landed = true;
  add(t, s);
  const auto& blue = t.corners.blue;
  EXPECT_EQ(blue[column::significant_missed], 1);
  EXPECT_EQ(blue[column::other_missed], 1);
  EXPECT_EQ(blue[column::other_landed], 1);
  EXPECT_EQ(blue[column::head], 0);
}

TEST(round_tally, takes_control_from_the_marks) {
  std::vector<timed_fact> facts;
  facts.push_back(at(10'000, control_start{corner::red, "top"}));
  facts.push_back(at(40'000, control_end{corner::red}));
  facts.push_back(at(50'000, control_start{corner::blue, "cage"}));
  auto t = recount(facts, {70'000});
  EXPECT_EQ(t.corners.red[column::control_minutes], 30'000);
  // Still open: it runs to the end.
  EXPECT_EQ(t.corners.blue[column::control_minutes], 20'000);
}

TEST(round_tally, never_counts_negative_control) {
  round_tally t;
  set_control(t, corner::red, {-5'000});
  EXPECT_EQ(t, round_tally{});
}

} // namespace ringside::scoring
