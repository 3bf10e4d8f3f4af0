#include "tests/domain/bout/ring.hpp"

#include "domain/base/limits.hpp"

#include <gtest/gtest.h>

/// Cards of rounds and of the whole bout, revisions, locks.
namespace ringside::bout::test {

namespace {

const std::string too_long(limits::text_bytes_max + 1, 'x');

submit_card card(int seat, int round, card_entry entry,
                 std::string reason = "") {
  return {seat, round, std::move(entry), std::move(reason)};
}

} // namespace

TEST(cards, are_filed_after_the_bell_from_ones_own_seat) {
  ring r;
  r.ready();
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(10, 9))), ec::not_found);
  r.bell();
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(10, 9))),
            ec::round_not_closed);
  r.must(timekeeper, close_round{1});
  EXPECT_EQ(r.refused(judge(1), card(2, 1, scores(10, 9))), ec::seat_not_bound);
  EXPECT_EQ(r.refused(judge(1), card(4, 1, scores(10, 9))), ec::not_found);
  EXPECT_EQ(r.refused(judge(1), card(INT32_MIN, 1, scores(10, 9))),
            ec::not_found);
  EXPECT_EQ(r.refused(judge(1), card(1, -3, scores(10, 9))), ec::not_found);
  EXPECT_EQ(r.refused(judge(1), card(1, 2, scores(10, 9))), ec::not_found);
  r.must(judge(1), card(1, 1, scores(10, 9)));
}

TEST(cards, nobody_files_for_a_seat_that_is_not_bound) {
  ring r;
  r.ready().fight_round();
  r.must(supervisor, assign_judge{1, {"Dora", ""}});
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(10, 9))), ec::seat_not_bound);
  EXPECT_EQ(r.refused({role::judge, ""}, card(1, 1, scores(10, 9))),
            ec::seat_not_bound);
}

TEST(cards, hold_a_score_the_rule_set_allows) {
  ring r;
  r.ready().fight_round();
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(10, 6), "a beating")),
            ec::score_not_allowed);
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(9, 9), "x")),
            ec::score_not_allowed);
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(10, 8))),
            ec::reason_required);
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(10, 10))),
            ec::reason_required);
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(10, 9), too_long)),
            ec::invalid_value);
  EXPECT_EQ(r.refused(judge(1), card(1, 1, {})), ec::invalid_value);
  EXPECT_EQ(r.refused(judge(1), card(1, 1, pick(corner::red))),
            ec::invalid_value);
  auto both = scores(10, 9);
  both.pick = corner::red;
  EXPECT_EQ(r.refused(judge(1), card(1, 1, both)), ec::invalid_value);
  EXPECT_EQ(r.refused(judge(1), card(1, 0, pick(corner::red))), ec::wrong_state)
    << "nobody asked for a pick";
  r.must(judge(1), card(1, 1, scores(10, 8), "two knockdowns"));
}

TEST(cards, know_whether_they_are_late) {
  ring r;
  r.ready().fight_round().pass(15'000);
  r.must(judge(1), card(1, 1, scores(10, 9)));
  r.pass(1).must(judge(2), card(2, 1, scores(10, 9)));
  EXPECT_FALSE(find_card(r.s.seats[0], 1)->late);
  EXPECT_TRUE(find_card(r.s.seats[1], 1)->late);
}

TEST(cards, are_revised_by_two_persons) {
  ring r;
  r.ready().fight_round();
  revise_card x{1, 1, scores(9, 10), "carl", "corners mixed up"};
  EXPECT_EQ(r.refused(supervisor, x), ec::cards_missing);
  r.must(judge(1), card(1, 1, scores(10, 9)));
  auto bad = [&](auto change) {
    auto y = x;
    change(y);
    return r.refused(supervisor, y);
  };
  EXPECT_EQ(bad([](auto& y) { y.seat = 9; }), ec::not_found);
  EXPECT_EQ(bad([](auto& y) { y.round = 2; }), ec::not_found);
  EXPECT_EQ(bad([](auto& y) { y.authorised_by = ""; }), ec::approval_required);
  EXPECT_EQ(bad([](auto& y) { y.authorised_by = "sue"; }),
            ec::approval_required);
  EXPECT_EQ(bad([](auto& y) { y.authorised_by = too_long; }),
            ec::invalid_value);
  EXPECT_EQ(bad([](auto& y) { y.reason = ""; }), ec::reason_required);
  EXPECT_EQ(bad([](auto& y) { y.entry = scores(10, 3); }),
            ec::score_not_allowed);
  r.must(supervisor, x);
  const auto* now = find_card(r.s.seats[0], 1);
  EXPECT_EQ(now->entry, scores(9, 10));
  EXPECT_EQ(now->revisions, 1);
  EXPECT_EQ(r.refused(judge(1), x), ec::forbidden);
}

TEST(locks, need_every_card) {
  ring r;
  r.ready();
  EXPECT_EQ(r.refused(supervisor, lock_round{1}), ec::not_found);
  EXPECT_EQ(r.refused(supervisor, lock_round{-3}), ec::not_found);
  r.bell();
  EXPECT_EQ(r.refused(supervisor, lock_round{1}), ec::round_not_closed);
  r.must(timekeeper, close_round{1});
  EXPECT_EQ(r.refused(supervisor, lock_round{1}), ec::cards_missing);
  r.file(1, {scores(10, 9), scores(10, 9)});
  EXPECT_EQ(r.refused(supervisor, lock_round{1}), ec::cards_missing);
  r.must(judge(3), card(3, 1, scores(9, 10)));
  r.lock(1);
  EXPECT_EQ(r.refused(supervisor, lock_round{1}), ec::round_locked);
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(10, 9))), ec::round_locked);
  EXPECT_EQ(
    r.refused(supervisor, revise_card{1, 1, scores(9, 10), "carl", "x"}),
    ec::round_locked);
}

