#include "domain/scoring/peer/engine.hpp"
#include "domain/scoring/peer/fact_log.hpp"
#include "domain/scoring/peer/words.hpp"
#include "tests/domain/scoring/peer/log_maker.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ringside::scoring::peer::test {

namespace {

constexpr round_ms five_minutes{300'000};

round_counts busy() {
  round_counts counts;
  counts.box.knockdowns = 1;
  counts.box.significant = {30, 60};
  counts.box.head = {15, 40};
  counts.box.body = {9, 12};
  counts.box.leg = {6, 8};
  counts.box.ground = {18, 20};
  counts.box.total = {50, 90};
  counts.box.takedowns = {2, 5};
  counts.box.submission_attempts = 1;
  counts.box.reversals = 1;
  counts.control_s = 130;
  return counts;
}

std::map<std::string, int> histogram(const std::vector<log_event>& log,
                                     corner c) {
  std::map<std::string, int> out;
  for (const auto& e : log)
    if (e.corner == c)
      ++out[e.type];
  return out;
}

using histo = std::map<std::string, int>;

std::vector<log_event> logged(std::vector<bout::fact> facts) {
  fact_log log;
  std::int64_t at = 0;
  for (const auto& one : facts)
    log.add(one, {at += 1'000});
  return log.events(five_minutes);
}

} // namespace

TEST(peer_counts, become_their_words) {
  auto log = from_counts({busy(), {}}, five_minutes);
  // 18 on the ground: 15 from the head, 3 from the body.
  EXPECT_EQ(histogram(log, red), (histo{{"KD", 1},
                                        {"GnP Hard", 18},
                                        {"SS Hook", 6},
                                        {"SS Kick", 6},
                                        {"Jab", 20},
                                        {"Takedown", 2},
                                        {"Sub Light", 1},
                                        {"Sweep/Reversal", 1},
                                        {"Top Control", 3}}));
  EXPECT_EQ(histogram(log, blue), (histo{{"TD Stuffed", 3}}));
}

TEST(peer_counts, lie_inside_the_round_and_in_order) {
  auto log = from_counts({busy(), busy()}, five_minutes);
  std::int64_t before = 0;
  double control = 0;
  for (const auto& e : log) {
    EXPECT_GE(e.at_ms, before);
    EXPECT_LT(e.at_ms, five_minutes.count);
    before = e.at_ms;
    control += e.duration_s.value_or(0);
  }
  EXPECT_DOUBLE_EQ(control, 260);
}

TEST(peer_counts, exchanged_corners_mirror_every_engine) {
  per_corner<round_counts> counts{busy(), {}};
  counts.blue.box.significant = counts.blue.box.head = {25, 40};
  counts.blue.box.total = {40, 70};
  for (auto which : all_engines) {
    auto plain = judge(which, counts, five_minutes);
    auto other = judge(which, {counts.blue, counts.red}, five_minutes);
    EXPECT_EQ(plain.score_milli.red, other.score_milli.blue);
    EXPECT_EQ(plain.score_milli.blue, other.score_milli.red);
    EXPECT_EQ(plain.card.red, other.card.blue);
    EXPECT_EQ(plain.winner, red) << text_of(which);
    EXPECT_EQ(other.winner, blue) << text_of(which);
  }
}

TEST(peer_counts, of_nothing_are_even) {
  for (auto which : all_engines) {
    auto got = judge(which, per_corner<round_counts>{}, five_minutes);
    EXPECT_EQ(got, (verdict{{0, 0}, {10, 10}, std::nullopt}));
  }
}

TEST(peer_counts, that_contradict_each_other_do_no_harm) {
  round_counts odd;
  odd.box.significant = {5, 5};
  odd.box.ground = {9, 9};
  odd.box.leg = {7, 7};
  odd.control_s = -3;
  auto log = from_counts({odd, {}}, five_minutes);
  EXPECT_EQ(histogram(log, red), (histo{{"GnP Hard", 5}}));
}

TEST(peer_facts, take_the_nearest_word) {
  bout::strike s;
  std::vector<bout::fact> facts;
  for (auto technique : {"overhand", "strike", "flying_knee", "leg_kick",
                         "front_kick", "spinning_elbow"}) {
    s.technique = technique;
    facts.push_back(s);
  }
  auto log = logged(facts);
  EXPECT_EQ(histogram(log, red), (histo{{"SS Hook", 1},
                                        {"SS Cross", 1},
                                        {"SS Knee", 1},
                                        {"SS Kick", 2},
                                        {"SS Elbow", 1}}));
  for (const auto& e : log)
    EXPECT_TRUE(v3_key_of(e)) << e.type;
}

TEST(peer_facts, tell_light_missed_and_ground_strikes_apart) {
  bout::strike light;
  light.technique = "leg_kick";
  light.quality = bout::strike_quality::light;
  bout::strike small = light;
  small.technique = "jab";
  small.significant = false;
  bout::strike missed;
  missed.landed = false;
  bout::strike ground;
  ground.position = bout::strike_position::ground;
  auto soft = ground;
  soft.significant = false;
  EXPECT_EQ(
    histogram(logged({light, small, missed, ground, soft}), red),
    (histo{{"Leg Kick", 1}, {"Jab", 1}, {"GnP Hard", 1}, {"GnP Light", 1}}));
}

TEST(peer_facts, keep_tiers_and_credit_a_stuffed_takedown) {
  auto log = logged(
    {bout::knockdown{red, "hard"}, bout::knockdown{red, "near_finish"},
     bout::knockdown{red, "knockdown"}, bout::takedown{red, false},
     bout::takedown{red, true},
     bout::submission_attempt{red, bout::submission_depth::near_finish},
     bout::submission_attempt{red, bout::submission_depth::normal},
     bout::reversal{blue}, bout::foul{red, "bite", false},
     bout::deduction{red, whole_points(1), "bite"}, bout::press{1, red}});
  std::vector<std::string> keys;
  for (const auto& e : log) {
    auto key = v3_key_of(e);
    keys.emplace_back(key ? text_of(*key) : "-");
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"kd_hard", "kd_nf", "kd_flash",
                                            "takedown_stuffed", "takedown",
                                            "sub_nf", "sub_light", "-"}));
  EXPECT_EQ(log[3].corner, blue);
}

TEST(peer_facts, turn_control_into_segments_closed_by_the_bell) {
  fact_log facts;
  facts.add(bout::control_start{blue, "back"}, {100'000});
  facts.add(bout::control_start{red, "clinch"}, {10'000});
  facts.add(bout::control_end{red}, {25'500});
  auto log = facts.events({130'000});
  ASSERT_EQ(log.size(), 2u);
  EXPECT_EQ(log[0].type, "Cage Control");
  EXPECT_DOUBLE_EQ(log[0].duration_s.value(), 15.5);
  EXPECT_EQ(log[0].at_ms, 25'500);
  EXPECT_EQ(log[1].type, "Back Control");
  EXPECT_EQ(log[1].corner, blue);
  EXPECT_DOUBLE_EQ(log[1].duration_s.value(), 30);
}

} // namespace ringside::scoring::peer::test
