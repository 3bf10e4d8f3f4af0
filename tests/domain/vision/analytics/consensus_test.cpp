#include "tests/domain/vision/analytics/scene_run.hpp"

#include <gtest/gtest.h>

namespace ringside::analytics::test {

namespace {

constexpr position standing{};
constexpr position red_top{phase_kind::hold, corner::red, hold_kind::top};
constexpr position red_back{phase_kind::hold, corner::red, hold_kind::back};
constexpr position blue_top{phase_kind::hold, corner::blue, hold_kind::top};

using said = std::vector<std::pair<ppm, position>>;

/// Cameras that vote ten times a second from `from_ms` on.
struct panel {
  position_consensus all;
  std::vector<position_interval> out;

  void hear(std::int64_t from_ms, std::int64_t to_ms, const said& votes) {
    for (auto ms = from_ms; ms < to_ms; ms += 100)
      for (std::size_t i = 0; i < votes.size(); ++i) {
        auto took
          = all.take(i, {{ms * 1'000}, votes[i].second, votes[i].first});
        ASSERT_TRUE(bool{took});
        if (*took)
          out.push_back(**took);
      }
  }

  void end(std::int64_t ms) {
    if (auto last = all.finish({ms * 1'000}))
      out.push_back(*last);
  }
};

ppm full{1'000'000};

} // namespace

TEST(position, each_fighter_has_his_side_of_it) {
  EXPECT_EQ(stance_of(standing, corner::red), stance::standing);
  EXPECT_EQ(stance_of({phase_kind::clinch}, corner::blue), stance::clinch);
  EXPECT_EQ(stance_of(red_top, corner::red), stance::top);
  EXPECT_EQ(stance_of(red_top, corner::blue), stance::bottom);
  EXPECT_EQ(stance_of(red_back, corner::red), stance::back);
  EXPECT_EQ(stance_of(red_back, corner::blue), stance::back_taken);
}

TEST(position, a_score_at_the_threshold_does_not_flicker) {
  camera cam;
  reports none;
  int changes = 0;
  position last;
  for (const auto& f : film(60, 30'000'000, [](frame&g, auto us) {
         // Around the upper threshold, then around the lower one.
         auto middle = us < 15'000'000 ? 560'000 : 400'000;
         auto swing = g.seq % 2 == 0 ? 250'000 : -250'000;
         show(g, corner::blue, action::ground_control, 0, 30'000'000,
              middle + swing);
       })) {
    ASSERT_TRUE(bool{cam.take(f, none)});
    changes += cam.vote()->position == last ? 0 : 1;
    last = cam.vote()->position;
  }
  EXPECT_EQ(changes, 1);
  EXPECT_EQ(last, blue_top);
}

TEST(position, a_short_lapse_does_not_end_control) {
  scene s = shipped("balanced");
  s.holds
    = {{10'000'000, 20'000'000, red_top}, {20'500'000, 30'000'000, red_top}};
  auto got = positions(s);
  EXPECT_EQ(got.size(), 3u);
  EXPECT_NEAR(double(control_us(got, corner::red)), 20e6, 0.5e6);
  EXPECT_EQ(control_us(got, corner::blue), 0);
}

TEST(position, two_who_control_each_other_alike_are_standing) {
  camera cam;
  reports none;
  for (const auto& f : film(30, 3'000'000, [](frame&g, auto) {
         for (auto c : both_corners)
           show(g, c, action::ground_control, 0, 3'000'000);
       }))
    ASSERT_TRUE(bool{cam.take(f, none)});
  EXPECT_EQ(cam.vote()->position, standing);
}

TEST(position, control_passes_to_the_one_who_reverses) {
  scene s = shipped("balanced");
  s.holds
    = {{10'000'000, 20'000'000, red_top}, {20'000'000, 26'000'000, blue_top}};
  auto got = positions(s);
  EXPECT_NEAR(double(control_us(got, corner::red)), 10e6, 0.5e6);
  EXPECT_NEAR(double(control_us(got, corner::blue)), 6e6, 0.5e6);
}

TEST(consensus, one_camera_is_a_majority) {
  panel p;
  p.hear(0, 5'000, {{full, standing}});
  p.hear(5'000, 9'000, {{full, red_top}});
  p.hear(9'000, 12'000, {{full, standing}});
  p.end(12'000);
  ASSERT_EQ(p.out.size(), 3u);
  EXPECT_EQ(p.out[1].position, red_top);
  EXPECT_EQ(p.out[1].start.count, 5'000'000);
  EXPECT_EQ(p.out[1].end.count, 9'000'000);
}

TEST(consensus, intervals_cover_the_time_without_a_gap) {
  panel p;
  p.hear(0, 3'000, {{full, standing}});
  p.hear(3'000, 6'000, {{full, red_top}});
  p.hear(6'000, 8'000, {{full, red_back}});
  p.hear(8'000, 9'500, {{full, blue_top}});
  p.end(10'000);
  ASSERT_EQ(p.out.size(), 4u);
  EXPECT_EQ(p.out.front().start.count, 0);
  EXPECT_EQ(p.out.back().end.count, 10'000'000);
  for (std::size_t i = 1; i < p.out.size(); ++i)
    EXPECT_EQ(p.out[i].start, p.out[i - 1].end);
}

TEST(consensus, two_good_views_outvote_one_and_poor_ones_do_not) {
  panel p;
  p.hear(0, 3'000, {{full, red_top}, {full, red_top}, {full, standing}});
  EXPECT_EQ(p.all.current(), red_top);
  panel q;
  q.hear(0, 3'000,
         {{{200'000}, red_top}, {{300'000}, red_top}, {full, standing}});
  EXPECT_EQ(q.all.current(), standing);
}

TEST(consensus, without_a_majority_nothing_changes) {
  panel p;
  p.hear(0, 3'000, {{full, red_top}});
  p.hear(3'000, 20'000, {{full, blue_top}, {full, red_top}});
  p.hear(20'000, 40'000,
         {{{900'000}, blue_top}, {{700'000}, red_back}, {{600'000}, standing}});
  EXPECT_EQ(p.all.current(), red_top);
  EXPECT_TRUE(p.out.empty());
}

TEST(consensus, a_camera_that_went_silent_has_no_vote) {
  panel p;
  p.hear(0, 3'000, {{full, red_top}, {full, red_top}, {full, standing}});
  EXPECT_EQ(p.all.current(), red_top);
  for (std::int64_t ms = 3'000; ms < 6'000; ms += 100)
    ASSERT_TRUE(bool{p.all.take(2, {{ms * 1'000}, standing, full})});
  EXPECT_EQ(p.all.current(), standing);
}

TEST(consensus, views_flickering_faster_than_the_dwell_change_nothing) {
  panel p;
  p.hear(0, 2'000, {{full, standing}});
  for (std::int64_t ms = 2'000; ms < 60'000; ms += 200) {
    p.hear(ms, ms + 100, {{full, red_top}});
    p.hear(ms + 100, ms + 200, {{full, standing}});
  }
  EXPECT_TRUE(p.out.empty());
}

TEST(consensus, blind_cameras_change_nothing) {
  panel p;
  p.hear(0, 2'000, {{full, red_top}});
  p.hear(2'000, 10'000, {{{100'000}, standing}, {{100'000}, standing}});
  EXPECT_EQ(p.all.current(), red_top);
}

TEST(consensus, votes_that_are_none_are_refused) {
  position_consensus all;
  auto field = [&](std::size_t camera, position_vote v) {
    auto took = all.take(camera, v);
    return took ? std::string{"taken"} : took.reason().field;
  };
  EXPECT_EQ(field(0, {{5'000}, standing, full}), "taken");
  EXPECT_EQ(field(32, {{5'000}, standing, full}), "camera");
  EXPECT_EQ(field(0, {{6'000}, standing, {-1}}), "view");
  EXPECT_EQ(field(0, {{4'999}, standing, full}), "at");
  EXPECT_EQ(field(0, {{-1}, standing, full}), "at");
}

TEST(consensus, three_cameras_measure_control_better_than_half_a_second) {
  auto s = shipped("multi_camera");
  auto got = positions(s);
  for (auto c : both_corners)
    EXPECT_NEAR(double(control_us(got, c)), double(counts_of(s, c).control_us),
                500'000);
}

TEST(consensus, one_camera_that_always_sees_the_wrong_corner_is_outvoted) {
  auto s = shipped("multi_camera");
  std::vector<std::vector<frame>> films;
  for (std::size_t i = 0; i < 3; ++i)
    films.push_back(frames_of(s, i));
  films[0] = mirrored(films[0]);
  std::array<camera, 3> cameras;
  std::array<std::size_t, 3> at{};
  position_consensus all;
  std::vector<position_interval> got;
  reports none;
  for (std::int64_t us = 0; us < s.length_us; us += 10'000)
    for (std::size_t i = 0; i < 3; ++i)
      while (at[i] < films[i].size() && films[i][at[i]].at.count <= us) {
        ASSERT_TRUE(bool{cameras[i].take(films[i][at[i]++], none)});
        auto took = all.take(i, *cameras[i].vote());
        ASSERT_TRUE(bool{took});
        if (*took)
          got.push_back(**took);
      }
  EXPECT_NEAR(double(control_us(got, corner::red)), 29'100'000, 700'000);
  EXPECT_EQ(control_us(got, corner::blue), 0);
}

} // namespace ringside::analytics::test
