#include "domain/timing/clock_estimate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>

namespace ringside::timing {
namespace {

/// A device whose clock is off by an offset and drifts, behind a network that
/// delays each way by its own amount.
struct device {
  std::int64_t offset_us = 5'000'000;
  std::int64_t drift_ppm = 0;

  /// What the device's clock shows at a server time.
  std::int64_t shows(std::int64_t server) const {
    return server - offset_us + server * drift_ppm / 1'000'000;
  }

  time_exchange exchange(std::int64_t sent, std::int64_t up, std::int64_t work,
                         std::int64_t down) const {
    return {shows(sent), sent + up, sent + up + work,
            shows(sent + up + work + down)};
  }
};

TEST(clock_estimate, knows_nothing_before_the_first_exchange) {
  clock_estimate e;
  EXPECT_FALSE(e.at(0));
}

TEST(clock_estimate, bounds_the_error_by_half_the_trip) {
  device d;
  clock_estimate e{0};
  EXPECT_EQ(e.add(d.exchange(10'000'000, 1'000, 0, 3'000)),
            exchange_outcome::taken);
  auto t = e.at(d.shows(10'000'000));
  ASSERT_TRUE(t);
  EXPECT_LE(std::abs(t->at.count - 10'000'000), t->err_us);
  EXPECT_LE(t->err_us, 2'004);
}

TEST(clock_estimate, case_35_half_the_trip_bounds_the_error_of_any_delays) {
  // What two clocks may drift apart during the trip.
  constexpr std::int64_t drift_us = 20;
  device d;
  for (std::int64_t up = 0; up <= 100'000; up += 5'000) {
    clock_estimate e{0};
    ASSERT_EQ(e.add(d.exchange(10'000'000, up, 0, 100'000 - up)),
              exchange_outcome::taken);
    auto t = e.at(d.shows(10'000'000));
    ASSERT_TRUE(t);
    EXPECT_LE(std::abs(t->at.count - 10'000'000), 50'000 + drift_us) << up;
    EXPECT_LE(std::abs(t->at.count - 10'000'000), t->err_us) << up;
    EXPECT_LE(t->err_us, 50'000 + drift_us) << up;
  }
}

TEST(clock_estimate, takes_each_edge_from_the_fastest_trip_that_way) {
  device d;
  clock_estimate e{0};
  e.add(d.exchange(10'000'000, 100, 0, 50'000));
  e.add(d.exchange(10'100'000, 50'000, 0, 100));
  auto t = e.at(d.shows(10'200'000));
  ASSERT_TRUE(t);
  EXPECT_LE(t->err_us, 150);
  EXPECT_LE(std::abs(t->at.count - 10'200'000), t->err_us);
}

TEST(clock_estimate, never_excludes_the_truth) {
  std::mt19937 random{7};
  auto pick = [&random](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>{low, high}(random);
  };
  for (int run = 0; run < 500; ++run) {
    device d{pick(-1'000'000'000, 1'000'000'000), pick(-90, 90)};
    clock_estimate e{1};
    std::int64_t now = pick(0, 1'000'000);
    for (int i = 0; i < 200; ++i) {
      now += pick(100'000, 2'000'000);
      auto x
        = d.exchange(now, pick(50, 300'000), pick(0, 500), pick(50, 300'000));
      ASSERT_EQ(e.add(x), exchange_outcome::taken);
      auto asked = now + pick(-3'000'000, 3'000'000);
      auto t = e.at(d.shows(asked));
      ASSERT_LE(std::abs(t->at.count - asked), t->err_us + 1)
        << "run " << run << " step " << i;
    }
  }
}

TEST(clock_estimate, starts_again_when_the_device_slept) {
  device d;
  clock_estimate e;
  e.add(d.exchange(10'000'000, 500, 0, 500));
  d.offset_us += 5'000'000;
  EXPECT_EQ(e.add(d.exchange(20'000'000, 500, 0, 500)),
            exchange_outcome::reset);
  auto t = e.at(d.shows(20'500'000));
  ASSERT_TRUE(t);
  EXPECT_LE(std::abs(t->at.count - 20'500'000), t->err_us);
}

TEST(clock_estimate, rejects_what_contradicts_itself) {
  clock_estimate e;
  EXPECT_EQ(e.add({100, 50, 40, 200}), exchange_outcome::rejected);
  EXPECT_EQ(e.add({200, 40, 50, 100}), exchange_outcome::rejected);
  EXPECT_EQ(e.add({0, 0, 1'000, 500}), exchange_outcome::rejected);
  EXPECT_EQ(e.add({0, 0, 0, 11'000'000}), exchange_outcome::rejected);
  EXPECT_FALSE(e.at(0));
}

TEST(clock_estimate, widens_with_the_distance_from_the_last_exchange) {
  device d;
  clock_estimate e;
  e.add(d.exchange(10'000'000, 500, 0, 500));
  auto near = e.at(d.shows(10'001'000));
  auto far = e.at(d.shows(10'000'000 + 600'000'000));
  ASSERT_TRUE(near && far);
  EXPECT_NEAR(static_cast<double>(far->err_us - near->err_us), 60'000, 2);
}

TEST(clock_estimate, forgets_what_is_older_than_the_window) {
  device d;
  clock_estimate e{0};
  e.add(d.exchange(10'000'000, 1, 0, 1));
  auto sharp = e.at(d.shows(10'000'000))->err_us;
  for (std::int64_t i = 1; i <= 200; ++i)
    e.add(d.exchange(10'000'000 + i * 2'000'000, 10'000, 0, 10'000));
  EXPECT_GT(e.at(d.shows(410'000'000))->err_us, sharp);
}

} // namespace
} // namespace ringside::timing
