#include "tests/domain/bout/ring.hpp"

#include <gtest/gtest.h>

/// The catalogue of defects that other systems were found to have: one test
/// for each that is about a bout, named by its number.
namespace ringside::bout::test {

namespace {

using rules::result_kind;

log_fact reversal_in(int round) {
  return {reversal{corner::red}, round};
}

} // namespace

TEST(case_01, what_does_not_exist_is_refused_and_changes_nothing) {
  ring none;
  EXPECT_EQ(none.refused(op, jab(corner::red)), ec::not_found);
  EXPECT_EQ(none.s.version, 0u) << "no bout is made on the way";
  ring r;
  r.ready().bell().pass(1'000);
  EXPECT_EQ(r.refused(op, reversal_in(-3)), ec::not_found);
  EXPECT_EQ(r.refused(op, log_fact{strike{corner::red, "abc"}, {}}),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(op, take_control(corner::red, "hug")),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(supervisor,
                      record_finish{corner::red, result_kind::ko, 1, {-50}}),
            ec::invalid_value);
}

TEST(case_02, the_same_command_gets_the_same_answer) {
  ring r;
  r.ready().bell();
  command c;
  c.id.bytes[3] = 7;
  c.digest[0] = 1;
  c.by = op;
  c.body = jab(corner::red);
  auto fresh = recall(r.s, c);
  ASSERT_TRUE(fresh);
  EXPECT_FALSE(*fresh);
  auto no = r.must(op, c.body);
  remember(r.s, c.id, c.digest, no, no, 41);
  auto known = recall(r.s, c);
  ASSERT_TRUE(known && *known);
  EXPECT_EQ((*known)->first, no);
  EXPECT_EQ((*known)->last, no);
  EXPECT_EQ((*known)->position, 41u);
  c.digest[0] = 2;
  auto other = recall(r.s, c);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.reason().code, ec::command_id_reused);
  EXPECT_EQ(r.box(corner::red).total, (ratio{1, 1}));
}

TEST(case_04, facts_may_arrive_in_any_order) {
  // Three taps, one second apart, arrive forwards and backwards.
  ring forwards;
  ring backwards;
  for (auto* r : {&forwards, &backwards})
    r->ready().bell().pass(10'000);
  const std::vector<log_fact> facts{take_control(corner::red), jab(corner::red),
                                    give_control(corner::red)};
  for (int i = 0; i < 3; ++i)
    forwards.tapped_ago(3'000 - i * 1'000)
      .must(op, facts[static_cast<std::size_t>(i)]);
  for (int i = 2; i >= 0; --i)
    backwards.tapped_ago(3'000 - i * 1'000)
      .must(op, facts[static_cast<std::size_t>(i)]);
  EXPECT_EQ(forwards.control_ms(corner::red), 2'000);
  EXPECT_EQ(backwards.control_ms(corner::red), 2'000);
  EXPECT_EQ(forwards.box(corner::red), backwards.box(corner::red));
}

TEST(case_05, the_round_is_the_one_at_the_time_of_the_tap) {
  ring r;
  r.ready().fight_round();
  // Tapped half a second before the bell, arrives after it.
  r.pass(700).tapped_ago(1'200).must(op, jab(corner::red));
  EXPECT_EQ(r.box(corner::red, 1).total, (ratio{1, 1}));
  // The same when the next round is already open.
  r.bell().pass(500).tapped_ago(2'000).must(op, jab(corner::red));
  EXPECT_EQ(r.box(corner::red, 1).total, (ratio{2, 2}));
  EXPECT_EQ(r.box(corner::red, 2).total, ratio{});
  r.must(op, jab(corner::red));
  EXPECT_EQ(r.box(corner::red, 2).total, (ratio{1, 1}));
}

TEST(case_07, after_the_end_only_a_logged_reopening_changes_the_score) {
  ring r;
  r.ready().bell().pass(1'000);
  auto strike_no = r.must(op, jab(corner::red));
  auto end = r.must(supervisor,
                    record_finish{corner::red, result_kind::ko, 1, {1'000}});
  EXPECT_EQ(r.refused(op, jab(corner::blue)), ec::bout_over);
  r.tapped_ago(500);
  EXPECT_EQ(r.refused(op, jab(corner::blue)), ec::bout_over);
  EXPECT_EQ(r.refused(supervisor, take_point(corner::red)), ec::bout_over);
  EXPECT_EQ(r.refused(supervisor, retract_event{strike_no, ""}), ec::bout_over);
  EXPECT_EQ(r.refused(supervisor, replace_event{strike_no, reversal{}, ""}),
            ec::bout_over);
  EXPECT_EQ(r.refused(judge(1), submit_card{1, 1, scores(10, 9), ""}),
            ec::bout_over);
  r.must(supervisor, retract_event{end, "the count was wrong"});
  r.must(op, jab(corner::blue));
}

TEST(case_07, after_publication_nothing_reopens) {
  ring r;
  r.ready().won_rounds(3);
  r.must(supervisor, approve_result{});
  r.must(commission, publish_result{});
  EXPECT_EQ(r.refused(op, jab(corner::blue)), ec::bout_over);
  EXPECT_EQ(r.refused(supervisor, unlock_round{1, "carl", "x"}), ec::bout_over);
  EXPECT_EQ(r.refused(supervisor, cancel_bout{"x"}), ec::bout_over);
}

TEST(case_09, control_is_measured_by_us) {
  ring r;
  r.ready().bell().pass(1'000).must(op, take_control(corner::red));
  r.pass(90'000).must(op, give_control(corner::red));
  EXPECT_EQ(r.control_ms(corner::red), 90'000);
}

TEST(case_10, control_is_never_added_twice) {
  ring r;
  r.ready().bell().must(op, take_control(corner::red));
  // Two desks report the same control again and again.
  for (int i = 0; i < 9; ++i) {
    r.pass(5'000).must(other_op, take_control(corner::red));
    r.pass(5'000).must(op, take_control(corner::red));
  }
  r.must(op, give_control(corner::red));
  EXPECT_EQ(r.control_ms(corner::red), 90'000);
}

TEST(case_11, the_bell_closes_what_still_runs) {
  ring r;
  r.ready().bell().pass(290'000).must(op, take_control(corner::red));
  r.pass(10'000).must(timekeeper, close_round{1});
  r.pass(60'000).bell().pass(20'000);
  EXPECT_EQ(r.control_ms(corner::red, 1), 10'000);
  EXPECT_EQ(r.control_ms(corner::red, 2), 0) << "it does not run on";
}

TEST(case_12, control_is_bounded_by_the_round) {
  ring r;
  r.ready().bell().must(op, take_control(corner::red));
  r.pass(3'600'000);
  EXPECT_EQ(r.control_ms(corner::red), 300'000);
  r.must(op, take_control(corner::blue));
  r.pass(1'000).must(timekeeper, close_round{});
  EXPECT_EQ(r.control_ms(corner::red), 300'000);
  EXPECT_EQ(r.control_ms(corner::blue), 0);
}

TEST(case_15, an_edit_is_an_entry_of_its_own) {
  ring r;
  r.ready().fight_round();
  r.must(judge(1), submit_card{1, 1, scores(10, 9), ""});
  r.must(supervisor, revise_card{1, 1, scores(9, 10), "carl", "mixed up"});
  const auto& edit = std::get<card_revised>(r.log.back().body);
  EXPECT_EQ(edit.authorised_by, "carl");
  EXPECT_EQ(edit.reason, "mixed up");
  EXPECT_TRUE(std::holds_alternative<card_filed>(r.log.end()[-2].body))
    << "what was there before stays";
  auto again = fold(r.log, r.lookup);
  EXPECT_EQ(find_card(again.seats[0], 1)->entry, scores(9, 10));
}

TEST(case_16, an_edit_reaches_the_result) {
  ring r;
  r.ready(1).fight_round();
  r.all_file(1, scores(10, 9));
  for (int seat = 1; seat <= 2; ++seat)
    r.must(supervisor, revise_card{seat, 1, scores(9, 10), "carl", "mixed up"});
  r.lock(1);
  EXPECT_EQ(r.s.result->winner, corner::blue);
  EXPECT_EQ(r.s.result->cards[0].total.blue, whole_points(10));
}

TEST(case_18, a_knockout_beats_the_points) {
  ring r;
  r.ready().won_rounds(2, corner::red).bell().pass(1'000);
  r.must(supervisor, record_finish{corner::blue, result_kind::ko, 3, {1'000}});
  EXPECT_EQ(r.s.result->winner, corner::blue);
  EXPECT_EQ(r.s.result->kind, result_kind::ko);
}

TEST(case_19, deductions_are_applied_to_every_card) {
  ring r;
  r.ready().won_rounds(1, corner::blue);
  r.bell().pass(1'000).must(supervisor, take_point(corner::red));
  r.pass(299'000).must(timekeeper, close_round{2});
  r.all_file(2, scores(10, 9)).lock(2);
  r.won_rounds(1, corner::red);
  // 29-28 as written, 28-28 with the point.
  EXPECT_EQ(r.s.result->kind, result_kind::unanimous_draw);
  EXPECT_EQ(r.s.seats[0].rounds[1]->entry, scores(10, 9))
    << "what the judge wrote stays apart";
}

TEST(case_45, a_locked_card_is_not_posted_again) {
  ring r;
  r.ready().won_rounds(1);
  EXPECT_EQ(r.refused(judge(1), submit_card{1, 1, scores(9, 10), ""}),
            ec::round_locked);
  auto set = mma_rules();
  set.judges.count = 0;
  ring empty{set};
  empty.ready().fight_round();
  EXPECT_FALSE(cards_complete(empty.s, 1)) << "nobody is not everybody";
  EXPECT_EQ(empty.refused(supervisor, lock_round{1}), ec::cards_missing);
}

TEST(extra_case, one_seat_offline_leaves_the_result_open) {
  ring r;
  r.ready().won_rounds(2).fight_round();
  r.file(3, {scores(10, 9), scores(10, 9)});
  r.pass(600'000);
  EXPECT_EQ(r.refused(supervisor, lock_round{3}), ec::cards_missing);
  EXPECT_FALSE(r.s.result) << "two cards are no decision";
  EXPECT_EQ(r.refused(supervisor, approve_result{}), ec::cards_missing);
  r.must(judge(3), submit_card{3, 3, scores(9, 10), ""});
  r.lock(3);
  EXPECT_EQ(r.s.result->cards.size(), 3u);
  EXPECT_TRUE(find_card(r.s.seats[2], 3)->late);
}

TEST(extra_case, a_deduction_after_two_judges_filed_counts_on_all_cards) {
  ring r;
  r.ready(1).fight_round();
  r.file(1, {scores(10, 9), scores(10, 9)});
  r.pass(1'000).must(supervisor, take_point(corner::red, 2));
  r.must(judge(3), submit_card{3, 1, scores(10, 9), ""});
  r.lock(1);
  for (const auto& card : r.s.result->cards)
    EXPECT_EQ(card.total.red, whole_points(8));
  EXPECT_EQ(r.s.result->winner, corner::blue);
}

TEST(extra_case, a_correction_after_the_announcement_keeps_both_results) {
  ring r;
  r.ready().won_rounds(3);
  r.must(supervisor, approve_result{});
  r.must(commission, publish_result{});
  r.must(commission,
         overturn_result{
           result_kind::no_contest, {}, "adding_error", "zoe", "test failed"});
  EXPECT_EQ(r.s.result->kind, result_kind::no_contest);
  EXPECT_EQ(r.s.former_results.at(0).kind, result_kind::unanimous_decision);
  EXPECT_EQ(r.s.result->cards, r.s.former_results[0].cards);
}

TEST(extra_case, a_round_filed_twice_keeps_the_first_card) {
  ring r;
  r.ready().fight_round();
  r.must(judge(1), submit_card{1, 1, scores(10, 9), ""});
  EXPECT_EQ(r.refused(judge(1), submit_card{1, 1, scores(9, 10), ""}),
            ec::card_already_filed);
  EXPECT_EQ(r.refused(judge(1), submit_card{1, 1, scores(10, 9), ""}),
            ec::card_already_filed);
}

} // namespace ringside::bout::test
