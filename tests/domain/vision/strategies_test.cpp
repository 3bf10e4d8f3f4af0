#include "domain/vision/fusion/quality.hpp"
#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace ringside::fusion {
namespace {

using test::scene;
using test::seen;

std::vector<fused_event> shown(std::vector<fused_event> events) {
  std::erase_if(events, [](const fused_event& e) {
    return e.state != event_state::final || e.p.count < 500'000;
  });
  return events;
}

scene scene_of(std::string_view how) {
  scene s{test::usual_harmonizer({}, how)};
  s.beat_all(0, 5'000);
  return s;
}

TEST(strategies_test, every_name_makes_the_strategy_of_that_name) {
  std::set<std::string_view> names;
  for (auto name : strategy_names()) {
    auto made = make_strategy(name);
    ASSERT_NE(made, nullptr) << name;
    EXPECT_EQ(made->name(), name);
    EXPECT_TRUE(names.insert(name).second);
  }
  EXPECT_EQ(names.size(), 14u);
  EXPECT_EQ(make_strategy(""), nullptr);
}

TEST(strategies_test, k_of_n_needs_k_different_sources_of_one_corner) {
  auto s = scene_of("3_in_100ms");
  s.through->take(seen(0, 1, 1'000));
  s.through->take(seen(1, 1, 1'050));
  s.through->take(seen(2, 1, 1'110));
  s.through->take(seen(3, 1, 1'060, corner::blue));
  EXPECT_TRUE(shown(s.finish()).empty());
  s = scene_of("3_in_100ms");
  s.through->take(seen(0, 1, 1'000));
  s.through->take(seen(1, 1, 1'050));
  s.through->take(seen(2, 1, 1'100));
  EXPECT_EQ(shown(s.finish()).size(), 1u);
}

TEST(strategies_test, the_one_second_window_makes_one_of_a_combination) {
  for (auto [how, strikes] :
       {std::pair{"humans_2_in_1s", 1u}, std::pair{"block_bayes", 3u}}) {
    auto s = scene_of(how);
    for (int strike = 0; strike < 3; ++strike)
      for (source_index src = 0; src < 7; ++src)
        s.through->take(seen(src, static_cast<std::uint64_t>(strike + 1),
                             1'000 + 300.0 * strike));
    EXPECT_EQ(shown(s.finish()).size(), strikes) << how;
  }
}

TEST(strategies_test, cameras_do_not_count_where_only_humans_do) {
  auto s = scene_of("humans_2_in_1s");
  for (source_index src = 0; src < 5; ++src)
    s.through->take(seen(src, 1, 1'000));
  EXPECT_TRUE(shown(s.finish()).empty());
}

/// An operator and a camera who disagree about the kind.
fused_event settled_by(std::string_view how, std::int32_t human_conf,
                       std::int32_t camera_conf, std::int32_t human_severity,
                       std::int32_t camera_severity) {
  auto s = scene_of(how);
  auto camera = seen(0, 1, 1'000, corner::red, 1);
  camera.conf = ppm{camera_conf};
  camera.severity = ppm{camera_severity};
  auto human = seen(4, 1, 1'100, corner::red, 6);
  human.conf = ppm{human_conf};
  human.severity = ppm{human_severity};
  s.through->take(camera);
  s.through->take(human);
  auto events = s.finish();
  EXPECT_EQ(events.size(), 1u) << how;
  return events.at(0);
}

TEST(strategies_test, the_earlier_five_follow_their_rules) {
  EXPECT_EQ(settled_by("judge_override", 600'000, 900'000, 0, 0).kind, 6);
  EXPECT_EQ(settled_by("cv_priority", 900'000, 600'000, 0, 0).kind, 1);
  EXPECT_EQ(settled_by("weighted_confidence", 900'000, 600'000, 0, 0).kind, 6);
  EXPECT_EQ(settled_by("weighted_confidence", 600'000, 600'000, 0, 0).kind, 1);
  auto hybrid = settled_by("hybrid", 600'000, 800'000, 0, 0);
  EXPECT_EQ(hybrid.kind, 6);
  EXPECT_EQ(hybrid.p.count, 770'000);
  EXPECT_EQ(settled_by("severity_priority", 700'000, 700'000, 4, 4).kind, 1);
  EXPECT_EQ(settled_by("severity_priority", 700'000, 700'000, 4, 3).kind, 6);
}

TEST(strategies_test, alone_is_alone_for_the_earlier_five) {
  auto s = scene_of("judge_override");
  s.through->take(seen(0, 1, 1'000));
  s.through->take(seen(1, 1, 1'000));
  s.through->take(seen(4, 1, 1'250));
  EXPECT_EQ(s.finish().size(), 3u);
}

TEST(strategies_test, the_recommended_one_is_better_than_all_others) {
  auto fight = make_fight(usual_fight(3, 300));
  auto f1_of = [&](std::string_view how) {
    return judge(test::finals_of(fight, {}, how), fight.strikes, {500'000})
      .f1();
  };
  auto best = f1_of("block_bayes");
  for (auto how : strategy_names()) {
    if (how == "block_bayes")
      continue;
    EXPECT_GT(best, f1_of(how)) << how;
  }
}

} // namespace
} // namespace ringside::fusion
