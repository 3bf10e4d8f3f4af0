#include "domain/vision/analytics/report_of.hpp"
#include "tests/domain/vision/analytics/scene_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ringside::analytics::test {

namespace {

/// A scene of one camera without noise.
scene quiet(std::vector<scene_action> actions,
            std::vector<scene_hold> holds = {}) {
  scene s;
  s.id = "quiet";
  s.length_us = 20'000'000;
  s.actions = std::move(actions);
  s.holds = std::move(holds);
  s.cameras.emplace_back();
  s.cameras[0].joint_milli = 0;
  return s;
}

scene_action strike(std::int64_t ms, corner c, action a, impact_level i) {
  return {ms * 1'000, c, a, i};
}

const event_report* first(const reports& in, action a) {
  auto at = std::find_if(in.begin(), in.end(),
                         [&](const auto& r) { return r.what == a; });
  return at == in.end() ? nullptr : &*at;
}

std::optional<knockdown_tier> tier(impact_level i, std::int64_t down_ms) {
  auto got = watch(frames_of(
    quiet({strike(5'000, corner::red, action::punch, i),
           {5'400'000, corner::red, action::knockdown, impact_level::none,
            bout::strike_target::head, 0, down_ms * 1'000}})));
  const auto* down = first(got, action::knockdown);
  if (down == nullptr || down->by != corner::red)
    return std::nullopt;
  return down->tier;
}

scene_hold hold(std::int64_t from_ms, std::int64_t to_ms, corner c) {
  return {from_ms * 1'000, to_ms * 1'000, {phase_kind::hold, c}};
}

std::string refusal(frame f, camera& cam) {
  reports none;
  auto before = cam.counts().frames;
  auto took = cam.take(f, none);
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(cam.counts().frames, before);
  if (took)
    return "taken";
  EXPECT_EQ(took.reason().code, ec::invalid_value);
  EXPECT_NE(took.reason().detail, "");
  return took.reason().field;
}

} // namespace

TEST(camera, a_longer_or_harder_fall_is_never_a_lower_tier) {
  EXPECT_EQ(tier(impact_level::medium, 900), knockdown_tier::flash);
  EXPECT_EQ(tier(impact_level::heavy, 1'500), knockdown_tier::hard);
  EXPECT_EQ(tier(impact_level::critical, 3'500), knockdown_tier::near_finish);
  EXPECT_LE(tier(impact_level::heavy, 1'000), tier(impact_level::heavy, 3'800));
}

TEST(camera, a_knockdown_is_told_at_once_and_judged_when_he_is_up) {
  auto frames = frames_of(
    quiet({strike(5'000, corner::blue, action::kick, impact_level::critical),
           {5'400'000, corner::blue, action::knockdown, impact_level::none,
            bout::strike_target::head, 0, 3'500'000}}));
  camera cam;
  reports all;
  std::vector<std::int64_t> told;
  for (const auto& f : frames) {
    auto n = all.size();
    ASSERT_TRUE(bool{cam.take(f, all)});
    for (; n < all.size(); ++n)
      if (all[n].what == action::knockdown) {
        told.push_back(f.at.count);
        EXPECT_EQ(all[n].by, corner::blue);
        EXPECT_EQ(all[n].rev, told.size());
        EXPECT_EQ(all[n].final, told.size() == 2);
      }
  }
  ASSERT_EQ(told.size(), 2u);
  EXPECT_LT(told[0], 6'200'000);
  EXPECT_GT(told[1], 8'500'000);
  EXPECT_LT(told[1], 10'000'000);
}

TEST(camera, the_tier_comes_without_joints_too) {
  auto s
    = quiet({strike(5'000, corner::red, action::punch, impact_level::heavy),
             {5'400'000, corner::red, action::knockdown, impact_level::none,
              bout::strike_target::head, 0, 3'900'000}});
  s.cameras[0].joint_milli = -1;
  auto got = watch(frames_of(s));
  const auto* down = first(got, action::knockdown);
  ASSERT_NE(down, nullptr);
  EXPECT_EQ(down->tier, knockdown_tier::near_finish);
}

TEST(camera, who_is_thrown_was_not_knocked_down) {
  auto throw_him = [](impact_level i) {
    auto got = watch(frames_of(
      quiet({strike(4'700, corner::red, action::punch, i),
             {5'000'000, corner::red, action::takedown},
             {5'400'000, corner::red, action::knockdown, impact_level::none,
              bout::strike_target::head, 0, 2'000'000}})));
    return first(got, action::knockdown) != nullptr;
  };
  EXPECT_FALSE(throw_him(impact_level::light));
  EXPECT_TRUE(throw_him(impact_level::critical));
}

TEST(camera, a_takedown_has_landed_if_control_follows) {
  auto s = quiet({{5'000'000, corner::blue, action::takedown},
                  {12'000'000, corner::blue, action::takedown}},
                 {hold(5'800, 9'000, corner::blue)});
  auto got = watch(frames_of(s));
  ASSERT_EQ(got.size(), 2u);
  EXPECT_TRUE(got[0].landed);
  EXPECT_FALSE(got[1].landed);
  for (const auto& r : got) {
    EXPECT_EQ(r.by, corner::blue);
    EXPECT_EQ(r.rev, 2u);
  }
}

TEST(camera, control_by_the_other_one_is_no_landed_takedown) {
  auto got
    = watch(frames_of(quiet({{5'000'000, corner::blue, action::takedown}},
                            {hold(5'800, 9'000, corner::red)})));
  ASSERT_EQ(got.size(), 1u);
  EXPECT_FALSE(got[0].landed);
}

TEST(camera, a_strike_that_misses_has_no_force) {
  auto got = watch(frames_of(
    quiet({strike(5'000, corner::red, action::punch, impact_level::none),
           strike(6'000, corner::red, action::punch, impact_level::medium)})));
  ASSERT_EQ(got.size(), 2u);
  EXPECT_FALSE(got[0].landed);
  EXPECT_EQ(got[0].severity.count, 0);
  EXPECT_TRUE(got[1].landed);
  EXPECT_EQ(got[1].impact, impact_level::medium);
}

TEST(camera, exchanged_corners_mirror_every_report) {
  for (const auto* id : {"balanced", "war", "grappler_control"}) {
    auto frames = frames_of(shipped(id));
    auto straight = mirrored(watch(frames));
    auto crossed = watch(mirrored(frames));
    auto by_time = [](const auto& a, const auto& b) {
      return std::tie(a.at, a.by, a.what) < std::tie(b.at, b.by, b.what);
    };
    for (auto* list : {&straight, &crossed}) {
      // Numbers follow the order within one picture.
      for (auto& r : *list)
        r.seq = 0;
      std::sort(list->begin(), list->end(), by_time);
    }
    EXPECT_EQ(straight, crossed) << id;
  }
}

TEST(camera, the_same_pictures_give_the_same_reports) {
  auto frames = frames_of(shipped("war"));
  EXPECT_EQ(watch(frames), watch(frames_of(shipped("war"))));
}

TEST(camera, a_hole_in_the_stream_joins_nothing) {
  auto got = watch([] {
    auto all = film(30, 4'000'000, [](frame& f, auto) {
      show(f, corner::red, action::punch, 900'000, 1'020'000);
      show(f, corner::red, action::punch, 3'000'000, 3'150'000);
    });
    std::erase_if(all, [](const frame& f) {
      return f.at.count > 1'000'000 && f.at.count < 3'000'000;
    });
    return all;
  }());
  ASSERT_EQ(got.size(), 2u);
  EXPECT_LE(got[0].end.count, 1'000'000);
  EXPECT_GE(got[1].start.count, 3'000'000);
}

TEST(camera, a_hole_settles_an_open_knockdown) {
  camera cam;
  reports all;
  for (const auto& f : film(30, 2'500'000, [](frame&g, auto) {
         show(g, corner::red, action::knockdown, 1'000'000, 1'800'000);
       }))
    ASSERT_TRUE(bool{cam.take(f, all)});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_FALSE(all[0].final);
  ASSERT_TRUE(bool{cam.take(blank(1'000, 9'000'000), all)});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_TRUE(all[1].final);
  EXPECT_EQ(all[1].by, corner::blue);
  EXPECT_EQ(cam.counts().breaks, 1u);
  EXPECT_EQ(cam.counts().missing, 1'000u - 75 - 1);
}

TEST(camera, a_fighter_out_of_sight_stops_nothing_of_the_other) {
  auto got = watch(film(30, 3'000'000, [](frame& f, auto us) {
    show(f, corner::red, action::punch, 1'500'000, 1'700'000);
    if (us > 1'000'000)
      f.fighters.blue.reset();
  }));
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].by, corner::red);
}

TEST(camera, garbage_is_refused_with_the_field_and_changes_nothing) {
  camera cam;
  reports none;
  ASSERT_TRUE(bool{cam.take(blank(5, 1'000'000), none)});
  auto with = [](auto change) {
    auto f = blank(6, 1'033'000);
    change(f);
    return f;
  };
  auto red = [](frame& f) -> fighter_view& { return *f.fighters.red; };
  EXPECT_EQ(refusal(with([](frame& f) { f.seq = 5; }), cam), "seq");
  EXPECT_EQ(refusal(with([](frame& f) { f.seq = 0; }), cam), "seq");
  EXPECT_EQ(refusal(with([](frame& f) { f.at.count = 1'000'000; }), cam), "at");
  EXPECT_EQ(refusal(with([](frame& f) { f.at.count = -1; }), cam), "at");
  EXPECT_EQ(refusal(with([](frame& f) { f.at.count = INT64_MAX; }), cam), "at");
  EXPECT_EQ(refusal(with([](frame& f) { f.err_us = -1; }), cam), "err_us");
  EXPECT_EQ(refusal(with([](frame& f) { f.view.count = 1'000'001; }), cam),
            "view");
  EXPECT_EQ(refusal(with([&](frame& f) { red(f).score_ppm[4] = -1; }), cam),
            "red.score_ppm.takedown");
  EXPECT_EQ(
    refusal(with([](frame& f) { f.fighters.blue->score_ppm[0] = 1'000'001; }),
            cam),
    "blue.score_ppm.punch");
  EXPECT_EQ(refusal(with([&](frame& f) {
                      red(f).impact = static_cast<impact_level>(9);
                    }),
                    cam),
            "red.impact");
  EXPECT_EQ(
    refusal(with([&](frame& f) { red(f).hold = static_cast<hold_kind>(9); }),
            cam),
    "red.hold");
  EXPECT_EQ(refusal(with([&](frame& f) { red(f).box = box{}; }), cam),
            "red.box");
  EXPECT_EQ(refusal(with([&](frame& f) {
                      red(f).box = box{{0, 0}, {10, 70'000}};
                    }),
                    cam),
            "red.box");
  EXPECT_EQ(refusal(with([&](frame& f) {
                      red(f).skeleton.emplace()[9].conf.count = -4;
                    }),
                    cam),
            "red.skeleton[9]");
  EXPECT_EQ(refusal(with([&](frame& f) {
                      red(f).skeleton.emplace()[2].at.x_milli = INT32_MIN;
                    }),
                    cam),
            "red.skeleton[2]");
  EXPECT_EQ(refusal(with([&](frame& f) {
                      red(f).motion = place{INT32_MAX, 0};
                    }),
                    cam),
            "red.motion");
  EXPECT_EQ(cam.counts().refused, 16u);
  EXPECT_TRUE(bool{cam.take(blank(6, 1'033'000), none)});
}

} // namespace ringside::analytics::test
