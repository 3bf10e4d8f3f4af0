#include "domain/vision/analytics/damage.hpp"
#include "domain/vision/analytics/momentum.hpp"
#include "domain/vision/analytics/pace.hpp"
#include "tests/domain/vision/analytics/scene_run.hpp"

#include <gtest/gtest.h>

namespace ringside::analytics::test {

namespace {

act strike(std::int64_t ms, corner by, std::int32_t severity = 500'000,
           action what = action::punch) {
  return {{ms * 1'000}, by, what, severity > 0, {severity}, {}};
}

act knockdown(std::int64_t ms, corner by, knockdown_tier tier) {
  return {{ms * 1'000}, by, action::knockdown, true, {}, tier};
}

struct figures {
  per_corner<pace_figures> of;
  momentum_meter momentum;
  damage_meter damage;
  int swings = 0;
};

figures measure(const std::string& id) {
  auto s = shipped(id);
  figures out;
  pace_meter pace;
  for (const auto& r : watch(frames_of(s)))
    if (auto a = act_of(r)) {
      pace.take(*a);
      out.swings += out.momentum.take(*a) ? 1 : 0;
      out.damage.take(*a);
    }
  for (const auto& i : positions(s))
    pace.take(i);
  for (auto c : both_corners)
    out.of[c] = pace.figures(c, s.length_us);
  return out;
}

} // namespace

TEST(act, is_counted_when_it_is_final_and_once) {
  event_report r;
  r.final = false;
  EXPECT_FALSE(act_of(r));
  r.final = true;
  EXPECT_TRUE(act_of(r));
}

TEST(momentum, a_burst_is_one_swing) {
  momentum_meter m;
  int swings = 0;
  for (int i = 0; i < 12; ++i)
    if (auto s = m.take(strike(1'000 + i * 300, corner::blue))) {
      ++swings;
      EXPECT_EQ(s->by, corner::blue);
      EXPECT_EQ(s->start.count, 1'000'000);
      EXPECT_EQ(s->at.count, 1'900'000);
    }
  EXPECT_EQ(swings, 1);
  for (int i = 0; i < 4; ++i)
    swings += m.take(strike(20'000 + i * 300, corner::blue)) ? 1 : 0;
  EXPECT_EQ(swings, 2);
}

TEST(momentum, slow_light_missed_or_shared_strikes_are_no_swing) {
  momentum_meter m;
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(m.take(strike(1'000 + i * 600, corner::red)));
    EXPECT_FALSE(m.take(strike(20'000 + i * 100, corner::red, 250'000)));
    EXPECT_FALSE(m.take(strike(40'000 + i * 100, corner::red, 0)));
  }
  momentum_meter both;
  for (int i = 0; i < 6; ++i)
    EXPECT_FALSE(both.take(
      strike(1'000 + i * 300, i % 2 == 0 ? corner::red : corner::blue)));
}

TEST(momentum, goes_to_the_one_who_lands_and_fades) {
  momentum_meter m;
  EXPECT_EQ(m.share_of_red({0}).count, 500'000);
  m.take(strike(1'000, corner::red));
  EXPECT_EQ(m.share_of_red({2'000'000}).count, 1'000'000);
  m.take(strike(21'000, corner::blue));
  EXPECT_LT(m.share_of_red({21'000'000}).count, 150'000);
}

TEST(damage, is_taken_by_the_other_one) {
  damage_meter d;
  d.take(strike(1'000, corner::red, 500'000));
  d.take(strike(2'000, corner::red, 500'000, action::knee));
  EXPECT_EQ(d.taken_ppm(corner::blue), 500'000 + 650'000);
  EXPECT_EQ(d.taken_ppm(corner::red), 0);
}

TEST(damage, one_heavy_strike_rocks_nobody_and_two_do_once) {
  damage_meter d;
  EXPECT_FALSE(d.take(strike(1'000, corner::blue, 800'000)));
  auto r = d.take(strike(2'000, corner::blue, 1'000'000));
  ASSERT_TRUE(r);
  EXPECT_EQ(r->by, corner::blue);
  EXPECT_FALSE(d.take(strike(3'000, corner::blue, 1'000'000)));
  // Recovered: it may happen again.
  EXPECT_FALSE(d.take(strike(60'000, corner::blue, 800'000)));
  EXPECT_TRUE(d.take(strike(61'000, corner::blue, 1'000'000)));
}

TEST(damage, light_strikes_add_up_but_rock_nobody) {
  damage_meter d;
  for (int i = 0; i < 200; ++i)
    EXPECT_FALSE(d.take(strike(i * 100, corner::red, 300'000)));
  EXPECT_EQ(d.taken_ppm(corner::blue), 200 * 300'000);
}

TEST(damage, a_harder_knockdown_does_more) {
  using enum knockdown_tier;
  EXPECT_LT(damage_of(knockdown(0, corner::red, flash)),
            damage_of(knockdown(0, corner::red, hard)));
  EXPECT_LT(damage_of(knockdown(0, corner::red, hard)),
            damage_of(knockdown(0, corner::red, near_finish)));
}

TEST(damage, a_missed_strike_does_nothing) {
  damage_meter d;
  d.take(strike(0, corner::red, 0));
  d.take({{0}, corner::red, action::takedown, true, {}, {}});
  EXPECT_EQ(d.taken_ppm(corner::blue), 0);
}

TEST(pace, counts_by_corner_and_per_minute) {
  pace_meter p;
  for (int i = 0; i < 30; ++i)
    p.take(strike(i * 2'000, corner::red, i % 3 == 0 ? 0 : 500'000));
  auto f = p.figures(corner::red, 120'000'000);
  EXPECT_EQ(f.thrown, 30);
  EXPECT_EQ(f.landed, 20);
  EXPECT_EQ(f.significant, 20);
  EXPECT_EQ(f.pace_milli, 15'000);
  EXPECT_EQ(p.figures(corner::blue, 120'000'000).thrown, 0);
  EXPECT_EQ(p.figures(corner::red, 0).pace_milli, 0);
}

TEST(pace, tempo_tells_steady_work_from_bursts) {
  auto tempo_of = [](auto at_ms) {
    pace_meter p;
    for (int i = 0; i < 24; ++i)
      p.take(strike(at_ms(i), corner::red));
    return p.figures(corner::red, 300'000'000).tempo;
  };
  EXPECT_EQ(tempo_of([](int i) { return i * 1'000; }), tempo::high);
  EXPECT_EQ(tempo_of([](int i) { return i * 3'000; }), tempo::steady);
  EXPECT_EQ(tempo_of([](int i) { return i * 9'000; }), tempo::low);
  EXPECT_EQ(tempo_of([](int i) { return i / 6 * 40'000 + i % 6 * 250; }),
            tempo::bursts);
  EXPECT_EQ(pace_meter{}.figures(corner::red, 1).tempo, tempo::unknown);
}

TEST(pace, control_counts_for_the_holder_and_a_clinch_for_both) {
  pace_meter p;
  p.take(position_interval{
    {phase_kind::hold, corner::blue, hold_kind::back}, {0}, {7'000'000}});
  p.take(position_interval{{phase_kind::clinch}, {7'000'000}, {9'000'000}});
  p.take(position_interval{{}, {9'000'000}, {20'000'000}});
  EXPECT_EQ(p.figures(corner::blue, 1).control_us, 7'000'000);
  EXPECT_EQ(p.figures(corner::red, 1).control_us, 0);
  for (auto c : both_corners)
    EXPECT_EQ(p.figures(c, 1).clinch_us, 2'000'000);
}

TEST(pace, scenes_show_the_style_they_are_named_for) {
  auto dominance = measure("striker_dominance");
  EXPECT_EQ(dominance.of.red.style, style::striker);
  EXPECT_EQ(dominance.of.red.knockdowns, 2);
  EXPECT_EQ(dominance.of.blue.knockdowns, 0);
  EXPECT_GT(dominance.of.red.pace_milli, 3 * dominance.of.blue.pace_milli);
  EXPECT_GT(dominance.damage.taken_ppm(corner::blue),
            4 * dominance.damage.taken_ppm(corner::red));
  auto grappler = measure("grappler_control");
  EXPECT_EQ(grappler.of.blue.style, style::grappler);
  EXPECT_EQ(grappler.of.blue.takedowns, 2);
  EXPECT_EQ(grappler.of.red.takedown_attempts, 1);
  EXPECT_EQ(grappler.of.red.takedowns, 0);
  EXPECT_EQ(grappler.of.blue.submissions, 3);
  EXPECT_EQ(grappler.of.red.control_us, 0);
  auto war = measure("war");
  for (auto c : both_corners) {
    EXPECT_EQ(war.of[c].tempo, tempo::high);
    EXPECT_EQ(war.of[c].knockdowns, 1);
  }
  EXPECT_GT(war.swings, 0);
}

} // namespace ringside::analytics::test
