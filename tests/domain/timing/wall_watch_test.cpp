#include "domain/timing/wall_watch.hpp"

#include <gtest/gtest.h>

namespace ringside::timing {
namespace {

constexpr std::int64_t wall_second_us = 1'000'000;
constexpr std::int64_t second_ns = 1'000'000'000;

TEST(wall_watch, is_silent_while_both_clocks_run_alike) {
  wall_watch watch;
  for (std::int64_t s = 0; s < 100; ++s)
    EXPECT_FALSE(watch.look({s * wall_second_us}, {s * second_ns}));
}

TEST(wall_watch, tells_a_step_once_with_both_times) {
  wall_watch watch;
  watch.look({0}, {0});
  auto step = watch.look({wall_second_us}, {2 * second_ns});
  ASSERT_TRUE(step);
  EXPECT_EQ(step->expected.count, second_ns);
  EXPECT_EQ(step->shown.count, 2 * second_ns);
  EXPECT_FALSE(watch.look({2 * wall_second_us}, {3 * second_ns}));
}

TEST(wall_watch, tells_a_step_back) {
  wall_watch watch;
  watch.look({0}, {10 * second_ns});
  EXPECT_TRUE(watch.look({wall_second_us}, {10 * second_ns}));
}

TEST(wall_watch, lets_a_disciplined_clock_slew) {
  wall_watch watch;
  watch.look({0}, {0});
  EXPECT_FALSE(
    watch.look({60 * wall_second_us}, {60 * second_ns + 29'000'000}));
  EXPECT_TRUE(watch.look({61 * wall_second_us}, {61 * second_ns + 60'000'000}));
}

/// A day at 50 ppm with one step of a second in the middle: one step is told.
TEST(wall_watch, tells_one_step_in_a_day) {
  wall_watch watch;
  int steps = 0;
  for (std::int64_t s = 0; s < 86'400; s += 10) {
    auto wall = s * second_ns + s * 50'000;
    if (s >= 43'200)
      wall += second_ns;
    steps += watch.look({s * wall_second_us}, {wall}).has_value();
  }
  EXPECT_EQ(steps, 1);
}

} // namespace
} // namespace ringside::timing
