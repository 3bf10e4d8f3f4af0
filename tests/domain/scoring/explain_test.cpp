#include "domain/scoring/explain.hpp"

#include "tests/domain/scoring/sample.hpp"

#include <gtest/gtest.h>

namespace ringside::scoring {
namespace {

using namespace bout;
using test::helpful_fact;
using test::sample_profile;

void put(std::vector<timed_fact>& out, std::int64_t ms, fact what) {
  auto& f = out.emplace_back();
  f.what = std::move(what);
  f.at = {ms};
}

std::vector<timed_fact> knocked_down() {
  std::vector<timed_fact> facts;
  put(facts, 20'000, helpful_fact(corner::blue, 0));
  put(facts, 30'000, takedown{corner::red, false});
  put(facts, 60'000, control_start{corner::blue, "top"});
  put(facts, 120'000, control_end{corner::blue});
  put(facts, 192'000, knockdown{corner::red, ""});
  return facts;
}

} // namespace

TEST(explanation, puts_the_largest_first_in_plain_words) {
  auto facts = knocked_down();
  auto p = sample_profile();
  auto all = explain(p, {}, facts, {300'000}, 10);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].text, "knockdown at 3:12, +0.23");
  EXPECT_EQ(all[0].by, corner::red);
  EXPECT_EQ(all[0].index, 4U);
  EXPECT_EQ(all[1].text, "top control for 1:00 at 1:00, +0.10");
  EXPECT_EQ(all[1].index, 2U);
  EXPECT_EQ(all[2].text, "head strike (jab) at 0:20, +0.08");
  EXPECT_EQ(all[3].text, "failed takedown at 0:30, -0.02");
  EXPECT_LT(all[3].shift_ppm, 0);
}

TEST(explanation, is_what_the_chance_would_lose) {
  auto facts = knocked_down();
  auto p = sample_profile();
  auto all = explain(p, {}, facts, {300'000}, 1);
  ASSERT_EQ(all.size(), 1U);
  auto with = look_at(p, {}, recount(facts, {300'000}));
  facts.pop_back();
  auto without = look_at(p, {}, recount(facts, {300'000}));
  EXPECT_EQ(all[0].shift_ppm, with.wins.red.count - without.wins.red.count);
}

TEST(explanation, has_nothing_to_say_about_an_empty_round) {
  EXPECT_TRUE(explain(sample_profile(), {}, {}, {300'000}, 5).empty());
}

} // namespace ringside::scoring
