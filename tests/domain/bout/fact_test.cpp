#include "tests/domain/bout/ring.hpp"

#include "domain/base/limits.hpp"

#include <gtest/gtest.h>

/// Facts of a round: what counts where, and what is refused.
namespace ringside::bout::test {

namespace {

log_fact fact_of(fact what, std::optional<int> round = {}) {
  return {std::move(what), round};
}

} // namespace

TEST(facts, fill_the_columns_of_the_box_score) {
  ring r;
  r.ready().bell().pass(1'000);
  r.must(op, jab(corner::red));
  r.must(op, jab(corner::red, false));
  r.must(op, fact_of(strike{corner::red, "kick", strike_target::leg,
                            strike_position::clinch, strike_quality::solid,
                            true, true}));
  r.must(op, fact_of(strike{corner::red, "cross", strike_target::body,
                            strike_position::ground, strike_quality::light,
                            true, false}));
  r.must(op, fact_of(strike{corner::red, "cross", {}, {}, {}, true, true}));
  r.must(op, fact_of(takedown{corner::blue, true}));
  r.must(op, fact_of(takedown{corner::blue, false}));
  r.must(op, fact_of(knockdown{corner::blue, "hard"}));
  r.must(op, fact_of(submission_attempt{corner::blue, submission_depth::deep}));
  r.must(op, fact_of(reversal{corner::blue}));
  r.must(op, fact_of(foul{corner::blue, "low_blow", false}));

  const auto& red = r.box(corner::red);
  EXPECT_EQ(red.total, (ratio{4, 5}));
  EXPECT_EQ(red.significant, (ratio{3, 4}));
  EXPECT_EQ(red.head, (ratio{1, 2}));
  EXPECT_EQ(red.leg, (ratio{1, 1}));
  EXPECT_EQ(red.body, (ratio{0, 0})) << "not significant";
  EXPECT_EQ(red.distance, (ratio{1, 2}));
  EXPECT_EQ(red.clinch, (ratio{1, 1}));
  EXPECT_EQ(red.ground, (ratio{0, 0}));
  const auto& blue = r.box(corner::blue);
  EXPECT_EQ(blue.takedowns, (ratio{1, 2}));
  EXPECT_EQ(blue.knockdowns, 1);
  EXPECT_EQ(blue.submission_attempts, 1);
  EXPECT_EQ(blue.reversals, 1);
  EXPECT_EQ(blue.fouls, 1);
  EXPECT_EQ(blue.total, (ratio{0, 0}));
}

TEST(facts, must_be_ones_the_rule_set_knows) {
  ring r;
  r.ready().bell();
  EXPECT_EQ(r.refused(op, fact_of(strike{corner::red, "tickle"})),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(op, fact_of(strike{corner::red, ""})),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(op, fact_of(knockdown{corner::red, "huge"})),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(op, fact_of(control_start{corner::red, "hug"})),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(op, fact_of(foul{corner::red, "insult"})),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(supervisor, take_point(corner::red, 3)),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(supervisor, take_point(corner::red, 0)),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(supervisor, take_point(corner::red, -1)),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(judge(1), fact_of(press{1, corner::red})),
            ec::not_in_ruleset)
    << "nobody presses here";
}

TEST(facts, deduction_needs_a_reason) {
  ring r;
  r.ready().bell();
  deduction d{corner::red, whole_points(1), ""};
  EXPECT_EQ(r.refused(supervisor, fact_of(d)), ec::reason_required);
  d.reason = std::string(limits::text_bytes_max + 1, 'x');
  EXPECT_EQ(r.refused(supervisor, fact_of(d)), ec::invalid_value);
  d.reason = "low blow";
  r.must(supervisor, fact_of(d));
  EXPECT_EQ(r.round(1).deducted.red, whole_points(1));
}

TEST(facts, need_a_round_and_its_clock) {
  ring r;
  r.ready();
  EXPECT_EQ(r.refused(op, jab(corner::red)), ec::round_not_open);
  EXPECT_EQ(r.refused(supervisor, take_point(corner::red)), ec::round_not_open);
  r.must(timekeeper, open_round{1});
  EXPECT_EQ(r.refused(op, jab(corner::red)), ec::clock_not_running);
  // The referee may act before the clock runs.
  r.must(op, fact_of(foul{corner::red, "eye_poke"}));
  r.must(supervisor, take_point(corner::red));
  r.must(timekeeper, start_clock{});
  r.pass(2'000).must(timekeeper, stop_clock{});
  r.pass(1'000).must(op, jab(corner::red));
  EXPECT_EQ(r.s.facts.at(r.s.version).at.count, 2'000) << "the clock stands";
}

TEST(facts, go_to_the_round_that_is_named) {
  ring r;
  r.ready().fight_round().pass(30'000).bell();
  EXPECT_EQ(r.refused(op, fact_of(reversal{}, -3)), ec::not_found);
  EXPECT_EQ(r.refused(op, fact_of(reversal{}, 0)), ec::not_found);
  EXPECT_EQ(r.refused(op, fact_of(reversal{}, 3)), ec::not_found);
  EXPECT_EQ(r.refused(op, fact_of(reversal{}, 1)), ec::round_not_open);
  // A tap of the rest is in no round, also if the operator says so.
  r.pass(1'000).tapped_ago(10'000);
  EXPECT_EQ(r.refused(op, fact_of(reversal{}, 2)), ec::round_not_open);
  // What a tablet kept while it was offline arrives with its tap time.
  r.tapped_ago(40'000).must(op, fact_of(reversal{}, 1));
  EXPECT_EQ(r.box(corner::red, 1).reversals, 1);
  // A supervisor adds from memory, at the bell.
  r.must(supervisor, fact_of(reversal{}, 1));
  EXPECT_EQ(r.s.facts.at(r.s.version).at.count, 300'000);
}

TEST(facts, of_a_locked_round_are_refused) {
  ring r;
  r.ready().won_rounds(1);
  EXPECT_EQ(r.refused(supervisor, fact_of(reversal{}, 1)), ec::round_locked);
  EXPECT_EQ(r.refused(supervisor, take_point(corner::red)), ec::round_locked);
}

TEST(facts, of_the_rest_are_the_referees_alone) {
  ring r;
  r.ready().fight_round().pass(5'000);
  EXPECT_EQ(r.refused(op, jab(corner::red)), ec::round_not_open);
  EXPECT_EQ(r.refused(op, fact_of(foul{corner::red, "low_blow"})),
            ec::round_not_open);
  r.must(supervisor, take_point(corner::red));
  EXPECT_EQ(r.round(1).deducted.red, whole_points(1));
  EXPECT_EQ(r.s.facts.at(r.s.version).at.count, 300'000) << "at the bell";
}

TEST(facts, of_the_future_happen_now) {
  ring r;
  r.ready().bell().pass(3'000);
  r.tapped_ago(-5'000).must(op, jab(corner::red));
  EXPECT_EQ(r.s.facts.at(r.s.version).at.count, 3'000);
}

TEST(facts, keep_the_bound_on_their_time) {
  ring r;
  r.ready().bell().pass(1'000);
  command c;
  c.by = op;
  c.body = jab(corner::red);
  c.occurred = claimed_time{r.now, -7};
  auto decided = decide(r.s, c, {r.now, r.lookup});
  ASSERT_TRUE(decided);
  EXPECT_EQ(std::get<fact_logged>(decided->front().body).err_us, 0);
  c.occurred->err_us = 1'200;
  decided = decide(r.s, c, {r.now, r.lookup});
  EXPECT_EQ(std::get<fact_logged>(decided->front().body).err_us, 1'200);
}

TEST(facts, presses_come_from_the_judges_own_seat) {
  ring r{buttons_rules()};
  r.ready().bell();
  EXPECT_EQ(r.refused(judge(1), fact_of(press{2, corner::red})),
            ec::seat_not_bound);
  EXPECT_EQ(r.refused(judge(1), fact_of(press{9, corner::red})), ec::not_found);
  auto no = r.must(judge(1), fact_of(press{1, corner::red}));
  EXPECT_EQ(r.box(corner::red).presses, 1);
  EXPECT_EQ(r.refused(supervisor, replace_event{no, reversal{}, ""}),
            ec::wrong_state);
}

TEST(facts, leave_room_to_end_a_bout) {
  ring r;
  r.ready().bell();
  r.s.version = limits::bout_events_max - 1'000;
  EXPECT_EQ(r.refused(op, jab(corner::red)), ec::bout_over);
  EXPECT_EQ(r.refused(supervisor, add_note{"full", 0}), ec::bout_over);
  EXPECT_EQ(r.refused(supervisor, raise_protest{"full", {}}), ec::bout_over);
  r.must(timekeeper, close_round{1});
  r.must(supervisor, record_finish{corner::red, rules::result_kind::ko, 1, {}});
  r.s.version = limits::bout_events_max;
  EXPECT_EQ(r.refused(supervisor, approve_result{}), ec::bout_over);
}

TEST(notes, stand_beside_the_fight) {
  ring r;
  r.ready();
  r.must(judge(1), add_note{"mind the ropes", 0});
  EXPECT_EQ(r.refused(op, add_note{"", 0}), ec::reason_required);
  EXPECT_EQ(r.refused(op, add_note{"x", 1}), ec::not_found);
  EXPECT_EQ(r.refused(op, add_note{"x", -3}), ec::not_found);
  r.bell().must(op, add_note{"cut over the left eye", 1});
  EXPECT_EQ(r.s.notes.size(), 2u);
  EXPECT_EQ(r.s.notes[1].author, "olga");
}

TEST(protests, are_raised_and_ruled_on_once) {
  ring r;
  r.ready();
  EXPECT_EQ(r.refused(supervisor, raise_protest{"", {}}), ec::reason_required);
  auto no = r.must(commission, raise_protest{"gloves", corner::blue});
  EXPECT_EQ(r.refused(supervisor, rule_on_protest{no + 1, true, "x"}),
            ec::not_found);
  EXPECT_EQ(r.refused(supervisor, rule_on_protest{no, true, ""}),
            ec::reason_required);
  r.must(commission, rule_on_protest{no, false, "gloves were right"});
  EXPECT_EQ(r.s.protests[0].upheld, false);
  EXPECT_EQ(r.refused(commission, rule_on_protest{no, true, "now"}),
            ec::wrong_state);
}

} // namespace ringside::bout::test
