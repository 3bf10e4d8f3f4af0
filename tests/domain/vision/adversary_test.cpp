#include "domain/vision/fusion/learning.hpp"
#include "domain/vision/fusion/quality.hpp"
#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// Sources that lie, shout, sleep or speak another language.
namespace ringside::fusion {
namespace {

using test::scene;
using test::seen;

constexpr ppm shown{500'000};

quality judged(const synthetic_fight& fight, source_table table) {
  auto through = test::usual_harmonizer({}, "block_bayes", std::move(table));
  return judge(last_words(play(fight, *through)), fight.strikes, shown);
}

quality judged(const fight_settings& knobs) {
  return judged(make_fight(knobs), starting_table(knobs));
}

source_table learned(const fight_settings& knobs) {
  auto fight = make_fight(knobs);
  std::vector<report> reports;
  std::vector<heartbeat> beats;
  for (const auto& r : fight.reports)
    reports.push_back(r.what);
  for (const auto& b : fight.beats)
    beats.push_back(b.what);
  return learn({}, starting_table(knobs), {reports, beats}).value();
}

TEST(adversary_test, a_camera_with_inverted_corners_is_outvoted_then_ignored) {
  auto knobs = usual_fight(31, 300);
  auto honest = judged(knobs);
  knobs.sources[1].corner_right = 0;
  auto inverted = judged(knobs);
  EXPECT_GT(inverted.precision(), 0.95);
  EXPECT_GT(inverted.recall(), honest.recall() - 0.06);
  // Five minutes are enough to find out; the next bout is better.
  auto table = learned(knobs);
  EXPECT_EQ(table[1].corner_accuracy.count, 500'000);
  knobs.seed = 32;
  auto fight = make_fight(knobs);
  auto before = judged(fight, starting_table(knobs));
  auto after = judged(fight, table);
  EXPECT_GT(after.f1(), before.f1());
}

TEST(adversary_test, a_camera_that_floods_spoils_little_and_is_found_out) {
  auto knobs = usual_fight(33, 300);
  auto honest = judged(knobs);
  // 1.4 false alarms a second: more than there are strikes.
  knobs.sources[2].flood = 20;
  auto flooded = judged(knobs);
  EXPECT_GT(flooded.f1(), honest.f1() - 0.06);
  auto table = learned(knobs);
  // What a router quarantines: more than one false alarm a second.
  EXPECT_GT(table[2].false_rate_uhz, 1'000'000);
  EXPECT_LT(table[1].false_rate_uhz, 200'000);
  EXPECT_GT(judged(make_fight(knobs), table).f1(), flooded.f1());
}

TEST(adversary_test, presses_that_arrive_a_second_late_are_evidence) {
  auto fight = make_fight(usual_fight(34, 300));
  for (auto& r : fight.reports)
    if (r.what.src >= 4)
      r.at = after(r.at, seconds(1));
  std::stable_sort(fight.reports.begin(), fight.reports.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  auto through = test::usual_harmonizer();
  auto q = judge(last_words(play(fight, *through)), fight.strikes, shown);
  EXPECT_GT(q.precision(), 0.97);
  EXPECT_GT(q.recall(), 0.7);
  EXPECT_LT(q.double_rate(), 0.012);
  EXPECT_GT(through->counters().late_evidence, 300u);
}

TEST(adversary_test, stamps_that_are_a_second_late_together_are_believed) {
  // The limit of any vote: three who are wrong together outvote nobody, but
  // believe each other. The reaction test before the bout has to find it.
  auto knobs = usual_fight(34, 300);
  for (std::size_t s = 4; s < 7; ++s)
    knobs.sources[s].bias_s = 1.3;
  auto q = judged(knobs);
  EXPECT_GT(q.recall(), 0.8) << "what the cameras see stays";
  EXPECT_LT(q.precision(), 0.9) << "if this is better now, say so";
}

TEST(adversary_test, a_label_nobody_knows_is_refused_and_counted) {
  scene s;
  s.beat_all(0, 3'000);
  EXPECT_EQ(s.through->take(seen(0, 1, 1'000, corner::red, 8)),
            admission::invalid);
  EXPECT_EQ(s.through->counters().invalid, 1u);
  EXPECT_EQ(s.through->undecided(), 0u);
}

TEST(adversary_test, a_report_without_a_label_still_counts) {
  scene s;
  s.beat_all(0, 3'000);
  s.through->take(seen(0, 1, 1'000, corner::red, 2));
  s.through->take(seen(1, 1, 1'002, corner::red, -1));
  s.through->take(seen(2, 1, 1'004, corner::red, -1));
  auto events = s.at(3'000);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].sources.size(), 3u);
  EXPECT_EQ(events[0].kind, 2);
  EXPECT_GE(events[0].p, shown);
}

TEST(adversary_test, a_clock_with_a_wide_bound_says_less_about_the_time) {
  auto off_ms = [](std::int32_t err_us) {
    scene s;
    s.beat_all(0, 3'000);
    s.through->take(seen(0, 1, 1'000));
    auto wrong = seen(1, 1, 1'060);
    wrong.err_us = err_us;
    s.through->take(wrong);
    s.through->take(seen(2, 1, 1'004));
    auto events = s.at(3'000);
    EXPECT_EQ(events.size(), 1u);
    return static_cast<double>(events.at(0).t.count) * 1e-3 - 1'002;
  };
  EXPECT_LT(off_ms(80'000), off_ms(1'000) / 2);
}

} // namespace
} // namespace ringside::fusion
