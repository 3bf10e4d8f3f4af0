#include "tests/domain/bout/ring.hpp"

#include <gtest/gtest.h>

/// Finishes and stoppages, and taking them back.
namespace ringside::bout::test {

namespace {

using rules::result_kind;

record_finish ko(corner winner, int round, std::int64_t ms) {
  return {winner, result_kind::ko, round, {ms}};
}

record_stoppage foul_stop(stoppage_cause cause, corner injured, int round,
                          std::int64_t ms) {
  return {cause, injured, round, {ms}};
}

} // namespace

TEST(finish, cuts_the_round_short_and_decides) {
  ring r;
  r.ready().bell().pass(10'000).must(op, take_control(corner::blue));
  r.pass(5'000).must(supervisor, ko(corner::red, 1, 14'000));
  EXPECT_EQ(r.s.phase, phase::decided);
  EXPECT_EQ(r.s.result->kind, result_kind::ko);
  EXPECT_EQ(r.round(1).status, round_status::closed);
  EXPECT_TRUE(r.round(1).cut_short);
  EXPECT_EQ(r.round(1).closed_ms.count, 14'000);
  EXPECT_EQ(r.pass(1'000).control_ms(corner::blue), 4'000);
}

TEST(finish, must_fit_the_bout) {
  ring r;
  r.ready();
  EXPECT_EQ(r.refused(supervisor, ko(corner::red, 0, 0)),
            ec::round_out_of_order);
  EXPECT_EQ(r.refused(supervisor, ko(corner::red, 1, 0)),
            ec::round_out_of_order);
  r.bell().pass(10'000);
  EXPECT_EQ(r.refused(supervisor, ko(corner::red, 2, 0)),
            ec::round_out_of_order);
  EXPECT_EQ(r.refused(supervisor, ko(corner::red, -3, 0)),
            ec::round_out_of_order);
  EXPECT_EQ(r.refused(supervisor, ko(corner::red, 1, -50)), ec::invalid_value);
  EXPECT_EQ(r.refused(supervisor, ko(corner::red, 1, 300'001)),
            ec::invalid_value);
  EXPECT_EQ(
    r.refused(supervisor,
              record_finish{corner::red, result_kind::tko_doctor, 1, {}}),
    ec::not_in_ruleset);
  EXPECT_EQ(r.refused(supervisor, record_finish{{}, result_kind::ko, 1, {}}),
            ec::invalid_value);
  EXPECT_EQ(
    r.refused(supervisor,
              record_finish{corner::red, result_kind::no_contest, 1, {}}),
    ec::invalid_value);
  r.must(timekeeper, close_round{1});
  EXPECT_EQ(r.refused(supervisor, ko(corner::red, 1, 10'001)),
            ec::invalid_value)
    << "the bell went at 10 seconds";
}

TEST(finish, before_the_first_bell_only_calls_the_bout_off) {
  ring r;
  r.ready();
  EXPECT_EQ(r.refused(supervisor,
                      record_finish{corner::red, result_kind::forfeit, 0, {5}}),
            ec::round_out_of_order);
  auto no = r.must(supervisor,
                   record_finish{corner::red, result_kind::forfeit, 0, {}});
  EXPECT_EQ(r.s.phase, phase::decided);
  EXPECT_EQ(r.refused(supervisor, ko(corner::red, 1, 0)), ec::bout_over);
  r.must(supervisor, retract_event{no, "he made the weight"});
  EXPECT_EQ(r.s.phase, phase::created);
  r.bell();
}

TEST(finish, on_the_stool_is_after_a_locked_round) {
  ring r;
  r.ready().won_rounds(1);
  r.must(supervisor,
         record_finish{corner::blue, result_kind::retirement, 1, {300'000}});
  EXPECT_EQ(r.s.result->winner, corner::blue);
  EXPECT_FALSE(r.round(1).cut_short);
  EXPECT_EQ(r.refused(supervisor, unlock_round{1, "carl", "x"}), ec::bout_over)
    << "its cards decide nothing";
}

TEST(finish, taken_back_is_as_if_it_never_happened) {
  ring wrong;
  ring right;
  event_no no = 0;
  for (auto* r : {&wrong, &right}) {
    r->ready().bell().pass(10'000).must(op, take_control(corner::red));
    r->pass(3'000);
    if (r == &wrong) {
      no = r->must(supervisor, ko(corner::red, 1, 12'000));
      r->pass(2'000).must(supervisor, retract_event{no, "slip"});
    } else {
      r->pass(2'000);
    }
    EXPECT_EQ(r->s.phase, phase::in_round);
  }
  EXPECT_EQ(describe(wrong.s, false), describe(right.s, false));
  EXPECT_EQ(wrong.s.former_results.size(), 1u) << "but it is on record";
  for (auto* r : {&wrong, &right}) {
    r->pass(1'000).must(op, jab(corner::blue));
    r->must(timekeeper, close_round{1});
  }
  EXPECT_EQ(describe(wrong.s, false), describe(right.s, false));
}

TEST(finish, taken_back_leaves_a_stopped_clock_stopped) {
  ring r;
  r.ready().bell().pass(10'000).must(timekeeper, stop_clock{"doctor"});
  auto no = r.must(supervisor, ko(corner::red, 1, 10'000));
  r.must(supervisor, retract_event{no, "he goes on"});
  EXPECT_FALSE(r.round(1).clock.running());
  EXPECT_EQ(clock_at(r.round(1), r.now).count, 10'000);
}

TEST(finish, is_taken_back_by_the_supervisor_before_publication) {
  ring r;
  r.ready().bell().pass(1'000);
  auto no = r.must(supervisor, ko(corner::red, 1, 1'000));
  EXPECT_EQ(r.refused(op, retract_event{no, "slip"}), ec::forbidden);
  EXPECT_EQ(r.refused(timekeeper, retract_event{no, "slip"}), ec::forbidden);
  EXPECT_EQ(r.refused(commission, retract_event{no, "slip"}), ec::forbidden);
  EXPECT_EQ(r.refused(supervisor, retract_event{no, ""}), ec::reason_required);
  r.must(supervisor, approve_result{});
  EXPECT_EQ(r.refused(supervisor, retract_event{no, "slip"}),
            ec::approval_required)
    << "who approved it does not take it back alone";
  EXPECT_EQ(r.refused(commission, retract_event{no, "slip"}), ec::forbidden);
  const issuer other{role::supervisor, "sam"};
  r.must(other, retract_event{no, "slip"});
  EXPECT_EQ(r.s.phase, phase::in_round);
  EXPECT_EQ(r.s.former_results.size(), 1u);
  no = r.must(supervisor, ko(corner::red, 1, 1'000));
  r.must(supervisor, approve_result{});
  r.must(commission, publish_result{});
  EXPECT_EQ(r.refused(other, retract_event{no, "slip"}), ec::bout_over);
}

TEST(stoppage, before_the_threshold_needs_no_cards) {
  ring r;
  r.ready().won_rounds(1);
  r.bell().pass(299'000);
  r.must(supervisor,
         foul_stop(stoppage_cause::accidental_foul, corner::red, 2, 299'000));
  EXPECT_EQ(r.s.phase, phase::decided);
  EXPECT_EQ(r.s.result->kind, result_kind::no_contest);
}

TEST(stoppage, after_the_threshold_waits_for_every_card) {
  ring r;
  r.ready().won_rounds(2).bell().pass(1'000);
  r.must(supervisor,
         foul_stop(stoppage_cause::accidental_foul, corner::red, 3, 1'000));
  EXPECT_FALSE(r.s.result);
  EXPECT_EQ(r.refused(timekeeper, open_round{4}), ec::bout_over);
  EXPECT_EQ(r.refused(supervisor, ko(corner::red, 3, 0)), ec::wrong_state);
  // The foul of the unfinished round is deducted.
  r.must(supervisor, take_point(corner::red));
  EXPECT_EQ(r.refused(supervisor, lock_round{3}), ec::cards_missing);
  for (int seat = 1; seat <= 3; ++seat)
    r.must(judge(seat), submit_card{seat, 3, scores(10, 10), ""});
  r.lock(3);
  EXPECT_EQ(r.s.result->kind, result_kind::technical_decision);
  EXPECT_EQ(r.s.result->winner, corner::red);
  EXPECT_EQ(r.s.result->cards[0].total.red, whole_points(29));
}

TEST(stoppage, by_an_intentional_foul_disqualifies_at_once) {
  ring r;
  r.ready().bell();
  r.must(supervisor,
         foul_stop(stoppage_cause::intentional_foul, corner::blue, 1, 0));
  EXPECT_EQ(r.s.result->kind, result_kind::disqualification);
  EXPECT_EQ(r.s.result->winner, corner::blue);
}

TEST(stoppage, in_the_rest_counts_the_round_as_completed) {
  ring r;
  r.ready().won_rounds(2);
  r.must(supervisor, foul_stop(stoppage_cause::accidental_aggravated,
                               corner::blue, 2, 300'000));
  EXPECT_EQ(r.s.result->kind, result_kind::technical_decision);
}

TEST(stoppage, must_fit_the_bout) {
  ring r;
  r.ready();
  auto stop = [&](int round, std::int64_t ms) {
    return r.refused(supervisor, foul_stop(stoppage_cause::self_injury,
                                           corner::red, round, ms));
  };
  EXPECT_EQ(stop(0, 0), ec::round_out_of_order);
  EXPECT_EQ(stop(-3, 0), ec::round_out_of_order);
  r.bell();
  EXPECT_EQ(stop(2, 0), ec::round_out_of_order);
  EXPECT_EQ(stop(1, -1), ec::invalid_value);
  EXPECT_EQ(stop(1, 0), std::nullopt);
  EXPECT_EQ(stop(1, 0), ec::bout_over);
}

TEST(stoppage, with_even_cards_asks_for_the_winner) {
  auto set = mma_rules();
  set.judges.draw_card_allowed = false;
  set.judges.nominate_on_tie = true;
  ring r{set};
  r.ready().won_rounds(1).won_rounds(1, corner::blue).bell().pass(1'000);
  r.must(supervisor,
         foul_stop(stoppage_cause::accidental_foul, corner::red, 3, 1'000));
  r.all_file(3, scores(10, 10)).lock(3);
  EXPECT_EQ(r.s.picks_wanted, (std::vector{1, 2, 3}));
  for (int seat = 1; seat <= 3; ++seat)
    r.must(judge(seat), submit_card{seat, 0, pick(corner::blue), ""});
  EXPECT_EQ(r.s.result->kind, result_kind::technical_decision);
  EXPECT_EQ(r.s.result->winner, corner::blue);
}

TEST(stoppage, taken_back_reopens_the_round) {
  ring wrong;
  ring right;
  for (auto* r : {&wrong, &right}) {
    r->ready().won_rounds(2).bell().pass(5'000);
    if (r == &wrong) {
      auto no = r->must(supervisor, foul_stop(stoppage_cause::accidental_foul,
                                              corner::red, 3, 5'000));
      r->must(supervisor, retract_event{no, "he goes on"});
    }
  }
  EXPECT_EQ(describe(wrong.s, false), describe(right.s, false));
}

TEST(stoppage, whose_round_has_cards_is_not_taken_back) {
  ring r;
  r.ready().won_rounds(2).bell().pass(5'000);
  auto no = r.must(supervisor, foul_stop(stoppage_cause::accidental_foul,
                                         corner::red, 3, 5'000));
  r.must(judge(1), submit_card{1, 3, scores(10, 10), ""});
  EXPECT_EQ(r.refused(supervisor, retract_event{no, "x"}),
            ec::card_already_filed);
}

TEST(stoppage, taken_back_after_the_distance_leaves_the_cards) {
  ring r;
  r.ready(1).fight_round();
  auto no = r.must(supervisor, foul_stop(stoppage_cause::intentional_foul,
                                         corner::blue, 1, 300'000));
  EXPECT_EQ(r.s.result->kind, result_kind::disqualification);
  r.must(supervisor, retract_event{no, "he was not the one"});
  EXPECT_EQ(r.s.phase, phase::between_rounds);
  r.all_file(1, scores(10, 9)).lock(1);
  EXPECT_EQ(r.s.result->kind, result_kind::unanimous_decision);
}

} // namespace ringside::bout::test
