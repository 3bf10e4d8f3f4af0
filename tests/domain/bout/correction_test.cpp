#include "tests/domain/bout/ring.hpp"

#include "domain/base/limits.hpp"

#include <gtest/gtest.h>

/// Undo and replace: the journal keeps all of it, the state as if the wrong
/// fact had never been there.
namespace ringside::bout::test {

namespace {

const std::string too_long_reason(limits::text_bytes_max + 1, 'x');

} // namespace

TEST(retract, leaves_the_state_as_if_it_never_happened) {
  ring wrong;
  ring right;
  for (auto* r : {&wrong, &right})
    r->ready().bell().pass(1'000).must(op, jab(corner::blue));
  auto no = wrong.must(op, jab(corner::red));
  wrong.must(op, retract_event{no, "was blue"});
  EXPECT_EQ(describe(wrong.s, false), describe(right.s, false));
  EXPECT_EQ(wrong.log.size(), right.log.size() + 2) << "both entries stay";
}

TEST(retract, is_the_authors_or_the_supervisors) {
  ring r;
  r.ready().bell();
  auto first = r.must(op, jab(corner::red));
  auto second = r.must(op, jab(corner::red));
  EXPECT_EQ(r.refused(other_op, retract_event{first, ""}), ec::forbidden);
  EXPECT_EQ(r.refused(judge(1), retract_event{first, ""}), ec::forbidden);
  EXPECT_EQ(r.refused(timekeeper, retract_event{first, ""}), ec::forbidden);
  EXPECT_EQ(r.refused(op, retract_event{first, too_long_reason}),
            ec::invalid_value);
  r.must(op, retract_event{first, ""});
  r.must(supervisor, retract_event{second, ""});
  EXPECT_EQ(r.box(corner::red).total, ratio{});
}

TEST(retract, needs_a_standing_fact) {
  ring r;
  r.ready().bell();
  auto no = r.must(op, jab(corner::red));
  EXPECT_EQ(r.refused(op, retract_event{0, ""}), ec::not_found);
  EXPECT_EQ(r.refused(op, retract_event{no + 1, ""}), ec::not_found);
  EXPECT_EQ(r.refused(op, retract_event{1, ""}), ec::already_retracted);
  r.must(op, retract_event{no, ""});
  EXPECT_EQ(r.refused(op, retract_event{no, ""}), ec::already_retracted);
  EXPECT_EQ(r.refused(op, replace_event{no, reversal{}, ""}),
            ec::already_retracted);
}

TEST(retract, of_a_locked_round_is_refused) {
  ring r;
  r.ready().bell().pass(1'000);
  auto no = r.must(op, jab(corner::red));
  r.must(timekeeper, close_round{1});
  r.all_file(1, scores(10, 9)).lock(1);
  EXPECT_EQ(r.refused(supervisor, retract_event{no, ""}), ec::round_locked);
  EXPECT_EQ(r.refused(supervisor, replace_event{no, reversal{}, ""}),
            ec::round_locked);
  r.must(supervisor, unlock_round{1, "carl", "wrong corner"});
  r.must(supervisor, retract_event{no, "wrong corner"});
}

TEST(retract, gives_points_back) {
  ring r;
  r.ready().bell();
  auto first = r.must(supervisor, take_point(corner::red));
  r.must(supervisor, take_point(corner::red, 2));
  r.must(supervisor, retract_event{first, "wrong fighter"});
  EXPECT_EQ(r.round(1).deducted.red, whole_points(2));
  EXPECT_EQ(r.round(1).deductions.size(), 1u);
}

TEST(replace, is_the_right_fact_in_the_first_place) {
  ring wrong;
  ring right;
  strike kick{corner::blue, "kick", strike_target::leg,
              strike_position::distance};
  for (auto* r : {&wrong, &right})
    r->ready().bell().pass(1'000);
  auto no = wrong.must(op, jab(corner::red));
  right.must(op, log_fact{kick, {}});
  for (auto* r : {&wrong, &right})
    r->pass(2'000).must(op, jab(corner::red));
  wrong.must(op, replace_event{no, kick, "it was a kick"});
  EXPECT_EQ(describe(wrong.s, false), describe(right.s, false));
}

TEST(replace, keeps_the_moment_and_the_order_of_marks) {
  ring wrong;
  ring right;
  event_no no = 0;
  for (auto* r : {&wrong, &right}) {
    r->ready().bell().pass(1'000);
    auto mark
      = r->must(op, take_control(corner::red, r == &wrong ? "cage" : "top"));
    no = r == &wrong ? mark : no;
    // Another mark of the same moment comes after it.
    r->must(op, take_control(corner::blue));
    r->pass(4'000);
  }
  wrong.must(op, replace_event{no, control_start{corner::red, "top"}, ""});
  EXPECT_EQ(describe(wrong.s, false), describe(right.s, false));
  EXPECT_EQ(wrong.control_ms(corner::blue), 4'000);
  // The replacement can be replaced and taken out like the first one.
  auto again = wrong.s.version;
  wrong.must(op, replace_event{again, control_start{corner::red, "cage"}, ""});
  wrong.must(op, retract_event{wrong.s.version, ""});
  EXPECT_EQ(wrong.round(1).control.marks().size(), 1u);
}

TEST(replace, keeps_the_place_of_a_deduction) {
  ring r;
  r.ready().bell();
  auto no = r.must(supervisor, take_point(corner::red));
  r.must(supervisor, take_point(corner::blue));
  r.must(supervisor,
         replace_event{no, deduction{corner::red, whole_points(2), "headbutt"},
                       "two points"});
  ASSERT_EQ(r.round(1).deductions.size(), 2u);
  EXPECT_EQ(r.round(1).deductions[0].what.taken, whole_points(2));
  EXPECT_EQ(r.round(1).deductions[0].no, r.s.version);
  EXPECT_EQ(r.round(1).deducted.red, whole_points(2));
}

TEST(replace, is_checked_like_a_new_fact) {
  ring r;
  r.ready().bell();
  auto no = r.must(op, jab(corner::red));
  EXPECT_EQ(r.refused(op, replace_event{no, strike{corner::red, "tickle"}, ""}),
            ec::not_in_ruleset);
  EXPECT_EQ(r.refused(op, replace_event{no, press{1, corner::red}, ""}),
            ec::wrong_state);
  EXPECT_EQ(r.refused(op, replace_event{no, reversal{}, too_long_reason}),
            ec::invalid_value);
  EXPECT_EQ(r.refused(op, replace_event{no, take_point(corner::red).what, ""}),
            ec::forbidden)
    << "points are the referee's";
  EXPECT_EQ(r.refused(other_op, replace_event{no, reversal{}, ""}),
            ec::forbidden);
  auto taken = r.must(supervisor, take_point(corner::red));
  EXPECT_EQ(r.refused(op, replace_event{taken, reversal{}, ""}), ec::forbidden);
}

TEST(replace, belongs_to_who_replaced_it) {
  ring r;
  r.ready().bell();
  auto no = r.must(op, jab(corner::red));
  r.must(supervisor, replace_event{no, reversal{}, "seen from the other side"});
  EXPECT_EQ(r.refused(op, retract_event{r.s.version, ""}), ec::forbidden);
}

} // namespace ringside::bout::test
