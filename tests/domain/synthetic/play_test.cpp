#include "domain/synthetic/play.hpp"
#include "tests/domain/synthetic/fixture.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace ringside::synthetic {
namespace {

using test::shipped;

scoring::outlook outlook_of(std::int64_t lead_milli, std::int32_t wide) {
  scoring::outlook o;
  o.lead_milli = lead_milli;
  o.wins = lead_milli > 0 ? per_corner<ppm>{{990'000}, {10'000}}
                          : per_corner<ppm>{{10'000}, {990'000}};
  o.wide[lead_milli > 0 ? corner::red : corner::blue] = {wide};
  return o;
}

TEST(synthetic_panel, follows_a_clear_lead_and_the_scale) {
  dice d{1};
  const auto& m = shipped().get().generator.given().judges;
  rules::score_scale scale;
  for (auto i = 0; i < 200; ++i) {
    auto cards = draw_cards(m, outlook_of(30'000, 980'000), scale, 3, d);
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_EQ(cards[j].raw.red, whole_points(10));
      EXPECT_LE(cards[j].raw.blue, whole_points(9));
      EXPECT_GE(cards[j].raw.blue, scale.loser_min);
    }
    auto other = draw_cards(m, outlook_of(-30'000, 0), scale, 3, d);
    EXPECT_EQ(other[0].raw.blue, whole_points(10));
  }
}

TEST(synthetic_panel, calls_nothing_even_where_the_rules_do_not) {
  dice d{1};
  auto m = shipped().get().generator.given().judges;
  m.even_milli = 100'000;
  rules::score_scale scale;
  auto even = draw_cards(m, outlook_of(100, 0), scale, 3, d);
  EXPECT_EQ(even[0].raw.red, even[0].raw.blue);
  scale.even_allowed = false;
  auto decided = draw_cards(m, outlook_of(100, 0), scale, 3, d);
  EXPECT_NE(decided[0].raw.red, decided[0].raw.blue);
}

TEST(synthetic_odds, add_up_the_same_in_any_order) {
  const auto& s = shipped().get();
  auto whole = play_range(s, 0, 300);
  odds parts;
  for (auto [from, to] : {std::pair{200, 300}, {0, 77}, {77, 200}})
    parts += play_range(s, static_cast<std::uint64_t>(from),
                        static_cast<std::uint64_t>(to));
  EXPECT_EQ(whole, parts);
}

TEST(synthetic_odds, account_for_every_bout) {
  const auto& s = shipped().get();
  auto o = play_range(s, 0, 500);
  EXPECT_EQ(o.bouts, 500);
  EXPECT_TRUE(o.refused.empty());
  std::int64_t results = 0;
  for (const auto& [name, n] : o.results)
    results += n;
  EXPECT_EQ(results, 500);
  EXPECT_EQ(o.wins.red + o.wins.blue + o.no_winner, 500);
  auto ends = std::accumulate(o.finishes_in.begin(), o.finishes_in.end(),
                              std::int64_t{0});
  EXPECT_EQ(ends + o.decisions, 500);
  EXPECT_EQ(o.card_pairs, 3 * o.rounds);
  EXPECT_EQ(o.rounds + ends, o.rounds_fought);
  std::int64_t matchups = 0;
  for (const auto& row : o.styles)
    for (const auto& m : row)
      matchups += m.bouts;
  EXPECT_EQ(matchups, 500);
}

TEST(synthetic_odds, favour_no_corner) {
  const auto& s = shipped().get();
  auto o = play_range(s, 0, 4'000);
  auto decided = static_cast<double>(o.wins.red + o.wins.blue);
  // Four standard deviations.
  EXPECT_NEAR(static_cast<double>(o.wins.red) / decided, 0.5, 0.032);
}

TEST(synthetic_odds, compare_profiles_bout_by_bout) {
  auto s = shipped().get();
  s.other = &s.engine;
  auto same = play_range(s, 0, 200);
  EXPECT_EQ(same.other_round_card, 0);
  EXPECT_EQ(same.other_bout_winner, 0);
  auto backwards = s.engine;
  for (auto& t : backwards.terms)
    t.weight = t.id == "control" ? t.weight * 50 : 0;
  s.other = &backwards;
  auto other = play_range(s, 0, 200);
  EXPECT_GT(other.other_round_winner, 100);
  EXPECT_GT(other.other_bout_winner, 20);
}

TEST(synthetic_odds, case_18_a_finish_wins_over_the_points) {
  const auto& s = shipped().get();
  auto against_the_cards = 0;
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    auto b = play(s, i);
    ASSERT_TRUE(b);
    if (!b->bout.finish)
      continue;
    EXPECT_EQ(b->result.winner, b->bout.finish->winner);
    auto leader = winner_by(b->seen, b->taken);
    against_the_cards += leader && leader != b->bout.finish->winner ? 1 : 0;
  }
  EXPECT_GT(against_the_cards, 20);
}

} // namespace
} // namespace ringside::synthetic
