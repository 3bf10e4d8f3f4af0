#include "domain/timing/device_timeline.hpp"
#include "tests/support/networks.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace ringside::timing {
namespace {

constexpr std::int64_t second_us = 1'000'000;

/// Asks every two seconds; returns the moment after the last question.
std::int64_t ask_for(device_timeline& timeline, remote_device& device,
                     std::int64_t from, int questions) {
  for (int i = 0; i < questions; ++i, from += 2 * second_us)
    timeline.add(device.ask(from));
  return from;
}

void expect_placed(const std::optional<bounded_time>& t, std::int64_t truth) {
  ASSERT_TRUE(t);
  EXPECT_LE(std::abs(t->at.count - truth), t->err_us + 1'000);
}

TEST(device_timeline, knows_nothing_before_the_first_exchange) {
  device_timeline timeline;
  EXPECT_FALSE(timeline.at(1'000, 0));
  EXPECT_FALSE(timeline.mapping());
}

TEST(device_timeline, places_marks_of_the_run_before_a_sleep) {
  device_timeline timeline{wifi.quantum_us};
  remote_device device{wifi, 5, 20};
  auto now = ask_for(timeline, device, second_us, 30);
  auto queued = device.shows(now - 10 * second_us);
  expect_placed(timeline.at(queued, 0), now - 10 * second_us);
  device.sleep(60 * second_us);
  now += 70 * second_us;
  EXPECT_EQ(timeline.add(device.ask(now)), exchange_outcome::reset);
  EXPECT_EQ(timeline.resets(), 1);
  expect_placed(timeline.at(queued, 0), now - 82 * second_us + 2 * second_us);
  expect_placed(timeline.at(device.shows(now + second_us), 0), now + second_us);
}

TEST(device_timeline, does_not_guess_between_two_runs) {
  device_timeline timeline{wifi.quantum_us};
  remote_device device{wifi, 5, 20};
  auto now = ask_for(timeline, device, second_us, 30);
  auto after_last = device.shows(now - second_us / 2);
  device.sleep(60 * second_us);
  now += 62 * second_us;
  timeline.add(device.ask(now));
  EXPECT_FALSE(timeline.at(after_last, 0));
}

TEST(device_timeline, keeps_the_line_of_an_earlier_generation) {
  device_timeline timeline{wifi.quantum_us};
  remote_device device{wifi, 5, 20};
  auto now = ask_for(timeline, device, second_us, 30);
  auto queued = device.shows(now - 5 * second_us);
  expect_placed(timeline.at(queued, 3), now - 5 * second_us);
  EXPECT_FALSE(timeline.at(100, 4)); // the page was loaded again
  expect_placed(timeline.at(queued, 3), now - 5 * second_us);
  EXPECT_FALSE(timeline.at(queued, 2));
  remote_device reloaded{wifi, 6, 20};
  now = ask_for(timeline, reloaded, now, 10);
  expect_placed(timeline.at(reloaded.shows(now), 4), now);
}

TEST(device_timeline, learns_of_one_sleep_from_both_sides) {
  device_timeline timeline{wifi.quantum_us};
  remote_device device{wifi, 5, 20};
  auto now = ask_for(timeline, device, second_us, 30);
  expect_placed(timeline.at(device.shows(now - second_us * 5), 1),
                now - second_us * 5);
  device.sleep(60 * second_us);
  now = ask_for(timeline, device, now + 62 * second_us, 3);
  EXPECT_EQ(timeline.resets(), 1);
  // The device counts its runs, too; what was learned since then stays.
  expect_placed(timeline.at(device.shows(now), 2), now);
}

TEST(device_timeline, forgets_all_but_the_last_runs) {
  device_timeline timeline{wifi.quantum_us};
  remote_device device{wifi, 5, 0};
  ask_for(timeline, device, second_us, 10);
  auto first = device.shows(second_us);
  for (std::int64_t g = 0; g <= 6; ++g) {
    timeline.at(0, g);
    ask_for(timeline, device, second_us, 10);
  }
  EXPECT_FALSE(timeline.at(first, 0));
  EXPECT_TRUE(timeline.at(first, 4));
}

/// Marks of one device never change their order, whatever is learned between
/// them, and their bounds stay true while the line moves.
TEST(device_timeline, case_35_marks_keep_their_order) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    device_timeline timeline{crowded.quantum_us};
    remote_device device{crowded, seed, 30};
    mono_us last;
    auto answered = second_us;
    for (auto now = second_us; now < 300 * second_us; now += 20'000) {
      if (now >= answered + 2 * second_us) {
        auto x = device.ask(now);
        ASSERT_EQ(timeline.add(x), exchange_outcome::taken);
        answered = now + x.trip_us();
      }
      // Marks wait until the answer is in, as on a socket.
      if (now < answered)
        continue;
      auto t = timeline.at(device.shows(now), 0);
      if (!t)
        continue;
      ASSERT_LE(std::abs(t->at.count - now), t->err_us + crowded.quantum_us);
      ASSERT_GE(t->at.count, last.count) << "seed " << seed << " at " << now;
      last = t->at;
    }
  }
}

TEST(clock_status, is_green_amber_or_red) {
  EXPECT_EQ(status_of({{}, 10'000}, second_us), clock_status::green);
  EXPECT_EQ(status_of({{}, 10'001}, second_us), clock_status::amber);
  EXPECT_EQ(status_of({{}, 40'001}, second_us), clock_status::red);
  EXPECT_EQ(status_of({{}, 10}, 31 * second_us), clock_status::red);
}

} // namespace
} // namespace ringside::timing
