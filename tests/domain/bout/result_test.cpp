#include "tests/domain/bout/ring.hpp"

#include <gtest/gtest.h>

/// From locked cards to a published result, extra rounds and picks.
namespace ringside::bout::test {

namespace {

using rules::result_kind;

void expect_result(const ring& r, result_kind kind,
                   std::optional<corner> winner) {
  ASSERT_TRUE(r.s.result) << text_of(r.s.phase);
  EXPECT_EQ(text_of(r.s.result->kind), text_of(kind));
  EXPECT_EQ(r.s.result->winner, winner);
}

submit_card whole(int seat, card_entry entry) {
  return {seat, 0, std::move(entry), "even"};
}

} // namespace

TEST(result, follows_the_last_lock) {
  ring r;
  r.ready().won_rounds(2);
  EXPECT_EQ(r.s.phase, phase::between_rounds);
  EXPECT_EQ(r.refused(supervisor, approve_result{}), ec::cards_missing);
  r.won_rounds(1);
  EXPECT_EQ(r.s.phase, phase::decided);
  expect_result(r, result_kind::unanimous_decision, corner::red);
}

TEST(result, is_approved_and_published_by_two_persons) {
  ring r;
  r.ready().won_rounds(3);
  EXPECT_EQ(r.refused(supervisor, publish_result{}), ec::approval_required);
  r.must(supervisor, approve_result{});
  EXPECT_EQ(r.refused(commission, approve_result{}), ec::wrong_state);
  EXPECT_EQ(r.refused(supervisor, publish_result{}), ec::approval_required);
  r.must(commission, publish_result{});
  EXPECT_EQ(r.refused(supervisor, unlock_round{1, "carl", "x"}), ec::bout_over);
  EXPECT_EQ(r.refused(commission, publish_result{}), ec::wrong_state);
  EXPECT_EQ(r.refused(commission, approve_result{}), ec::wrong_state);
  EXPECT_EQ(r.s.approved_by, "sue");
  EXPECT_EQ(r.s.published_by, "carl");
}

TEST(result, that_is_approved_but_not_published_can_be_taken_back) {
  ring r;
  r.ready().won_rounds(3);
  r.must(commission, approve_result{});
  EXPECT_EQ(r.refused(supervisor, unlock_round{3, "", "x"}),
            ec::approval_required);
  EXPECT_EQ(r.refused(supervisor, unlock_round{3, "sue", "x"}),
            ec::approval_required);
  EXPECT_EQ(r.refused(supervisor, unlock_round{3, "carl", ""}),
            ec::reason_required);
  EXPECT_EQ(
    r.refused(supervisor, revise_card{1, 3, scores(9, 10), "carl", "x"}),
    ec::bout_over)
    << "first the round is unlocked";
  r.must(supervisor, unlock_round{3, "carl", "cards mixed up"});
  ASSERT_EQ(r.last().size(), 2u);
  EXPECT_TRUE(std::holds_alternative<result_withdrawn>(r.last()[0].body));
  EXPECT_EQ(std::get<round_unlocked>(r.last()[1].body).authorised_by, "carl");
  EXPECT_EQ(r.s.former_results.size(), 1u);
  EXPECT_EQ(r.s.approved_by, "") << "the approval went with it";
  EXPECT_EQ(r.refused(commission, publish_result{}), ec::approval_required);
  r.must(supervisor, revise_card{1, 3, scores(9, 10), "carl", "mixed up"});
  r.lock(3);
  EXPECT_EQ(r.s.phase, phase::decided);
  EXPECT_EQ(r.refused(commission, publish_result{}), ec::approval_required)
    << "it has to be approved again";
  r.must(commission, approve_result{});
  r.must(supervisor, publish_result{});
  EXPECT_EQ(r.refused(supervisor, unlock_round{3, "carl", "x"}), ec::bout_over);
  EXPECT_EQ(
    r.refused(supervisor, revise_card{1, 3, scores(10, 9), "carl", "x"}),
    ec::bout_over);
  EXPECT_EQ(describe(fold(r.log, r.lookup), true), describe(r.s, true));
}

TEST(result, of_a_whole_bout_can_be_taken_back_after_approval) {
  ring r{whole_bout_rules()};
  r.ready(1).fight_round().lock(1);
  for (int seat = 1; seat <= 3; ++seat)
    r.must(judge(seat), submit_card{seat, 0, pick(corner::red), ""});
  ASSERT_EQ(r.s.phase, phase::decided);
  r.must(commission, approve_result{});
  r.must(supervisor, unlock_round{1, "carl", "two cards mixed up"});
  for (int seat = 1; seat <= 2; ++seat)
    r.must(supervisor,
           revise_card{seat, 0, pick(corner::blue), "carl", "mixed up"});
  r.lock(1);
  expect_result(r, result_kind::split_decision, corner::blue);
}

TEST(result, is_withdrawn_when_a_round_opens_again) {
  ring r;
  r.ready().won_rounds(3);
  r.must(supervisor, unlock_round{2, "carl", "cards swapped"});
  EXPECT_FALSE(r.s.result);
  EXPECT_EQ(r.s.former_results.size(), 1u);
  EXPECT_EQ(r.s.phase, phase::between_rounds);
  for (int seat = 1; seat <= 3; ++seat)
    r.must(supervisor, revise_card{seat, 2, scores(8, 10), "carl", "swapped"});
  r.lock(2);
  expect_result(r, result_kind::unanimous_draw, std::nullopt);
}

TEST(result, is_overturned_only_on_a_known_ground) {
  ring r;
  r.ready().won_rounds(3);
  overturn_result x{result_kind::no_contest, {}, "collusion", "zoe", "proved"};
  EXPECT_EQ(r.refused(commission, x), ec::wrong_state);
  r.must(supervisor, approve_result{});
  EXPECT_EQ(r.refused(commission, x), ec::wrong_state);
  r.must(commission, publish_result{});
  auto bad = [&](auto change) {
    auto y = x;
    change(y);
    return r.refused(commission, y);
  };
  EXPECT_EQ(bad([](auto& y) { y.ground = "taste"; }), ec::not_in_ruleset);
  EXPECT_EQ(bad([](auto& y) { y.authorised_by = "carl"; }),
            ec::approval_required);
  EXPECT_EQ(bad([](auto& y) { y.reason = ""; }), ec::reason_required);
  EXPECT_EQ(bad([](auto& y) { y.winner = corner::red; }), ec::invalid_value);
  EXPECT_EQ(r.refused(supervisor, x), ec::forbidden);
  r.must(commission, x);
  EXPECT_TRUE(r.s.overturned);
  EXPECT_EQ(r.s.phase, phase::published);
  expect_result(r, result_kind::no_contest, std::nullopt);
  ASSERT_EQ(r.s.former_results.size(), 1u);
  EXPECT_EQ(r.s.former_results[0].winner, corner::red);
}

TEST(result, without_judges_the_distance_is_a_draw) {
  auto set = mma_rules();
  set.no_judging = true;
  set.judges.count = 0;
  ring r{set};
  r.ready().fight_round().fight_round().fight_round();
  r.lock(1).lock(2).lock(3);
  expect_result(r, result_kind::draw, std::nullopt);
}

TEST(extension, a_draw_orders_an_extra_round) {
  ring r{extension_rules()};
  r.ready(1).fight_round().all_file(1, scores(10, 10)).lock(1);
  EXPECT_EQ(rounds_allowed(r.s), 2);
  EXPECT_FALSE(r.s.result);
  r.fight_round();
  EXPECT_TRUE(r.round(2).extension);
  r.all_file(2, scores(9, 10)).lock(2);
  expect_result(r, result_kind::unanimous_decision, corner::blue);
}

TEST(extension, two_even_rounds_ask_every_judge_for_a_pick) {
  ring r{extension_rules()};
  r.ready(1);
  for (int n = 1; n <= 3; ++n)
    r.fight_round().all_file(n, scores(10, 10)).lock(n);
  EXPECT_EQ(r.s.picks_wanted, (std::vector{1, 2, 3}));
  EXPECT_EQ(r.refused(judge(1), whole(1, pick({}))), ec::score_not_allowed);
  EXPECT_EQ(r.refused(judge(1), whole(1, scores(10, 9))), ec::invalid_value);
  r.pass(60'000).must(judge(1), whole(1, pick(corner::red)));
  EXPECT_FALSE(find_card(r.s.seats[0], 0)->late) << "it was asked for later";
  EXPECT_EQ(r.refused(judge(1), whole(1, pick(corner::blue))),
            ec::card_already_filed);
  r.must(judge(2), whole(2, pick(corner::blue)));
  r.must(supervisor, revise_card{2, 0, pick(corner::red), "carl", "misread"});
  EXPECT_EQ(r.s.picks_wanted, std::vector{3});
  r.must(judge(3), whole(3, pick(corner::blue)));
  expect_result(r, result_kind::split_decision, corner::red);
}

TEST(extension, a_correction_calls_off_a_round_nobody_opened) {
  ring r{extension_rules()};
  r.ready(1).fight_round().all_file(1, scores(10, 10)).lock(1);
  r.must(supervisor, unlock_round{1, "carl", "card misread"});
  EXPECT_EQ(rounds_allowed(r.s), 1);
  EXPECT_EQ(r.refused(timekeeper, open_round{2}), ec::round_out_of_order);
  for (int seat = 1; seat <= 2; ++seat)
    r.must(supervisor, revise_card{seat, 1, scores(10, 9), "carl", "misread"});
  r.lock(1);
  expect_result(r, result_kind::majority_decision, corner::red);
}

TEST(extension, a_correction_after_the_extra_round_makes_it_void) {
  ring r{extension_rules()};
  r.ready(1).fight_round().all_file(1, scores(10, 10)).lock(1);
  r.fight_round().all_file(2, scores(9, 10)).lock(2);
  expect_result(r, result_kind::unanimous_decision, corner::blue);
  r.must(supervisor, unlock_round{1, "carl", "cards misread"});
  for (int seat = 1; seat <= 3; ++seat)
    r.must(supervisor, revise_card{seat, 1, scores(10, 9), "carl", "misread"});
  r.lock(1);
  expect_result(r, result_kind::unanimous_decision, corner::red);
}

TEST(extension, a_correction_takes_back_the_call_for_picks) {
  ring r{extension_rules()};
  r.ready(1);
  for (int n = 1; n <= 3; ++n)
    r.fight_round().all_file(n, scores(10, 10)).lock(n);
  r.must(supervisor, unlock_round{3, "carl", "cards misread"});
  EXPECT_TRUE(r.s.picks_wanted.empty());
  EXPECT_EQ(r.refused(judge(1), whole(1, pick(corner::red))), ec::wrong_state);
  r.must(supervisor, revise_card{1, 3, scores(9, 10), "carl", "misread"});
  r.must(supervisor, revise_card{2, 3, scores(9, 10), "carl", "misread"});
  r.lock(3);
  expect_result(r, result_kind::majority_decision, corner::blue);
}

TEST(picks, of_even_cards_are_asked_from_their_judges_only) {
  auto set = mma_rules();
  set.judges.draw_card_allowed = false;
  set.judges.nominate_on_tie = true;
  ring r{set};
  r.ready(1).fight_round();
  r.file(1, {scores(10, 9), scores(10, 10), scores(9, 10)}).lock(1);
  EXPECT_EQ(r.s.picks_wanted, std::vector{2});
  EXPECT_EQ(r.refused(judge(1), whole(1, pick(corner::red))), std::nullopt)
    << "harmless: it does not count";
  r.must(judge(2), whole(2, pick(corner::blue)));
  expect_result(r, result_kind::split_decision, corner::blue);
}

TEST(whole_bout, is_decided_by_picks_before_or_after_the_lock) {
  for (bool lock_first : {false, true}) {
    ring r{whole_bout_rules()};
    r.ready(1).fight_round();
    if (lock_first)
      r.lock(1);
    r.must(judge(1), whole(1, pick(corner::red)));
    r.must(judge(2), whole(2, pick(corner::blue)));
    EXPECT_FALSE(r.s.result);
    r.must(judge(3), whole(3, pick(corner::red)));
    if (!lock_first)
      r.lock(1);
    expect_result(r, result_kind::split_decision, corner::red);
  }
}

TEST(whole_bout, a_card_is_revised_after_an_unlock) {
  ring r{whole_bout_rules()};
  r.ready(1).fight_round().all_file(0, pick(corner::red)).lock(1);
  revise_card x{1, 0, pick(corner::blue), "carl", "misread"};
  EXPECT_EQ(r.refused(supervisor, x), ec::bout_over);
  r.must(supervisor, unlock_round{1, "carl", "misread"});
  r.must(supervisor, x);
  r.lock(1);
  expect_result(r, result_kind::split_decision, corner::red);
}

TEST(weighted, is_decided_before_or_after_the_lock) {
  for (bool lock_first : {false, true}) {
    ring r{weighted_rules()};
    r.ready(1).fight_round();
    if (lock_first)
      r.lock(1);
    r.must(judge(1), whole(1, criteria({{}, corner::red, corner::blue})));
    r.must(judge(2), whole(2, criteria({{}, {}, corner::blue})));
    r.must(judge(3), whole(3, criteria({corner::red, {}, {}})));
    if (!lock_first)
      r.lock(1);
    expect_result(r, result_kind::split_decision, corner::red);
    EXPECT_EQ(r.s.result->cards[0].total.red, whole_points(30));
  }
}

TEST(weighted, an_even_card_is_asked_for_its_winner) {
  ring r{weighted_rules()};
  r.ready(1).fight_round();
  r.must(judge(1),
         whole(1, criteria({corner::red, corner::blue, corner::blue})));
  r.must(judge(2), whole(2, criteria({corner::red, {}, {}})));
  r.must(judge(3), whole(3, criteria({corner::blue, {}, {}})));
  r.lock(1);
  EXPECT_EQ(r.s.picks_wanted, std::vector{1});
  EXPECT_EQ(r.refused(judge(1), whole(1, criteria({corner::red, {}, {}}))),
            ec::invalid_value)
    << "what he gave stands; only the winner is asked";
  EXPECT_EQ(r.refused(judge(2), whole(2, pick(corner::red))),
            ec::card_already_filed);
  r.must(judge(1), whole(1, pick(corner::blue)));
  expect_result(r, result_kind::split_decision, corner::blue);
  EXPECT_EQ(find_card(r.s.seats[0], 0)->entry.criteria.size(), 3u);
}

TEST(buttons, three_presses_within_a_second_score) {
  ring r{buttons_rules()};
  r.ready(1).bell().must(timekeeper, stop_clock{});
  // The clock stands: moments decide, not the running time.
  for (int seat = 1; seat <= 3; ++seat)
    r.pass(400).must(judge(seat), log_fact{press{seat, corner::blue}, {}});
  for (int seat = 1; seat <= 3; ++seat)
    r.pass(501).must(judge(seat), log_fact{press{seat, corner::red}, {}});
  r.must(timekeeper, close_round{1});
  r.lock(1);
  expect_result(r, result_kind::points_decision, corner::blue);
  EXPECT_EQ(r.s.result->tuple, "0:1");
}

TEST(buttons, a_tie_goes_to_the_votes) {
  ring r{buttons_rules()};
  r.ready(1).fight_round().lock(1);
  EXPECT_EQ(r.s.picks_wanted.size(), 5u);
  for (int seat = 1; seat <= 5; ++seat)
    r.must(judge(seat),
           whole(seat, pick(seat < 3 ? corner::red : corner::blue)));
  expect_result(r, result_kind::points_decision, corner::blue);
}

} // namespace ringside::bout::test
