#include "domain/advice/judging.hpp"
#include "tests/domain/bout/model.hpp"
#include "tests/support/scoring_profiles.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ringside::advice {
namespace {

using bout::test::ring;
using bout::test::scores;
using kind = wire::audience::kind;

const bout_id judged_bout{"b1"};
const wire::audience control{kind::control, 0};

json::value judging_of(const ring& r, const wire::audience& who) {
  scoring::bout_tally t;
  bout::state s;
  for (const auto& e : r.log) {
    t.add(s, e);
    bout::apply(s, e, r.lookup);
  }
  return judging_json(*test::plain_in_force(), s, t, judged_bout, who);
}

std::size_t rounds_in(const json::value& x) {
  return x.find("rounds")->as_array()->size();
}

/// Red is far ahead by the facts of every round.
ring three_rounds() {
  ring r;
  r.ready();
  for (int n = 1; n <= 3; ++n) {
    r.bell();
    for (int i = 0; i < 16; ++i)
      r.pass(5'000).must(bout::test::op, bout::test::jab(corner::red));
    r.pass(225'000).must(bout::test::timekeeper, bout::close_round{n});
  }
  r.file(1, {scores(10, 9), scores(10, 9), scores(10, 9)});
  r.file(2, {scores(10, 9), scores(10, 9), scores(9, 10)});
  return r;
}

TEST(judging, tells_agreement_variance_and_flags) {
  auto r = three_rounds();
  r.file(3, {scores(10, 9), scores(10, 9), scores(10, 8)});
  auto x = judging_of(r, control);
  ASSERT_EQ(rounds_in(x), 3u);
  EXPECT_EQ(json::to_text(*x.find("worst_first")), "[2,3,1]");
  const auto& second = (*x.find("rounds")->as_array())[1];
  EXPECT_EQ(*second.find("majority")->as_string(), "red");
  EXPECT_EQ(json::to_text(*second.find("variance")),
            R"({"even_and_winner":false,"opposite_winners":true,)"
            R"("spread_x10":20})");
  EXPECT_EQ(*second.find("engine")->find("winner")->as_string(), "red");
  auto flags = json::to_text(*second.find("flags"));
  EXPECT_NE(flags.find(R"("kind":"split_panel","seat":0)"), std::string::npos);
  EXPECT_NE(flags.find(R"("kind":"lone_card","seat":3)"), std::string::npos);
  EXPECT_NE(flags.find(R"("kind":"against_engine","seat":3)"),
            std::string::npos);
  const auto& cards = *second.find("cards")->as_array();
  EXPECT_FALSE(*cards[2].find("with_panel")->as_bool());
  EXPECT_FALSE(*cards[2].find("with_engine")->as_bool());
  // The others do not agree without him.
  EXPECT_EQ(cards[0].find("with_panel"), nullptr);
  EXPECT_TRUE(*cards[0].find("with_engine")->as_bool());
  const auto& third = (*x.find("judges")->as_array())[2];
  EXPECT_EQ(*third.find("name")->as_string(), "Judge 3");
  EXPECT_EQ(json::to_text(*third.find("panel")),
            R"({"all":3,"hits":2,"share_ppm":666667})");
  EXPECT_EQ(json::to_text(*third.find("engine")),
            R"({"all":3,"hits":2,"share_ppm":666667})");
}

TEST(judging, waits_for_the_last_card_of_a_round) {
  auto r = three_rounds();
  r.must(bout::test::judge(1), bout::submit_card{1, 3, scores(10, 9), ""});
  r.must(bout::test::judge(2), bout::submit_card{2, 3, scores(10, 9), ""});
  EXPECT_EQ(rounds_in(judging_of(r, control)), 2u);
  r.must(bout::test::judge(3), bout::submit_card{3, 3, scores(10, 9), ""});
  EXPECT_EQ(rounds_in(judging_of(r, control)), 3u);
}

TEST(judging, is_behind_the_wall_until_the_result_is_published) {
  auto r = three_rounds();
  r.file(3, {scores(10, 9), scores(10, 9), scores(10, 9)});
  std::vector<wire::audience> others{{kind::desk, 0},      {kind::judge, 0},
                                     {kind::judge, 1},     {kind::judge, 3},
                                     {kind::broadcast, 0}, {kind::public_, 0}};
  auto nothing = [&] {
    for (const auto& who : others)
      EXPECT_EQ(rounds_in(judging_of(r, who)), 0u);
  };
  nothing();
  for (int n = 1; n <= 3; ++n)
    r.lock(n);
  nothing();
  r.must(bout::test::commission, bout::approve_result{});
  nothing();
  r.must(bout::test::supervisor, bout::publish_result{});
  for (const auto& who : others)
    EXPECT_EQ(judging_of(r, who), judging_of(r, control));
}

TEST(judging, never_shows_a_judge_a_round_before_the_end) {
  auto looked = 0;
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    std::mt19937 source{seed};
    bout::test::chooser choose = [&source](int n) {
      return static_cast<int>(source() % static_cast<unsigned>(n));
    };
    ring r;
    r.ready(1).bell();
    for (int n = 0; n < 60; ++n) {
      bout::test::run(r, bout::test::any_step(r, choose));
      if (r.s.phase == bout::phase::published)
        break;
      looked += static_cast<int>(rounds_in(judging_of(r, control)));
      for (int seat = 0; seat <= 3; ++seat)
        ASSERT_EQ(rounds_in(judging_of(r, {kind::judge, seat})), 0u);
    }
  }
  EXPECT_GT(looked, 0) << "no panel was ever complete";
}

TEST(judging, of_a_bout_without_scores_by_round_is_empty) {
  ring r{bout::test::whole_bout_rules()};
  r.ready().fight_round();
  auto x = judging_of(r, control);
  EXPECT_EQ(rounds_in(x), 0u);
  EXPECT_EQ(json::to_text(*x.find("judges")), "[]");
}

} // namespace
} // namespace ringside::advice
