#include "domain/scoring/peer/e1.hpp"
#include "domain/scoring/peer/engine.hpp"
#include "domain/scoring/peer/icvss.hpp"
#include "domain/scoring/peer/v3.hpp"
#include "tests/domain/scoring/peer/log_maker.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// Properties that the peers break. These tests hold the flaws in place: a
/// baseline that was quietly mended would be a baseline of nothing.
namespace ringside::scoring::peer::test {

namespace {

double code(const log_maker& m) {
  return score_v3(v3_code(), m.log).raw.red;
}

int steps(const per_corner<int>& card) {
  return card.red - card.blue;
}

} // namespace

TEST(peer_flaws, case_13_more_control_gives_fewer_points) {
  EXPECT_DOUBLE_EQ(code(log_maker{}.hold(red, "Top Control", 60)), 18);
  EXPECT_DOUBLE_EQ(code(log_maker{}.hold(red, "Top Control", 70)), 15.75);
}

TEST(peer_flaws, control_depends_on_how_it_is_cut) {
  auto whole = code(log_maker{}.hold(red, "Cage Control", 19));
  auto cut = code(
    log_maker{}.hold(red, "Cage Control", 9).hold(red, "Cage Control", 10));
  EXPECT_DOUBLE_EQ(whole, 1);
  EXPECT_DOUBLE_EQ(cut, 2);
}

TEST(peer_flaws, a_second_of_control_is_ten_and_a_negative_one_too) {
  EXPECT_DOUBLE_EQ(code(log_maker{}.hold(red, "Top Control", 1)), 3);
  EXPECT_DOUBLE_EQ(code(log_maker{}.hold(red, "Top Control", -50)), 3);
}

TEST(peer_flaws, the_order_of_arrival_changes_the_total) {
  // What comes late falls under the guard, so it matters what that is.
  auto jabs_last = log_maker{}.put(red, "SS Hook", 8).put(red, "SS Jab", 6).log;
  auto jabs_first = jabs_last;
  std::reverse(jabs_first.begin(), jabs_first.end());
  EXPECT_NE(score_v3(v3_code(), jabs_last).raw.red,
            score_v3(v3_code(), jabs_first).raw.red);
}

TEST(peer_flaws, case_20_two_flash_knockdowns_weigh_less_than_one_and_rocked) {
  auto two = score_v3(v3_code(), log_maker{}.put(red, "KD Flash", 2).log);
  auto mixed = score_v3(
    v3_code(), log_maker{}.put(red, "KD Flash").put(red, "Rocked").log);
  auto three = score_v3(v3_code(), log_maker{}.put(red, "KD NF", 3).log);
  EXPECT_EQ(steps(two.card), 1);
  EXPECT_EQ(steps(mixed.card), 2);
  EXPECT_EQ(steps(three.card), 1);
}

TEST(peer_flaws, the_thousandth_strike_pays_in_full_again) {
  auto before = code(log_maker{}.put(red, "Jab", 999));
  auto after = code(log_maker{}.put(red, "Jab", 1'000));
  EXPECT_DOUBLE_EQ(code(log_maker{}.put(red, "Jab", 998)), before - 0.5);
  EXPECT_DOUBLE_EQ(after, before + 1);
}

TEST(peer_flaws, the_weaker_lock_is_ignored) {
  // Two hard knockdowns lose to one that was nearly a finish.
  auto got = score_v3(
    v3_code(), log_maker{}.put(red, "KD NF").put(blue, "KD Hard", 2).log);
  EXPECT_EQ(got.winner, red);
  EXPECT_EQ(got.reason, "impact_lock_kd_nf");
}

TEST(peer_flaws, a_duplicate_counts_again) {
  auto once = log_maker{}.put(red, "Takedown").log;
  auto twice = once;
  twice.push_back(once.front());
  EXPECT_DOUBLE_EQ(score_v3(v3_code(), twice).raw.red,
                   2 * score_v3(v3_code(), once).raw.red);
}

TEST(peer_flaws, case_21_one_feeble_strike_is_a_wide_round) {
  auto m = log_maker{}.put(red, "strike_sig");
  m.log.back().severity = 0.1;
  EXPECT_EQ(score_e1(m.log).card, (per_corner<int>{10, 8}));
  EXPECT_EQ(score_e1({}).card, (per_corner<int>{10, 10}));
}

TEST(peer_flaws, case_21_the_twelfth_knockdown_moves_the_card_two_steps) {
  auto eleven = score_icvss(log_maker{}.put(red, "KD_hard", 11).log);
  auto twelve = score_icvss(log_maker{}.put(red, "KD_hard", 12).log);
  EXPECT_EQ(steps(eleven.card), 1);
  EXPECT_EQ(steps(twelve.card), 3);
}

TEST(peer_flaws, one_takedown_more_lifts_the_opponent_by_fifty) {
  // Primacy needs a leader in damage who is behind: overtaking him pays him.
  auto behind = score_icvss(
    log_maker{}.put(red, "rock", 2).put(blue, "td_landed", 3).log);
  auto ahead = score_icvss(
    log_maker{}.put(red, "rock", 2).put(blue, "td_landed", 4).log);
  EXPECT_EQ(behind.primacy, std::nullopt);
  EXPECT_EQ(ahead.primacy, red);
  // One takedown more, and the lead of the other grows.
  EXPECT_LT(behind.total.red - behind.total.blue,
            ahead.total.red - ahead.total.blue);
}

TEST(peer_flaws, control_of_a_second_is_as_good_as_of_a_minute) {
  auto m = log_maker{}.hold(red, "control_top", 1);
  auto n = log_maker{}.hold(red, "control_top", 60);
  EXPECT_DOUBLE_EQ(score_icvss(m.log).total.red, score_icvss(n.log).total.red);
}

TEST(peer_flaws, control_that_starts_at_zero_is_lost) {
  auto m = log_maker{}.put(red, "control_start").put(red, "control_end");
  m.log[0].at_ms = 0;
  m.log[1].at_ms = 60'000;
  EXPECT_DOUBLE_EQ(score_e1(m.log).total.red, 0);
  m.log[0].at_ms = 1;
  EXPECT_GT(score_e1(m.log).total.red, 4);
}

TEST(peer_flaws, a_second_start_replaces_the_first_and_no_end_counts_nothing) {
  auto m = log_maker{}
             .put(red, "control_start")
             .put(red, "control_start")
             .put(red, "control_end");
  EXPECT_DOUBLE_EQ(score_e1(m.log).control.red, 0.3);
  m.log.pop_back();
  EXPECT_DOUBLE_EQ(score_e1(m.log).control.red, 0);
}

TEST(peer_flaws, confidence_of_e1_follows_its_formula) {
  EXPECT_DOUBLE_EQ(score_e1({}).confidence, 0.5);
  auto m = log_maker{}.put(red, "strike_sig", 10);
  for (auto& e : m.log)
    e.confidence = 0.8;
  // 10 of 20 events, mean 0.8, a lead of 20 of 30.
  EXPECT_NEAR(score_e1(m.log).confidence, 0.15 + 0.4 + 0.2 * 20 / 30, 1e-12);
}

TEST(peer_flaws, admission_differs_at_exactly_a_tenth_of_a_second) {
  auto m = log_maker{}.put(red, "rock").put(red, "rock");
  m.log[1].at_ms = m.log[0].at_ms + 100;
  EXPECT_EQ(admit_icvss(m.log).size(), 1u);
  EXPECT_EQ(admit_e1(m.log).size(), 2u);
  m.log[1].at_ms -= 1;
  EXPECT_EQ(admit_e1(m.log).size(), 1u);
  m.log[1].corner = blue;
  EXPECT_EQ(admit_icvss(m.log).size(), 2u);
}

TEST(peer_flaws, admission_drops_unsure_events_and_remembers_fifty) {
  auto m = log_maker{}.put(red, "rock", 2);
  m.log[0].confidence = 0.59;
  m.log[1].confidence = 0.49;
  EXPECT_EQ(admit_icvss(m.log).size(), 0u);
  EXPECT_EQ(admit_e1(m.log).size(), 1u);
  log_maker full;
  full.put(red, "rock").put(blue, "sweep", 50).put(red, "rock");
  full.log.back().at_ms = full.log.front().at_ms;
  EXPECT_EQ(admit_icvss(full.log).size(), 52u);
  full.log.erase(full.log.begin() + 1);
  EXPECT_EQ(admit_icvss(full.log).size(), 50u);
}

} // namespace ringside::scoring::peer::test
