#include "domain/vision/analytics/smoothing.hpp"
#include "tests/domain/vision/analytics/scene_run.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace ringside::analytics::test {

namespace {

constexpr std::array rates{15, 24, 25, 30, 50, 60, 120};

/// A score that rises and falls over `length_us` around `at_us`.
void bump(frame& f, corner c, action a, std::int64_t at_us,
          std::int64_t length_us, int top = 920'000) {
  auto u = double(f.at.count - at_us) / (double(length_us) / 2);
  if (std::abs(u) < 1)
    f.fighters[c]->score_ppm[index(a)] = int(top * (1 - u * u));
}

} // namespace

TEST(smoothing, decays_as_e_to_the_minus_t) {
  for (std::int64_t dt : {100, 5'000, 16'667, 33'333, 66'667, 100'000, 400'000})
    for (std::int64_t tau : {35'000, 100'000, 250'000, 10'000'000}) {
      auto exact = 1e6 * std::exp(-double(dt) / double(tau));
      EXPECT_NEAR(decay_ppm(dt, tau), exact, 1'000) << dt << " of " << tau;
    }
  EXPECT_EQ(decay_ppm(0, 35'000), 1'000'000);
  EXPECT_EQ(decay_ppm(-5, 35'000), 1'000'000);
  EXPECT_EQ(decay_ppm(5, 0), 0);
  EXPECT_EQ(decay_ppm(std::int64_t{1} << 60, 35'000), 0);
}

TEST(smoothing, does_not_depend_on_how_often_it_is_sampled) {
  for (int fps : rates) {
    smoothed s;
    for (int i = 0; i < fps / 5; ++i)
      s.take(1'000'000, 1'000'000 / fps, 100'000);
    auto after = (fps / 5) * (1'000'000 / fps);
    EXPECT_NEAR(double(s.value()), 1e6 * (1 - std::exp(-after / 1e5)), 4'000)
      << fps;
  }
}

TEST(segmenter, one_held_punch_is_one_event) {
  for (int fps : rates) {
    auto got = watch(film(fps, 3'000'000, [](frame& f, auto) {
      show(f, corner::red, action::punch, 1'000'000, 1'400'000);
    }));
    ASSERT_EQ(got.size(), 1u) << fps;
    EXPECT_EQ(got[0].by, corner::red);
    EXPECT_EQ(got[0].what, action::punch);
    EXPECT_NEAR(double(got[0].at.count), 1'200'000, 40'000) << fps;
  }
}

TEST(segmenter, a_score_that_never_falls_is_told_once) {
  auto got = watch(film(30, 60'000'000, [](frame& f, auto) {
    show(f, corner::blue, action::kick, 1'000'000, 60'000'000);
  }));
  ASSERT_EQ(got.size(), 1u);
  EXPECT_LE(elapsed(got[0].start, got[0].end).count, 1'600'000);
}

TEST(segmenter, a_model_that_wavers_between_classes_saw_one_strike) {
  auto got = watch(film(60, 2'000'000, [](frame& f, auto) {
    auto odd = f.seq % 2 == 1;
    show(f, corner::red, odd ? action::punch : action::elbow, 800'000,
         1'000'000);
    show(f, corner::red, odd ? action::elbow : action::punch, 800'000,
         1'000'000, 60'000);
  }));
  ASSERT_EQ(got.size(), 1u);
  auto punch = got[0].label_ppm[index(action::punch)];
  auto elbow = got[0].label_ppm[index(action::elbow)];
  EXPECT_EQ(punch + elbow, 1'000'000);
  EXPECT_NEAR(punch, 500'000, 100'000);
}

TEST(segmenter, one_picture_is_a_glitch_in_every_class) {
  for (int fps : rates)
    for (std::size_t a = 0; a < action_count; ++a) {
      auto got = watch(film(fps, 2'000'000, [&](frame& f, auto) {
        if (f.seq == static_cast<std::uint64_t>(fps))
          f.fighters.red->score_ppm[a] = 1'000'000;
      }));
      EXPECT_TRUE(got.empty()) << fps << " " << a;
    }
}

TEST(segmenter, one_picture_with_an_impact_is_a_strike) {
  auto got = watch(film(15, 2'000'000, [&](frame& f, auto) {
    if (f.seq != 15)
      return;
    f.fighters.red->score_ppm[0] = 1'000'000;
    f.fighters.red->impact = impact_level::medium;
  }));
  ASSERT_EQ(got.size(), 1u);
  EXPECT_TRUE(got[0].landed);
}

TEST(segmenter, a_knockdown_picture_among_punches_is_no_knockdown) {
  auto got = watch(film(30, 3'000'000, [&](frame& f, auto) {
    bump(f, corner::red, action::punch, 1'000'000, 200'000);
    if (f.seq == 31)
      f.fighters.blue->score_ppm[index(action::knockdown)] = 1'000'000;
  }));
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].what, action::punch);
}

TEST(segmenter, two_punches_of_a_combination_are_two) {
  for (int fps : rates) {
    auto got = watch(film(fps, 3'000'000, [](frame& f, auto us) {
      auto second = us > 1'140'000;
      bump(f, corner::red, action::punch, second ? 1'280'000 : 1'000'000,
           200'000);
    }));
    ASSERT_EQ(got.size(), 2u) << fps;
    EXPECT_NEAR(double(got[0].at.count), 1'000'000, 40'000) << fps;
    EXPECT_NEAR(double(got[1].at.count), 1'280'000, 40'000) << fps;
  }
}

TEST(segmenter, a_dip_without_a_pause_parts_two_actions) {
  auto got = watch(film(60, 3'000'000, [](frame& f, auto us) {
    auto second = us > 1'110'000;
    bump(f, corner::red, action::punch, second ? 1'220'000 : 1'000'000,
         270'000);
  }));
  EXPECT_EQ(got.size(), 2u);
}

TEST(segmenter, a_lost_picture_inside_an_action_does_not_part_it) {
  for (int fps : {30, 60})
    for (int lost = 0; lost < 12; ++lost) {
      auto got = watch(film(fps, 2'000'000, [&](frame& f, auto us) {
        bump(f, corner::red, action::kick, 1'000'000, 400'000);
        auto at = 800'000 + lost * 33'000;
        if (us >= at && us < at + 1'000'000 / fps)
          f.fighters.red->score_ppm = {};
      }));
      EXPECT_EQ(got.size(), 1u) << fps << " " << lost;
    }
}

TEST(segmenter, both_fighters_at_once_are_two_events) {
  auto got = watch(film(30, 2'000'000, [](frame& f, auto) {
    for (auto c : both_corners)
      bump(f, c, action::punch, 1'000'000, 200'000);
  }));
  ASSERT_EQ(got.size(), 2u);
  EXPECT_NE(got[0].by, got[1].by);
}

TEST(segmenter, faint_scores_are_nothing) {
  auto got = watch(film(60, 5'000'000, [](frame& f, auto) {
    show(f, corner::red, action::punch, 1'000'000, 4'000'000, 480'000);
  }));
  EXPECT_TRUE(got.empty());
}

TEST(segmenter, contradictory_settings_are_refused) {
  EXPECT_TRUE(bool{validate(settings{})});
  auto refused = [](auto change) {
    settings s;
    change(s);
    auto sound = validate(s);
    return !sound && sound.reason().code == ec::invalid_value
           && !sound.reason().field.empty();
  };
  EXPECT_TRUE(refused([](settings& s) { s.families[0].off_ppm = 600'000; }));
  EXPECT_TRUE(refused([](settings& s) { s.families[2].valley_ppm = 0; }));
  EXPECT_TRUE(refused([](settings& s) { s.families[1].tau_us = 0; }));
  EXPECT_TRUE(refused([](settings& s) { s.refractory_us[3] = -1; }));
  EXPECT_TRUE(refused([](settings& s) { s.state_on_ppm = 100'000; }));
  EXPECT_TRUE(refused([](settings& s) { s.frames_min = 0; }));
  EXPECT_TRUE(refused([](settings& s) { s.fast_milli = 0; }));
  EXPECT_TRUE(refused([](settings& s) { s.gap_max_us = 10'000; }));
  EXPECT_TRUE(refused([](settings& s) { s.down_max_us = 0; }));
}

} // namespace ringside::analytics::test
