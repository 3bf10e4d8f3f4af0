#include "actors/ops/pace.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace ringside {
namespace {

using std::chrono::milliseconds;

class pace_fixture : public testing::Test {
protected:
  /// Lets news come at these times and begins each round as soon as it may.
  /// @returns How long the news had to wait, in milliseconds.
  std::vector<std::int64_t> waits(const std::vector<std::int64_t>& news_ms) {
    std::vector<std::int64_t> all;
    for (auto ms : news_ms) {
      auto came = start + milliseconds{ms};
      auto begins = rounds.next(came);
      rounds.begin(begins);
      all.push_back(
        std::chrono::duration_cast<milliseconds>(begins - came).count());
    }
    return all;
  }

  /// Time between two rounds when there is always news.
  std::int64_t distance_ms() {
    auto far = start + std::chrono::hours{1};
    // Uses up what may be ahead of its time.
    for (int i = 0; i <= pace::ahead_max; ++i)
      rounds.begin(far);
    auto first = rounds.next(far);
    rounds.begin(first);
    return std::chrono::duration_cast<milliseconds>(rounds.next(first) - first)
      .count();
  }

  pace rounds{milliseconds{20}};
  pace::time_point start{std::chrono::hours{10}};
};

TEST_F(pace_fixture, begins_the_first_round_at_once) {
  EXPECT_EQ(waits({0}), (std::vector<std::int64_t>{0}));
}

TEST_F(pace_fixture, lets_uneven_news_through_at_the_rate_of_the_rounds) {
  // Every 20 ms, but up to 15 ms late or early.
  std::vector<std::int64_t> news{0, 35, 40, 45, 80, 115, 120, 125, 160, 195};
  for (auto waited : waits(news))
    EXPECT_EQ(waited, 0);
}

TEST_F(pace_fixture, spreads_a_flood_over_rounds) {
  // Four at once, then one each 20 ms.
  EXPECT_EQ(waits({0, 0, 0, 0, 0, 0}),
            (std::vector<std::int64_t>{0, 0, 0, 0, 20, 40}));
}

TEST_F(pace_fixture, keeps_the_rate_in_the_long_run) {
  auto now = start;
  auto begun = 0;
  for (; now < start + std::chrono::seconds{10}; now += milliseconds{1})
    if (rounds.next(now) == now) {
      rounds.begin(now);
      ++begun;
    }
  EXPECT_EQ(begun, 500 + pace::ahead_max);
}

TEST_F(pace_fixture, waits_for_screens_that_take_long) {
  rounds.took(milliseconds{40});
  auto now = start;
  for (int i = 0; i <= pace::ahead_max; ++i) {
    rounds.begin(now);
    rounds.took(milliseconds{40});
  }
  auto first = rounds.next(now);
  rounds.begin(first);
  EXPECT_EQ(rounds.next(first) - first, milliseconds{40});
}

TEST_F(pace_fixture, forgets_a_slow_moment) {
  rounds.took(milliseconds{200});
  for (int i = 0; i < 40; ++i)
    rounds.begin(start);
  EXPECT_EQ(distance_ms(), 20);
}

TEST_F(pace_fixture, never_waits_for_ever) {
  rounds.took(std::chrono::hours{1});
  EXPECT_EQ(rounds.next(start), start);
  rounds.begin(start);
  EXPECT_LE(rounds.next(start) - start, pace::most);
}

} // namespace
} // namespace ringside
