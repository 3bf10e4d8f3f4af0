#include "tests/domain/bout/ring.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// Control time: intervals that are derived, never added up twice.
namespace ringside::bout::test {

namespace {

using interval = control_log::interval;

control_log::mark start(event_no no, std::int64_t ms, corner c,
                        std::string kind = "top") {
  return {no, {ms * 1'000}, {ms}, true, c, std::move(kind)};
}

control_log::mark stop(event_no no, std::int64_t ms, corner c) {
  return {no, {ms * 1'000}, {ms}, false, c, {}};
}

} // namespace

TEST(control_log, gives_the_same_in_every_order_of_arrival) {
  std::vector<control_log::mark> marks{
    start(1, 1'000, corner::red), stop(2, 4'000, corner::red),
    start(3, 4'000, corner::blue, "cage"), start(4, 6'000, corner::red),
    stop(5, 9'000, corner::red)};
  const std::vector<interval> expected{{corner::red, "top", {1'000}, {4'000}},
                                       {corner::blue, "cage", {4'000}, {6'000}},
                                       {corner::red, "top", {6'000}, {9'000}}};
  std::vector<int> order{0, 1, 2, 3, 4};
  do {
    control_log log;
    for (auto i : order)
      log.add(marks[static_cast<std::size_t>(i)]);
    EXPECT_EQ(log.intervals({300'000}), expected);
    EXPECT_EQ(log.total(corner::red, {300'000}).count, 6'000);
    EXPECT_EQ(log.total(corner::blue, {300'000}).count, 2'000);
    EXPECT_EQ(log.open(), nullptr);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(control_log, the_end_of_somebody_elses_control_ends_nothing) {
  control_log log;
  log.add(stop(1, 500, corner::red));
  log.add(start(2, 1'000, corner::red));
  log.add(stop(3, 2'000, corner::blue));
  ASSERT_NE(log.open(), nullptr);
  EXPECT_EQ(log.total(corner::red, {5'000}).count, 4'000);
}

TEST(control_log, answers_for_moments_of_the_past) {
  control_log log;
  log.add(start(1, 1'000, corner::red));
  log.add(start(2, 3'000, corner::blue));
  log.add(stop(3, 8'000, corner::blue));
  EXPECT_EQ(log.total(corner::red, {500}).count, 0);
  EXPECT_EQ(log.total(corner::red, {2'000}).count, 1'000);
  EXPECT_EQ(log.total(corner::blue, {5'000}).count, 2'000);
  EXPECT_EQ(log.intervals({5'000}),
            (std::vector<interval>{{corner::red, "top", {1'000}, {3'000}},
                                   {corner::blue, "top", {3'000}, {5'000}}}));
}

TEST(control_log, taking_a_mark_out_leaves_what_was_without_it) {
  control_log with;
  with.add(start(1, 1'000, corner::red));
  with.add(start(2, 2'000, corner::blue));
  with.add(stop(3, 5'000, corner::blue));
  with.remove(2);
  EXPECT_EQ(with.total(corner::red, {7'000}).count, 6'000);
  EXPECT_EQ(with.total(corner::blue, {7'000}).count, 0);
  ASSERT_NE(with.open(), nullptr);
  EXPECT_EQ(with.open()->no, 1u);
}

TEST(control, is_measured_from_start_to_end) {
  ring r;
  r.ready().bell().pass(10'000);
  r.must(op, take_control(corner::red));
  r.pass(30'000);
  EXPECT_EQ(r.control_ms(corner::red), 30'000) << "it counts while it runs";
  r.must(op, give_control(corner::red));
  r.pass(30'000);
  EXPECT_EQ(r.control_ms(corner::red), 30'000);
}

TEST(control, passes_from_one_to_the_other) {
  ring r;
  r.ready().bell();
  r.must(op, take_control(corner::red, "cage"));
  r.pass(5'000).must(op, take_control(corner::blue));
  r.pass(7'000).must(op, take_control(corner::blue, "cage"));
  r.pass(1'000);
  EXPECT_EQ(r.control_ms(corner::red), 5'000);
  EXPECT_EQ(r.control_ms(corner::blue), 8'000);
}

TEST(control, stands_still_with_the_clock) {
  ring r;
  r.ready().bell().must(op, take_control(corner::red));
  r.pass(4'000).must(timekeeper, stop_clock{});
  r.pass(60'000).must(timekeeper, start_clock{});
  r.pass(1'000);
  EXPECT_EQ(r.control_ms(corner::red), 5'000);
}

TEST(control, marks_of_the_past_take_their_place) {
  ring r;
  r.ready().bell().pass(10'000).must(op, give_control(corner::red));
  r.pass(10'000).must(op, take_control(corner::red));
  r.pass(10'000).tapped_ago(25'000).must(op, take_control(corner::red));
  // Controlled from 5 to 10 and from 20 to 30 seconds.
  EXPECT_EQ(r.control_ms(corner::red), 15'000);
}

TEST(control, said_twice_counts_once) {
  ring r;
  r.ready().bell().must(op, take_control(corner::red));
  r.pass(3'000).must(other_op, take_control(corner::red));
  r.pass(3'000).must(op, give_control(corner::red));
  r.must(other_op, give_control(corner::red));
  EXPECT_EQ(r.control_ms(corner::red), 6'000);
  EXPECT_EQ(r.round(1).control.intervals({300'000}),
            (std::vector<interval>{{corner::red, "top", {0}, {6'000}}}));
}

TEST(control, is_not_counted_beyond_the_official_end) {
  ring r;
  r.ready().bell().pass(100'000).must(op, take_control(corner::red));
  r.pass(20'000).must(op, give_control(corner::red));
  r.pass(5'000).must(
    supervisor,
    record_finish{corner::red, rules::result_kind::ko, 1, {110'000}});
  EXPECT_EQ(r.control_ms(corner::red), 10'000);
}

} // namespace ringside::bout::test
