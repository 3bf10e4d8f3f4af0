#include "tests/domain/bout/ring.hpp"

#include "domain/base/limits.hpp"

#include <gtest/gtest.h>

/// Rounds and the round clock.
namespace ringside::bout::test {

namespace {

std::int64_t run(const ring& r) {
  return clock_at(*current_round(r.s), r.now).count;
}

} // namespace

TEST(round_clock, adds_up_what_ran) {
  round_clock c;
  constexpr round_ms length{300'000};
  EXPECT_FALSE(c.started());
  EXPECT_EQ(c.elapsed({5'000'000}, length).count, 0);
  EXPECT_TRUE(c.set({1'000'000}, true));
  EXPECT_FALSE(c.set({1'500'000}, true)) << "it is running already";
  EXPECT_EQ(c.elapsed({3'000'999}, length).count, 2'000);
  EXPECT_TRUE(c.set({4'000'000}, false));
  EXPECT_TRUE(c.set({9'000'000}, true));
  EXPECT_EQ(c.elapsed({10'000'000}, length).count, 4'000);
  // Moments of the past, too: before, within and between the stretches.
  EXPECT_EQ(c.elapsed({0}, length).count, 0);
  EXPECT_EQ(c.elapsed({2'000'000}, length).count, 1'000);
  EXPECT_EQ(c.elapsed({7'000'000}, length).count, 3'000);
  EXPECT_EQ(c.elapsed({900'000'000}, length), length) << "never longer";
}

TEST(round_clock, a_mark_before_the_last_counts_as_the_last) {
  round_clock c;
  c.set({4'000'000}, true);
  c.set({3'000'000}, false);
  EXPECT_EQ(c.elapsed({9'000'000}, {300'000}).count, 0);
  EXPECT_EQ(c.last_mark()->count, 4'000'000);
}

TEST(round_clock, undo_restores_it_exactly) {
  round_clock c;
  c.undo();
  EXPECT_EQ(c, round_clock{});
  std::vector<round_clock> before;
  for (std::int64_t i = 0; i < 6; ++i) {
    before.push_back(c);
    c.set({i * 1'234'567}, i % 2 == 0);
  }
  for (; !before.empty(); before.pop_back()) {
    c.undo();
    EXPECT_EQ(c, before.back());
  }
}

TEST(rounds, come_in_order) {
  ring r;
  r.ready();
  for (int wrong : {0, 2, -3, INT32_MIN, INT32_MAX})
    EXPECT_EQ(r.refused(timekeeper, open_round{wrong}), ec::round_out_of_order);
  r.bell();
  EXPECT_EQ(r.refused(timekeeper, open_round{2}), ec::wrong_state);
  EXPECT_EQ(r.refused(timekeeper, close_round{2}), ec::round_out_of_order);
  r.must(timekeeper, close_round{});
  EXPECT_EQ(r.s.phase, phase::between_rounds);
  EXPECT_EQ(r.refused(timekeeper, close_round{1}), ec::round_not_open);
  EXPECT_EQ(r.refused(timekeeper, open_round{1}), ec::round_out_of_order);
  r.fight_round().fight_round();
  EXPECT_EQ(r.refused(timekeeper, open_round{4}), ec::round_out_of_order);
}

TEST(rounds, have_the_lengths_of_the_rule_set) {
  auto set = mma_rules();
  set.rounds.lengths_s = {300, 180};
  ring r{set};
  r.ready().fight_round().fight_round().fight_round();
  EXPECT_EQ(r.round(1).length.count, 300'000);
  EXPECT_EQ(r.round(2).length.count, 180'000);
  EXPECT_EQ(r.round(3).length.count, 180'000) << "the last value goes on";
  EXPECT_EQ(r.round(3).closed_ms.count, 180'000);
}

TEST(clock, runs_and_stops) {
  ring r;
  r.ready();
  EXPECT_EQ(r.refused(timekeeper, start_clock{}), ec::round_not_open);
  EXPECT_EQ(r.refused(timekeeper, stop_clock{}), ec::round_not_open);
  r.must(timekeeper, open_round{1});
  EXPECT_EQ(r.refused(timekeeper, stop_clock{}), ec::clock_not_running);
  r.must(timekeeper, start_clock{});
  EXPECT_EQ(r.refused(timekeeper, start_clock{}), ec::clock_running);
  r.pass(10'000);
  EXPECT_EQ(r.refused(timekeeper,
                      stop_clock{std::string(limits::text_bytes_max + 1, 'x')}),
            ec::invalid_value);
  r.must(timekeeper, stop_clock{"eye poke"});
  r.pass(90'000);
  EXPECT_EQ(run(r), 10'000);
  r.must(timekeeper, start_clock{});
  r.pass(1'000).must(timekeeper, close_round{1});
  EXPECT_EQ(r.round(1).closed_ms.count, 11'000);
  EXPECT_FALSE(r.round(1).cut_short);
  r.pass(60'000);
  EXPECT_EQ(run(r), 11'000) << "the bell has gone";
}

TEST(clock, case_35_a_second_start_changes_nothing) {
  ring r;
  r.ready().bell().pass(10'000);
  EXPECT_EQ(r.refused(timekeeper, start_clock{}), ec::clock_running);
  EXPECT_EQ(run(r), 10'000) << "it does not begin again";
  r.pass(5'000);
  EXPECT_EQ(run(r), 15'000);
}

TEST(clock, never_runs_longer_than_the_round) {
  ring r;
  r.ready().bell().pass(400'000);
  EXPECT_EQ(run(r), 300'000);
  r.must(timekeeper, close_round{1});
  EXPECT_EQ(r.round(1).closed_ms.count, 300'000);
}

TEST(clock, takes_the_time_of_a_believable_tap) {
  ring r;
  r.ready().bell().pass(10'000);
  r.tapped_ago(400).must(timekeeper, stop_clock{});
  EXPECT_EQ(run(r), 9'600);
  // Older than the last mark, or than half a second, or in the future.
  r.pass(100).tapped_ago(900).must(timekeeper, start_clock{});
  EXPECT_EQ(run(r), 9'600);
  r.pass(2'000).tapped_ago(501).must(timekeeper, stop_clock{});
  EXPECT_EQ(run(r), 11'600);
  r.pass(1'000).must(timekeeper, start_clock{});
  r.pass(1'000).tapped_ago(-50).must(timekeeper, close_round{1});
  EXPECT_EQ(r.round(1).closed_ms.count, 12'600);
}

TEST(clock, a_node_that_is_behind_moves_nothing_back) {
  ring r;
  r.ready().bell().pass(10'000).must(timekeeper, stop_clock{});
  r.pass(-3'000).must(timekeeper, start_clock{});
  r.pass(4'000);
  EXPECT_EQ(run(r), 11'000);
  r.pass(-3'000).must(timekeeper, close_round{1});
  EXPECT_EQ(r.round(1).closed_ms.count, 10'000);
  EXPECT_EQ(r.round(1).clock.elapsed(r.pass(9'000).now, {300'000}).count,
            10'000);
}

TEST(clock, undo_of_the_last_mark) {
  ring r;
  r.ready().bell().pass(10'000);
  auto stopped = r.must(timekeeper, stop_clock{"by mistake"});
  r.pass(5'000).must(op, jab(corner::red));
  EXPECT_EQ(r.refused(op, retract_event{stopped, ""}), ec::forbidden);
  r.must(timekeeper, retract_event{stopped, "by mistake"});
  r.pass(1'000);
  EXPECT_EQ(run(r), 16'000) << "as if it had never stopped";
  EXPECT_TRUE(current_round(r.s)->clock.running());
  EXPECT_EQ(r.refused(timekeeper, retract_event{stopped, ""}),
            ec::already_retracted);
  // Now the start is the last mark; a supervisor may take it too.
  auto started = r.s.rounds[0].clock_events.back();
  r.must(supervisor, retract_event{started, "bell not heard"});
  EXPECT_EQ(run(r), 0);
  EXPECT_EQ(r.refused(op, jab(corner::red)), ec::clock_not_running);
  r.must(timekeeper, start_clock{});
}

TEST(clock, only_the_last_mark_of_the_open_round_is_undone) {
  ring r;
  r.ready().bell();
  auto started = r.s.rounds[0].clock_events.front();
  r.pass(1'000).must(timekeeper, stop_clock{});
  EXPECT_EQ(r.refused(timekeeper, retract_event{started, ""}),
            ec::already_retracted);
  auto stopped = r.s.rounds[0].clock_events.back();
  r.must(timekeeper, close_round{1});
  EXPECT_EQ(r.refused(timekeeper, retract_event{stopped, ""}),
            ec::already_retracted);
}

TEST(clock, control_follows_an_undone_mark) {
  ring r;
  r.ready().bell().pass(10'000);
  auto stopped = r.must(timekeeper, stop_clock{});
  r.pass(2'000).must(op, take_control(corner::red));
  r.pass(3'000).must(op, give_control(corner::red));
  EXPECT_EQ(r.control_ms(corner::red), 0) << "the clock stood";
  r.must(timekeeper, retract_event{stopped, "it never stopped"});
  EXPECT_EQ(r.control_ms(corner::red), 3'000);
}

TEST(clock, control_follows_a_mark_that_came_late) {
  ring r;
  r.ready().bell().pass(10'000);
  r.must(op, take_control(corner::red));
  r.pass(300).tapped_ago(400).must(timekeeper, stop_clock{});
  r.pass(5'000).must(op, give_control(corner::red));
  EXPECT_EQ(r.control_ms(corner::red), 0)
    << "the clock had stopped before the control began";
  r.must(op, take_control(corner::blue));
  r.must(timekeeper, start_clock{});
  r.pass(2'000);
  r.must(op, give_control(corner::blue));
  EXPECT_EQ(r.control_ms(corner::blue), 2'000);
}

} // namespace ringside::bout::test
