#include "tests/domain/bout/ring.hpp"

#include "domain/base/limits.hpp"

#include <gtest/gtest.h>

/// Creating a bout, assigning judges, binding seats.
namespace ringside::bout::test {

namespace {

create_bout fair_bout() {
  create_bout x;
  x.ruleset = "mma_test";
  x.fighters.red.name = "Red Fox";
  x.fighters.blue.name = "Blue Whale";
  return x;
}

bind_seat seat_for(int seat, std::string account, std::string device) {
  return {seat, std::move(account), std::move(device), false, ""};
}

bind_seat forced(int seat, std::string account, std::string reason) {
  return {seat, std::move(account), "spare", true, std::move(reason)};
}

const std::string too_long_name(limits::name_bytes_max + 1, 'x');
const std::string too_long_text(limits::text_bytes_max + 1, 'x');

} // namespace

TEST(setup, makes_a_bout_of_its_rule_set) {
  ring r;
  auto x = fair_bout();
  x.arena = "Hall 1";
  x.title_bout = true;
  EXPECT_EQ(r.must(supervisor, x), 1u);
  EXPECT_EQ(r.s.phase, phase::created);
  EXPECT_EQ(r.s.version, 1u);
  EXPECT_EQ(r.s.scheduled_rounds, 3);
  EXPECT_EQ(r.s.seats.size(), 3u);
  EXPECT_EQ(r.s.arena, "Hall 1");
  EXPECT_TRUE(r.s.title_bout);
  const auto& e = std::get<bout_created>(r.last().front().body);
  EXPECT_EQ(e.ruleset_version, 3);
}

TEST(setup, refuses_a_rule_set_that_needs_a_lot_nobody_can_record) {
  auto set = mma_rules();
  set.judges.count = 5;
  set.judges.counted = rules::scoring_panel::random_of_n;
  ring r{set};
  EXPECT_EQ(r.refused(supervisor, fair_bout()), ec::not_in_ruleset);
  EXPECT_EQ(r.s.version, 0u) << "no bout that could never be decided";
}

TEST(setup, refuses_what_no_bout_can_be) {
  ring r;
  auto bad = [&](auto change) {
    auto x = fair_bout();
    change(x);
    return r.refused(supervisor, x);
  };
  EXPECT_EQ(bad([](auto& x) { x.ruleset = "chess"; }), ec::not_found);
  EXPECT_EQ(bad([](auto& x) { x.scheduled_rounds = 4; }), ec::invalid_value);
  EXPECT_EQ(bad([](auto& x) { x.scheduled_rounds = -3; }), ec::invalid_value);
  EXPECT_EQ(bad([](auto& x) { x.fighters.blue.name = ""; }), ec::invalid_value);
  EXPECT_EQ(bad([](auto& x) { x.fighters.red.name = too_long_name; }),
            ec::invalid_value);
  EXPECT_EQ(bad([](auto& x) { x.fighters.red.record = too_long_name; }),
            ec::invalid_value);
  for (auto text :
       {&create_bout::arena, &create_bout::event, &create_bout::weight_class})
    EXPECT_EQ(bad([text](auto& x) { x.*text = too_long_name; }),
              ec::invalid_value);
  EXPECT_EQ(bad([](auto& x) {
              x.judges = {{"A", ""}, {"B", ""}};
            }),
            ec::invalid_value);
  EXPECT_EQ(bad([](auto& x) {
              x.judges = {{"A", ""}, {"B", ""}, {"", ""}};
            }),
            ec::invalid_value);
  EXPECT_EQ(bad([](auto& x) {
              x.judges = {{"A", ""}, {"B", ""}, {"C", too_long_name}};
            }),
            ec::invalid_value);
}

TEST(setup, nobody_judges_in_two_seats) {
  ring r;
  auto x = fair_bout();
  x.judges = {{"A", "ann"}, {"B", "bob"}, {"C", "ann"}};
  EXPECT_EQ(r.refused(supervisor, x), ec::invalid_value);
  x.judges = {{"A", "ann"}, {"B", "bob"}, {"C", ""}};
  r.must(supervisor, x);
  EXPECT_EQ(r.refused(supervisor, assign_judge{3, {"C", "ann"}}),
            ec::seat_taken);
  issuer ann{role::judge, "ann"};
  r.must(ann, seat_for(1, "", "t1"));
  EXPECT_EQ(r.refused(ann, seat_for(3, "", "t1")), ec::seat_taken);
}

TEST(setup, happens_once) {
  ring r;
  EXPECT_EQ(r.refused(supervisor, open_round{1}), ec::not_found);
  r.must(supervisor, fair_bout());
  EXPECT_EQ(r.refused(supervisor, fair_bout()), ec::wrong_state);
}

TEST(setup, needs_every_judge_before_the_first_bell) {
  ring r;
  r.must(supervisor, fair_bout());
  EXPECT_EQ(r.refused(timekeeper, open_round{1}), ec::wrong_state);
  for (int n = 1; n <= 3; ++n)
    r.must(commission, assign_judge{n, {"J" + std::to_string(n), ""}});
  r.must(timekeeper, open_round{1});
}

TEST(setup, assigns_a_judge_until_he_has_filed) {
  ring r;
  r.ready();
  EXPECT_EQ(r.refused(supervisor, assign_judge{4, {"D", ""}}), ec::not_found);
  EXPECT_EQ(r.refused(supervisor, assign_judge{0, {"D", ""}}), ec::not_found);
  EXPECT_EQ(r.refused(supervisor, assign_judge{INT32_MIN, {"D", ""}}),
            ec::not_found);
  EXPECT_EQ(r.refused(supervisor, assign_judge{1, {"", ""}}),
            ec::invalid_value);
  EXPECT_EQ(r.refused(supervisor, assign_judge{1, {"D", too_long_name}}),
            ec::invalid_value);
  r.must(supervisor, assign_judge{1, {"Dora", "dora"}});
  EXPECT_EQ(r.s.seats[0].judge.name, "Dora");
  EXPECT_EQ(r.s.seats[0].account, "") << "the old judge has left the seat";
  r.must({role::judge, "dora"}, seat_for(1, "", "t"));
  r.fight_round();
  r.must({role::judge, "dora"}, submit_card{1, 1, scores(10, 9), ""});
  EXPECT_EQ(r.refused(supervisor, assign_judge{1, {"Eve", "eve"}}),
            ec::wrong_state);
}

TEST(seat, is_bound_by_its_judge) {
  ring r;
  auto x = fair_bout();
  x.judges = {{"A", "ann"}, {"B", ""}, {"C", ""}};
  r.must(supervisor, x);
  issuer ann{role::judge, "ann"};
  issuer bob{role::judge, "bob"};
  EXPECT_EQ(r.refused(bob, seat_for(1, "", "t")), ec::forbidden);
  EXPECT_EQ(r.refused(bob, seat_for(2, "ann", "t")), ec::forbidden);
  EXPECT_EQ(r.refused(bob, seat_for(7, "", "t")), ec::not_found);
  EXPECT_EQ(r.refused(bob, seat_for(2, "", too_long_name)), ec::invalid_value);
  r.must(ann, seat_for(1, "", "t"));
  r.must(bob, seat_for(2, "bob", "t2"));
  EXPECT_EQ(r.s.seats[0].account, "ann");
  EXPECT_EQ(r.s.seats[1].device, "t2");
}

TEST(seat, two_devices_claim_one_seat) {
  ring r;
  r.ready();
  // The same judge with a second tablet, and somebody else.
  EXPECT_EQ(r.refused(judge(1), seat_for(1, "", "phone")), ec::seat_taken);
  EXPECT_EQ(r.refused(judge(1), forced(1, "", "mine")), ec::seat_taken);
  r.must(judge(1), seat_for(1, "", "tablet"));
  EXPECT_EQ(r.refused(supervisor, seat_for(1, account_of(1), "phone")),
            ec::seat_taken);
  EXPECT_EQ(r.refused(supervisor, forced(1, account_of(1), "")),
            ec::reason_required);
  EXPECT_EQ(r.refused(supervisor, forced(1, account_of(1), too_long_text)),
            ec::invalid_value);
  r.must(supervisor, forced(1, account_of(1), "tablet broke"));
  EXPECT_EQ(r.s.seats[0].device, "spare");
  EXPECT_TRUE(std::get<seat_bound>(r.last().front().body).forced);
}

TEST(seat, is_never_the_supervisors_own_by_accident) {
  ring r;
  auto x = fair_bout();
  x.judges = {{"A", "ann"}, {"B", ""}, {"C", ""}};
  r.must(supervisor, x);
  EXPECT_EQ(r.refused(supervisor, seat_for(2, "", "t")), ec::invalid_value);
  r.must(supervisor, seat_for(1, "", "t"));
  EXPECT_EQ(r.s.seats[0].account, "ann") << "it goes to the assigned judge";
}

TEST(seat, goes_to_another_than_assigned_only_by_force) {
  ring r;
  auto x = fair_bout();
  x.judges = {{"A", "ann"}, {"B", ""}, {"C", ""}};
  r.must(supervisor, x);
  EXPECT_EQ(r.refused(supervisor, seat_for(1, "zoe", "t")), ec::seat_taken);
  r.must(supervisor, forced(1, "zoe", "Ann is ill"));
  EXPECT_EQ(r.s.seats[0].account, "zoe");
}

TEST(setup, a_cancelled_bout_takes_nothing) {
  ring r;
  r.ready();
  EXPECT_EQ(r.refused(supervisor, cancel_bout{""}), ec::reason_required);
  EXPECT_EQ(r.refused(supervisor, cancel_bout{too_long_text}),
            ec::invalid_value);
  r.bell().pass(1'000).must(op, take_control(corner::red));
  r.pass(2'000).must(commission, cancel_bout{"power cut"});
  EXPECT_EQ(r.s.phase, phase::cancelled);
  EXPECT_EQ(r.round(1).status, round_status::closed);
  EXPECT_EQ(r.pass(5'000).control_ms(corner::red), 2'000);
  EXPECT_EQ(r.refused(supervisor, assign_judge{1, {"A", ""}}), ec::bout_over);
  EXPECT_EQ(r.refused(judge(1), seat_for(1, "", "t")), ec::bout_over);
  EXPECT_EQ(r.refused(timekeeper, open_round{2}), ec::bout_over);
  EXPECT_EQ(r.refused(supervisor, cancel_bout{"again"}), ec::bout_over);
  r.must(supervisor, add_note{"the lights went out in round 1", 1});
}

} // namespace ringside::bout::test
