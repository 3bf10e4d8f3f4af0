#include "app/simulate/play_live.hpp"

#include "app/simulate/series_files.hpp"
#include "app/simulate/synthetic_script.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ringside::simulate {
namespace {

constexpr std::uint64_t first_bouts = 8;

series_choice five_rounds() {
  series_choice choice;
  choice.seed = 11;
  choice.rounds = 5;
  return choice;
}

std::size_t facts_in(const script& s) {
  std::size_t all = 0;
  for (const auto& r : s.rounds)
    all += r.plan.desks.red.size() + r.plan.desks.blue.size()
           + r.plan.referee.size();
  return all;
}

TEST(play_live, the_node_comes_to_the_calculated_results) {
  test::live_node n;
  auto make = [&n](const std::string& name, role who) {
    return n->make_token(name, who);
  };
  auto loaded = loaded_series::load(five_rounds());
  ASSERT_TRUE(loaded) << loaded.reason().detail;
  token_cache tokens;
  auto o
    = play_live((*loaded)->get(), first_bouts, n.place(), make, tokens, {});
  ASSERT_TRUE(o) << o.reason().detail;
  EXPECT_EQ(o->bouts + o->without_result, std::int64_t{first_bouts});
  EXPECT_EQ(o->equal, o->bouts) << text_of(*o);
  // Every fact is an event of its bout; the officials' work comes on top.
  std::size_t facts = 0;
  for (std::uint64_t i = 0; i < first_bouts; ++i)
    if (auto b = synthetic::play((*loaded)->get(), i))
      facts += facts_in(script_of((*loaded)->get(), *b, i));
  EXPECT_GT(o->events, static_cast<std::int64_t>(facts));
}

TEST(play_live, a_result_that_differs_is_named_with_its_bout) {
  test::live_node n;
  auto loaded = loaded_series::load(five_rounds());
  ASSERT_TRUE(loaded);
  const auto& s = (*loaded)->get();
  auto b = synthetic::play(s, 0);
  ASSERT_TRUE(b);
  auto wrong = script_of(s, *b, 0);
  wrong.expect->winner
    = b->result.winner == corner::red ? corner::blue : corner::red;
  auto make = [&n](const std::string& name, role who) {
    return n->make_token(name, who);
  };
  auto o = run_script(wrong, n.place(), make, {});
  ASSERT_TRUE(o) << o.reason().detail;
  EXPECT_FALSE(o->good());
}

TEST(synthetic_script, has_every_fact_card_and_mark_of_its_bout) {
  auto loaded = loaded_series::load({});
  ASSERT_TRUE(loaded);
  const auto& s = (*loaded)->get();
  auto ends = 0;
  for (std::uint64_t i = 0; i < 200; ++i) {
    auto b = synthetic::play(s, i);
    if (!b)
      continue;
    auto made = script_of(s, *b, i);
    ASSERT_EQ(made.rounds.size(), b->bout.rounds.size());
    std::size_t facts = 0;
    for (std::size_t r = 0; r < made.rounds.size(); ++r) {
      const auto& round = made.rounds[r];
      facts += b->bout.rounds[r].facts.size();
      EXPECT_EQ(round.cards.empty(), round.end.has_value());
      ends += round.end ? 1 : 0;
      std::vector<int> marks;
      for (auto c : both_corners)
        for (const auto& x : round.plan.desks[c])
          if (x.mark > 0)
            marks.push_back(x.mark);
      std::sort(marks.begin(), marks.end());
      for (std::size_t k = 0; k < marks.size(); ++k)
        ASSERT_EQ(marks[k], static_cast<int>(k) + 1);
    }
    EXPECT_EQ(facts_in(made), facts);
  }
  EXPECT_GT(ends, 0);
}

} // namespace
} // namespace ringside::simulate
