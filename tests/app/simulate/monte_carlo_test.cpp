#include "app/simulate/monte_carlo.hpp"
#include "app/simulate/odds_report.hpp"
#include "tests/domain/synthetic/fixture.hpp"

#include <gtest/gtest.h>

namespace ringside::simulate {
namespace {

using synthetic::test::shipped;

std::string run(unsigned threads, std::uint64_t seed = 1) {
  auto s = shipped().get();
  s.seed = seed;
  run_options o;
  o.bouts = 500;
  o.threads = threads;
  auto odds = play_all(s, o);
  EXPECT_TRUE(odds);
  return json::to_text(json_of(*odds, title_of(s)));
}

TEST(monte_carlo, gives_the_same_bytes_on_any_number_of_threads) {
  auto one = run(1);
  EXPECT_EQ(one, run(2));
  EXPECT_EQ(one, run(7));
  EXPECT_NE(one, run(2, 2));
}

TEST(monte_carlo, stops_when_it_is_told_to) {
  run_options o;
  o.bouts = 100'000'000;
  auto asked = 0;
  o.stopping = [&asked] { return ++asked > 2; };
  auto odds = play_all(shipped().get(), o);
  ASSERT_FALSE(odds);
  EXPECT_EQ(odds.reason().code, ec::unavailable);
}

TEST(monte_carlo, shows_how_far_it_is) {
  run_options o;
  o.bouts = 100;
  std::uint64_t last = 0;
  o.progress = [&last](std::uint64_t done, std::uint64_t of) {
    EXPECT_GE(done, last);
    EXPECT_EQ(of, 100u);
    last = done;
  };
  ASSERT_TRUE(play_all(shipped().get(), o));
  EXPECT_EQ(last, 100u);
}

TEST(series_files, say_what_does_not_fit) {
  auto refused = [](series_choice c) {
    auto s = loaded_series::load(c);
    return s ? ec::internal : s.reason().code;
  };
  series_choice c;
  c.rounds = 6;
  EXPECT_EQ(refused(c), ec::invalid_value);
  c = {};
  c.ruleset = "ufc_bjj";
  EXPECT_NE(refused(c), ec::internal);
  c = {};
  c.profile = "nobody";
  EXPECT_EQ(refused(c), ec::io_error);
}

} // namespace
} // namespace ringside::simulate
