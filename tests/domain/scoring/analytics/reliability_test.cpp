#include "app/simulate/judges.hpp"
#include "app/simulate/series_files.hpp"
#include "domain/base/dice.hpp"
#include "tests/domain/synthetic/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace ringside::scoring::analytics {
namespace {

rules::round_score winner_card(bool red) {
  auto ten = whole_points(10);
  auto nine = whole_points(9);
  return red ? rules::round_score{{ten, nine}}
             : rules::round_score{{nine, ten}};
}

const judge_reliability& named(const reliability_report& r,
                               const std::string& name) {
  for (const auto& j : r.judges)
    if (j.name == name)
      return j;
  static const judge_reliability none;
  ADD_FAILURE() << name;
  return none;
}

/// Rounds of three judges; the third errs in `off_ppm` of a million.
std::vector<judged_round> rounds(int n, const std::string& third,
                                 std::int64_t off_ppm, dice& d) {
  std::vector<judged_round> all;
  for (auto i = 0; i < n; ++i) {
    auto red = d.chance(500'000);
    judged_round r;
    r.date = i % 2 == 0 ? "2019-05-01" : "2020-05-01";
    r.judges = {"Ann", "Ben", third};
    auto errs = [&](std::int64_t millionths) {
      return d.chance(millionths) ? !red : red;
    };
    r.cards = {winner_card(errs(60'000)), winner_card(errs(60'000)),
               winner_card(errs(off_ppm))};
    outlook o;
    o.lead_milli = red ? 1'000 : -1'000;
    o.wins[red ? corner::red : corner::blue] = {800'000};
    r.seen = o;
    all.push_back(r);
  }
  return all;
}

TEST(reliability, finds_who_agrees_less) {
  dice d{3};
  auto all = rounds(800, "Good", 50'000, d);
  auto more = rounds(800, "Bad", 300'000, d);
  all.insert(all.end(), more.begin(), more.end());
  auto r = measure(all);
  EXPECT_EQ(r.rounds, 1'600);
  EXPECT_EQ(r.judges.back().name, "Bad");
  EXPECT_NEAR(named(r, "Good").all.panel.share().count, 945'000, 25'000);
  EXPECT_NEAR(named(r, "Bad").all.panel.share().count, 700'000, 40'000);
  EXPECT_NEAR(named(r, "Bad").all.engine.share().count, 700'000, 40'000);
  EXPECT_EQ(named(r, "Ann").all.cards, 1'600);
  EXPECT_EQ(named(r, "Ann").by_year.size(), 2u);
  EXPECT_EQ(named(r, "Ann").by_year.at("2020").cards, 800);
}

TEST(reliability, pulls_few_cards_to_the_mean) {
  dice d{4};
  auto all = rounds(1'000, "Much", 200'000, d);
  auto few = rounds(3, "Few", 1'000'000, d);
  all.insert(all.end(), few.begin(), few.end());
  auto r = measure(all);
  const auto& x = named(r, "Few");
  auto mean = r.total.panel.share();
  EXPECT_LT(x.all.panel.share(), x.panel_shrunk);
  EXPECT_LT(x.panel_shrunk, mean);
  // Many cards are hardly moved.
  const auto& much = named(r, "Much");
  EXPECT_NEAR(much.panel_shrunk.count, much.all.panel.share().count, 20'000);
}

TEST(reliability, shrinks_between_the_own_share_and_the_mean) {
  for (std::int64_t all = 0; all < 40; ++all)
    for (std::int64_t hits = 0; hits <= all; ++hits) {
      tally t{hits, all};
      auto s = shrunk(t, {900'000}, 20);
      EXPECT_GE(s.count, std::min(t.share().count, 900'000) - 1);
      EXPECT_LE(s.count, std::max(t.share().count, 900'000) + 1);
    }
}

TEST(reliability, strength_says_how_alike_judges_are) {
  std::vector<tally> alike(40, tally{90, 100});
  EXPECT_EQ(strength_of(alike), 100'000);
  std::vector<tally> apart;
  for (auto i = 0; i < 40; ++i)
    apart.push_back(i % 2 == 0 ? tally{970, 1'000} : tally{830, 1'000});
  // Variance 0.0049 around 0.9: 0.09 / 0.0049 - 1.
  EXPECT_NEAR(static_cast<double>(strength_of(apart)), 17, 3);
  EXPECT_EQ(strength_of({}), 100'000);
}

TEST(reliability, is_the_same_in_any_order) {
  dice d{5};
  auto all = rounds(300, "C", 100'000, d);
  auto a = measure(all);
  std::reverse(all.begin(), all.end());
  auto b = measure(all);
  ASSERT_EQ(a.judges.size(), b.judges.size());
  for (std::size_t i = 0; i < a.judges.size(); ++i) {
    EXPECT_EQ(a.judges[i].all, b.judges[i].all);
    EXPECT_EQ(a.judges[i].panel_shrunk, b.judges[i].panel_shrunk);
  }
}

TEST(reliability, of_published_judges_is_the_measured_one) {
  auto file = synthetic::test::published_rounds();
  if (!std::filesystem::exists(file))
    GTEST_SKIP() << "no published rounds at " << file
                 << "; set RINGSIDE_SHARED_DATA";
  auto records
    = replay::read_rounds(file, {}, std::numeric_limits<std::size_t>::max());
  ASSERT_TRUE(records);
  auto r = measure(
    simulate::named_rounds(*records, synthetic::test::shipped().get().engine));
  // data/README.md: 0.911 and 0.848, the pairs counted from both sides.
  EXPECT_NEAR(r.total.panel.share().count, 911'000, 2'000);
  EXPECT_NEAR(r.total.pairs.share().count, 848'000, 3'000);
  EXPECT_EQ(r.rounds, 7'134);
  EXPECT_GT(r.panel_strength, 20);
  EXPECT_LT(r.panel_strength, 1'000);
  EXPECT_GT(r.total.engine.share().count, 815'000);
}

} // namespace
} // namespace ringside::scoring::analytics
