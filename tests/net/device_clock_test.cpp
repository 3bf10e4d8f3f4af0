#include "net/device_clock.hpp"

#include <gtest/gtest.h>

namespace ringside::net {
namespace {

/// A device whose clock began 100 s before the server's timeline reads zero.
constexpr std::int64_t offset_us = 100'000'000;

void ask_time(device_clock& clock, std::int64_t sent,
              std::optional<std::int64_t> c3_prev) {
  clock.asked(c3_prev);
  clock.answered(sent + offset_us, {sent + 1'000}, {sent + 1'100});
}

TEST(device_clock, cannot_map_before_it_learned) {
  device_clock clock;
  EXPECT_FALSE(clock.map({5, 0}, {10}));
  ask_time(clock, 1'000'000, {});
  EXPECT_FALSE(clock.map({5, 0}, {10}));
}

TEST(device_clock, maps_a_tap_to_server_time) {
  device_clock clock;
  ask_time(clock, 1'000'000, {});
  ask_time(clock, 2'000'000, 1'002'000 + offset_us);
  auto t = clock.map({2'500'000 + offset_us, 0}, {2'600'000});
  ASSERT_TRUE(t);
  EXPECT_LE(std::abs(t->at.count - 2'500'000), t->err_us);
  EXPECT_LT(t->err_us, 2'000);
}

TEST(device_clock, never_says_that_a_tap_comes_from_the_future) {
  device_clock clock;
  ask_time(clock, 1'000'000, {});
  ask_time(clock, 2'000'000, 1'002'000 + offset_us);
  auto t = clock.map({9'000'000 + offset_us, 0}, {2'600'000});
  ASSERT_TRUE(t);
  EXPECT_EQ(t->at.count, 2'600'000);
}

TEST(device_clock, does_not_believe_taps_that_are_too_old) {
  device_clock clock;
  ask_time(clock, 1'000'000'000, {});
  ask_time(clock, 2'000'000'000, 1'000'002'000 + offset_us);
  EXPECT_TRUE(clock.map({1'500'000'000 + offset_us, 0}, {2'000'000'000}));
  EXPECT_FALSE(clock.map({1'000'000 + offset_us, 0}, {2'000'000'000}));
}

TEST(device_clock, starts_again_with_a_new_generation) {
  device_clock clock;
  ask_time(clock, 1'000'000, {});
  ask_time(clock, 2'000'000, 1'002'000 + offset_us);
  EXPECT_TRUE(clock.map({2'000'000 + offset_us, 1}, {2'100'000}));
  EXPECT_FALSE(clock.map({2'000'000 + offset_us, 2}, {2'100'000}));
  // Marks of the old run keep its line as far as it was known.
  EXPECT_TRUE(clock.map({1'000'000 + offset_us, 1}, {2'100'000}));
  EXPECT_FALSE(clock.map({2'000'000 + offset_us, 1}, {2'100'000}));
}

TEST(device_clock, takes_the_resolution_before_the_first_exchange_only) {
  device_clock clock;
  clock.resolution(1'000);
  ask_time(clock, 1'000'000, {});
  ask_time(clock, 2'000'000, 1'002'000 + offset_us);
  EXPECT_EQ(clock.exchanges(), 1u);
  clock.resolution(5);
  EXPECT_EQ(clock.quantum_us(), 1'000);
  auto t = clock.map({2'000'000 + offset_us, 0}, {2'100'000});
  ASSERT_TRUE(t);
  EXPECT_GE(t->err_us, 1'900);
}

} // namespace
} // namespace ringside::net
