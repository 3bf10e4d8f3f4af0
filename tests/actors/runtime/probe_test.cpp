#include "actors/runtime/probe.hpp"
#include "actors/runtime/probe_board.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace ringside {

namespace {

TEST(histogram, has_buckets_without_gaps_or_overlap) {
  for (std::size_t i = 0; i < histogram::size; ++i) {
    auto top = histogram::upper_bound(i);
    EXPECT_EQ(histogram::bucket_of(top), i);
    if (i + 1 < histogram::size) {
      EXPECT_EQ(histogram::bucket_of(top + 1), i + 1);
    }
  }
  EXPECT_EQ(histogram::upper_bound(histogram::size - 1),
            (std::uint64_t{1} << 40) - 1);
}

TEST(histogram, puts_the_too_long_into_the_last_bucket) {
  EXPECT_EQ(histogram::bucket_of(~std::uint64_t{0}), histogram::size - 1);
}

TEST(histogram, gives_percentiles_within_one_part_in_32) {
  histogram h;
  std::mt19937_64 rng{1};
  std::vector<std::uint64_t> values;
  for (int i = 0; i < 10'000; ++i) {
    values.push_back(rng() % 3'000'000);
    h.record(values.back());
  }
  std::sort(values.begin(), values.end());
  auto view = h.view();
  EXPECT_EQ(view.count, 10'000u);
  EXPECT_EQ(view.max_ns, values.back());
  auto near = [&](std::uint64_t got, std::size_t rank) {
    auto exact = values[rank - 1];
    EXPECT_GE(got, exact);
    EXPECT_LE(got, exact + exact / 32 + 1);
  };
  near(view.p50_ns, 5'000);
  near(view.p95_ns, 9'500);
  near(view.p99_ns, 9'900);
}

TEST(histogram, is_zero_when_empty_and_exact_for_one_value) {
  histogram h;
  EXPECT_EQ(h.view().p99_ns, 0u);
  h.record(1'234'567);
  EXPECT_EQ(h.view().p50_ns, 1'234'567u);
  EXPECT_EQ(h.view().sum_ns, 1'234'567u);
}

TEST(histogram, may_be_read_while_it_is_written) {
  histogram h;
  std::thread writer{[&] {
    for (std::uint64_t i = 0; i < 200'000; ++i)
      h.record(i % 1'000);
  }};
  for (int i = 0; i < 50; ++i)
    EXPECT_LE(h.view().p99_ns, 1'023u);
  writer.join();
  EXPECT_EQ(h.view().count, 200'000u);
}

TEST(probe_board, keeps_one_probe_for_each_name) {
  probe_board board;
  auto first = board.open("bout/1");
  first->waited(std::chrono::nanoseconds{5});
  EXPECT_EQ(board.open("bout/1"), first);
  board.open("arena");
  auto all = board.snapshots();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].first, "arena");
  EXPECT_EQ(all[1].second.queue_wait.count, 1u);
  board.remove("bout/1");
  EXPECT_NE(board.open("bout/1"), first);
}

} // namespace

} // namespace ringside
