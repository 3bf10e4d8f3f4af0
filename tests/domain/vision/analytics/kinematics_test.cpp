#include "domain/vision/analytics/kinematics.hpp"
#include "domain/vision/analytics/report_of.hpp"
#include "domain/vision/analytics/scene_body.hpp"

#include <gtest/gtest.h>

namespace ringside::analytics::test {

namespace {

constexpr settings usual;

fighter_view body(corner c, std::optional<limb_motion> limb = {},
                  pose p = pose::standing) {
  fighter_view v;
  v.skeleton = body_of(c, p, limb, pose::standing);
  v.box = box_of(*v.skeleton);
  return v;
}

/// The movement of red's limb that goes from 0 to `out_ppm` in 100 ms.
movement thrown(action a, bout::strike_target t, int fps, int out_ppm) {
  kinematics k;
  auto other = body(corner::blue);
  movement last;
  auto steps = fps / 10;
  for (int i = 0; i <= steps; ++i)
    last = k.take(body(corner::red, limb_motion{a, t, out_ppm / steps * i}),
                  &other, i == 0 ? 0 : 1'000'000 / fps, usual);
  return last;
}

std::array<std::int64_t, impact_count> seen(impact_level level,
                                            std::int64_t us) {
  std::array<std::int64_t, impact_count> out{};
  out[static_cast<std::size_t>(level)] = us;
  return out;
}

} // namespace

TEST(kinematics, the_whole_root_is_the_root) {
  for (std::int64_t n : {0, 1, 2, 3, 4, 99, 100, 101, 1'000'000'007}) {
    auto r = whole_root(n);
    EXPECT_LE(r * r, n);
    EXPECT_GT((r + 1) * (r + 1), n);
  }
  EXPECT_EQ(whole_root(-4), 0);
  EXPECT_EQ(whole_root(std::int64_t{3'000'000'000} * 3'000'000'000),
            3'000'000'000);
}

TEST(kinematics, a_fist_on_its_way_is_fast_and_a_resting_foot_is_not) {
  for (int fps : {30, 60, 120}) {
    auto m = thrown(action::punch, bout::strike_target::head, fps, 1'000'000);
    const auto& fist = m.limbs[index(action::punch)];
    ASSERT_TRUE(fist.speed_milli);
    EXPECT_GT(*fist.speed_milli, usual.fast_milli) << fps;
    EXPECT_EQ(fist.nearest, bout::strike_target::head);
    EXPECT_LT(*fist.distance_milli, 200);
    EXPECT_LT(*m.limbs[index(action::kick)].speed_milli, usual.slow_milli);
  }
}

TEST(kinematics, a_fist_pulled_back_moves_away) {
  kinematics k;
  auto other = body(corner::red);
  movement m;
  for (int i = 10; i >= 0; --i)
    m = k.take(
      body(corner::blue,
           limb_motion{action::punch, bout::strike_target::body, i * 100'000}),
      &other, i == 10 ? 0 : 16'667, usual);
  // The other fist rests; the greater of both speeds counts.
  EXPECT_LT(*m.limbs[index(action::punch)].speed_milli, usual.slow_milli);
}

TEST(kinematics, says_what_a_limb_is_aimed_at) {
  using bout::strike_target;
  for (auto t : {strike_target::head, strike_target::body, strike_target::leg})
    EXPECT_EQ(
      thrown(action::kick, t, 60, 1'000'000).limbs[index(action::kick)].nearest,
      t);
}

TEST(kinematics, hips_tell_who_is_down) {
  kinematics k;
  auto up = k.take(body(corner::red), nullptr, 0, usual);
  auto down
    = k.take(body(corner::red, {}, pose::lying), nullptr, 33'000, usual);
  EXPECT_GT(*up.hip_milli, 1'200);
  EXPECT_LT(*down.hip_milli, hip_down_milli);
}

TEST(kinematics, unsure_joints_are_not_used) {
  kinematics k;
  auto own = body(corner::red);
  auto other = body(corner::blue);
  for (auto& joint : *own.skeleton)
    joint.conf = {200'000};
  for (int i = 0; i < 3; ++i) {
    auto m = k.take(own, &other, i == 0 ? 0 : 33'000, usual);
    EXPECT_FALSE(m.hip_milli);
    for (const auto& limb : m.limbs) {
      EXPECT_FALSE(limb.speed_milli);
      EXPECT_FALSE(limb.distance_milli);
    }
  }
}

TEST(kinematics, a_joint_that_comes_back_has_not_jumped) {
  kinematics k;
  auto other = body(corner::blue);
  k.take(body(corner::red), &other, 0, usual);
  auto far
    = body(corner::red,
           limb_motion{action::punch, bout::strike_target::head, 1'000'000});
  auto m = k.take(far, &other, usual.gap_max_us + 1, usual);
  EXPECT_FALSE(m.limbs[index(action::punch)].speed_milli);
}

TEST(kinematics, flow_stands_in_for_joints) {
  kinematics k;
  fighter_view own;
  own.box = box{{600, 300}, {700, 900}};
  own.motion = place{1'000, 0};
  fighter_view other;
  other.box = box{{900, 300}, {1'000, 900}};
  auto m = k.take(own, &other, 0, usual);
  EXPECT_EQ(m.limbs[0].speed_milli, 5'000);
  own.motion = place{-1'000, 0};
  EXPECT_EQ(k.take(own, &other, 0, usual).limbs[0].speed_milli, -5'000);
}

TEST(force, is_the_highest_level_that_was_seen_long_enough) {
  EXPECT_EQ(force_of({}, std::nullopt, usual).level, impact_level::none);
  EXPECT_EQ(
    force_of(seen(impact_level::heavy, 16'000), std::nullopt, usual).level,
    impact_level::none);
  EXPECT_EQ(
    force_of(seen(impact_level::heavy, 33'000), std::nullopt, usual).level,
    impact_level::heavy);
  // A critical picture beside a light one is a light impact at least.
  EXPECT_EQ(force_of({0, 20'000, 0, 0, 16'000}, std::nullopt, usual).level,
            impact_level::light);
}

TEST(force, a_heavy_impact_of_a_resting_limb_is_one_level_less) {
  auto hit = seen(impact_level::heavy, 60'000);
  EXPECT_EQ(force_of(hit, 500, usual).level, impact_level::medium);
  EXPECT_EQ(force_of(hit, 9'000, usual).level, impact_level::heavy);
  EXPECT_EQ(force_of(seen(impact_level::medium, 60'000), 500, usual).level,
            impact_level::medium);
}

TEST(force, grows_with_speed) {
  for (auto level : {impact_level::light, impact_level::heavy}) {
    std::int32_t last = 0;
    for (int speed = 0; speed < 12'000; speed += 500) {
      auto f = force_of(seen(level, 60'000), speed, usual).severity.count;
      EXPECT_GE(f, last) << speed;
      last = f;
    }
  }
}

} // namespace ringside::analytics::test