TEST(locks, open_again_by_two_persons) {
  ring r;
  r.ready().won_rounds(1);
  unlock_round x{1, "carl", "seat 2 wrote the wrong corner"};
  auto bad = [&](auto change) {
    auto y = x;
    change(y);
    return r.refused(supervisor, y);
  };
  EXPECT_EQ(bad([](auto& y) { y.round = 2; }), ec::not_found);
  EXPECT_EQ(bad([](auto& y) { y.round = -3; }), ec::not_found);
  EXPECT_EQ(bad([](auto& y) { y.authorised_by = "sue"; }),
            ec::approval_required);
  EXPECT_EQ(bad([](auto& y) { y.authorised_by = ""; }), ec::approval_required);
  EXPECT_EQ(bad([](auto& y) { y.reason = ""; }), ec::reason_required);
  r.must(supervisor, x);
  EXPECT_EQ(r.refused(supervisor, x), ec::wrong_state);
  r.must(supervisor, revise_card{2, 1, scores(9, 10), "carl", "wrong corner"});
  r.lock(1);
}

TEST(whole_bout, cards_come_after_the_last_round) {
  ring r{whole_bout_rules()};
  r.ready();
  EXPECT_EQ(r.refused(judge(1), card(1, 0, pick(corner::red))),
            ec::round_not_closed);
  r.fight_round();
  EXPECT_EQ(r.refused(judge(1), card(1, 0, pick(corner::red))),
            ec::round_not_closed)
    << "two rounds are still to come";
  r.fight_round().bell();
  EXPECT_EQ(r.refused(judge(1), card(1, 0, pick(corner::red))),
            ec::round_not_closed);
  r.must(timekeeper, close_round{3});
  EXPECT_EQ(r.refused(judge(1), card(1, 1, scores(10, 9))), ec::invalid_value);
  EXPECT_EQ(r.refused(judge(1), card(1, 0, scores(10, 9))), ec::invalid_value);
  EXPECT_EQ(r.refused(judge(1), card(1, 0, pick({}))), ec::score_not_allowed);
  EXPECT_EQ(r.refused(judge(1), card(1, 0, criteria({corner::red}))),
            ec::invalid_value);
  r.must(judge(1), card(1, 0, pick(corner::red)));
  EXPECT_EQ(r.refused(judge(1), card(1, 0, pick(corner::blue))),
            ec::card_already_filed);
}

TEST(weighted, cards_name_every_criterion_once) {
  ring r{weighted_rules()};
  r.ready().fight_round().fight_round().fight_round();
  auto file = [&](card_entry entry) {
    return r.refused(judge(1), card(1, 0, std::move(entry)));
  };
  EXPECT_EQ(file({}), ec::invalid_value);
  EXPECT_EQ(file(pick(corner::red)), ec::invalid_value);
  EXPECT_EQ(file(criteria({corner::red, {}})), ec::invalid_value);
  auto entry = criteria({corner::red, {}, corner::blue});
  entry.criteria[2].id = "damage";
  EXPECT_EQ(file(entry), ec::invalid_value) << "one stands twice";
  entry.criteria[2].id = "beauty";
  EXPECT_EQ(file(entry), ec::not_in_ruleset);
  entry = criteria({corner::red, {}, corner::blue});
  std::swap(entry.criteria[0], entry.criteria[2]);
  EXPECT_EQ(file(entry), std::nullopt) << "in any order";
  const auto& filed = find_card(r.s.seats[0], 0)->entry.criteria;
  EXPECT_EQ(filed[0].id, "aggression") << "by id in the journal";
}

} // namespace ringside::bout::test
