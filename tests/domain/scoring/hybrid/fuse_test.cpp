#include "tests/domain/scoring/hybrid/desk.hpp"

namespace ringside::scoring::hybrid::test {

namespace {

constexpr auto red = corner::red;
constexpr auto blue = corner::blue;

} // namespace

TEST(hybrid_fuse, nothing_is_nothing) {
  EXPECT_EQ(fused({}).score, fused_round{});
}

TEST(hybrid_fuse, a_strike_seen_and_tapped_counts_once) {
  auto got = fused({seen("c", 10'000), tapped("h", 10'050)});
  EXPECT_EQ(count_of(got, act::strike_head), 1'000);
  EXPECT_EQ(got.score.both, 1);
  ASSERT_EQ(got.acts.size(), 1u);
  EXPECT_EQ(got.acts[0].reports, (per_source<std::string>{"c", "h"}));
  EXPECT_EQ(got.acts[0].share, ppm{1'000'000});
  EXPECT_EQ(got.score.corners.red.total_ppm, 68'950);
}

TEST(hybrid_fuse, one_side_alone_counts_its_weight) {
  EXPECT_EQ(count_of(fused({seen("c", 0)}), act::strike_head), 700);
  EXPECT_EQ(count_of(fused({tapped("h", 0)}), act::strike_head), 300);
  auto apart = fused({seen("c", 10'000), tapped("h", 10'386)});
  EXPECT_EQ(apart.acts.size(), 2u);
  EXPECT_EQ(apart.score.alone, (per_source<std::int32_t>{1, 1}));
}

TEST(hybrid_fuse, a_side_that_watches_alone_counts_in_full) {
  std::vector<evidence> all{seen("c", 0), tapped("h", 0), tapped("i", 9'000)};
  EXPECT_EQ(count_of(fused(all, coverage::camera_only), act::strike_head),
            1'000);
  EXPECT_EQ(count_of(fused(all, coverage::human_only), act::strike_head),
            2'000);
}

TEST(hybrid_fuse, two_people_or_two_cameras_are_not_twice_as_much) {
  auto second = tapped("h2", 10'100);
  second.reporter = "op2";
  auto angle = seen("c2", 10'020);
  angle.reporter = "cam2";
  angle.confidence = {700'000};
  auto got = fused({seen("c", 10'000), angle, tapped("h", 10'000), second});
  EXPECT_EQ(count_of(got, act::strike_head), 1'000);
  EXPECT_EQ(got.acts.size(), 1u);
  EXPECT_EQ(got.acts[0].reports.camera, "c");
}

TEST(hybrid_fuse, one_reporter_means_two_acts_by_two_reports) {
  auto got = fused({seen("c1", 10'000), seen("c2", 10'150),
                    tapped("h1", 10'020), tapped("h2", 10'200)});
  EXPECT_EQ(count_of(got, act::strike_head), 2'000);
  EXPECT_EQ(got.score.both, 2);
}

TEST(hybrid_fuse, a_combination_is_paired_as_a_whole) {
  // The nearest pair first would leave two acts with nobody.
  auto got = fused({seen("c1", 10'000), seen("c2", 10'200),
                    tapped("h1", 10'180), tapped("h2", 10'580)});
  EXPECT_EQ(got.score.both, 2);
  ASSERT_EQ(got.acts.size(), 2u);
  EXPECT_EQ(got.acts[0].reports, (per_source<std::string>{"c1", "h1"}));
}

TEST(hybrid_fuse, the_same_act_by_name_counts_once_at_any_distance) {
  auto c = seen("c", 10'000);
  auto h = tapped("h", 14'000);
  c.act_id = h.act_id = "act7";
  EXPECT_EQ(fused({c, h}).score.both, 1);
  auto again = seen("c_again", 20'000);
  again.act_id = "act7";
  again.confidence = {900'000};
  auto got = fused({c, h, again});
  EXPECT_EQ(got.acts.size(), 1u);
  EXPECT_EQ(count_of(got, act::strike_head), 1'000);
}

TEST(hybrid_fuse, different_kinds_share_one_act) {
  auto got = fused({seen("c", 10'000, act::knockdown_hard),
                    tapped("h", 11'000, act::knockdown_flash)});
  EXPECT_EQ(count_of(got, act::knockdown_hard), 700);
  EXPECT_EQ(count_of(got, act::knockdown_flash), 300);
  EXPECT_EQ(got.score.both, 1);
  EXPECT_EQ(got.acts[0].act, act::knockdown_hard);
  // A takedown is no strike, however near.
  auto apart = fused({seen("c", 10'000), tapped("h", 10'000, act::takedown)});
  EXPECT_EQ(apart.acts.size(), 2u);
}

TEST(hybrid_fuse, corners_are_never_joined_by_time) {
  auto got
    = fused({seen("c", 10'000), tapped("h", 10'000, act::strike_head, blue)});
  EXPECT_EQ(got.acts.size(), 2u);
  EXPECT_EQ(count_of(got, act::strike_head, red), 700);
  EXPECT_EQ(count_of(got, act::strike_head, blue), 300);
}

TEST(hybrid_fuse, sides_that_differ_about_the_corner_of_one_act_share_it) {
  auto c = seen("c", 10'000);
  auto h = tapped("h", 10'000, act::strike_head, blue);
  c.act_id = h.act_id = "a";
  auto got = fused({c, h});
  EXPECT_EQ(got.acts.size(), 1u);
  EXPECT_EQ(got.acts[0].corner, red);
  EXPECT_EQ(count_of(got, act::strike_head, red), 700);
  EXPECT_EQ(count_of(got, act::strike_head, blue), 300);
}

TEST(hybrid_fuse, confidence_fades_in_above_its_floor) {
  auto count = [](std::int32_t confidence) {
    auto e = seen("c", 0);
    e.confidence = {confidence};
    return count_of(fused({e}), act::strike_head);
  };
  EXPECT_EQ(count(0), 0);
  EXPECT_EQ(count(400'000), 0);
  EXPECT_EQ(count(500'000), 175);
  EXPECT_EQ(count(600'000), 420);
  EXPECT_EQ(count(1'000'000), 700);
  auto e = seen("c", 0);
  e.confidence = {400'000};
  EXPECT_TRUE(fused({e}).acts.empty());
}

TEST(hybrid_fuse, every_moment_of_control_counts_once_per_side) {
  auto got
    = fused({held(seen("c1", 10'000), 20'000), held(seen("c2", 20'000), 20'000),
             held(tapped("h", 9'700), 30'000)});
  // Cameras 10 to 40 s, people 10 to 40 s.
  EXPECT_EQ(got.score.corners.red.control, round_ms{30'000});
  EXPECT_EQ(got.score.corners.red.total_ppm, 96'240);
  EXPECT_TRUE(got.acts.empty());
}

TEST(hybrid_fuse, control_does_not_depend_on_how_it_is_cut) {
  auto whole = fused({held(seen("c", 0), 600'000)});
  auto cut
    = fused({held(seen("c", 0), 250'000), held(seen("d", 250'000), 50'000),
             held(seen("e", 300'000), 300'000)});
  EXPECT_EQ(whole.score, cut.score);
  EXPECT_EQ(whole.score.corners.red.control, round_ms{420'000});
}

TEST(hybrid_fuse, the_surest_stretch_of_control_counts) {
  auto unsure = held(seen("a", 0), 10'000);
  unsure.confidence = {600'000};
  auto sure = held(seen("b", 4'000), 2'000);
  auto got = fused({unsure, sure});
  EXPECT_EQ(got.score.corners.red.control,
            round_ms{700 * (6 * 8 + 10 * 2) / 10});
}

TEST(hybrid_fuse, a_cap_holds_for_each_fighter_alone) {
  std::vector<evidence> flood;
  for (int i = 0; i < 40; ++i) {
    flood.push_back(
      seen("c" + std::to_string(i), 5'000 * i, act::knockdown_near_finish));
    flood.push_back(
      tapped("h" + std::to_string(i), 5'000 * i, act::knockdown_near_finish));
  }
  flood.push_back(seen("b", 0, act::knockdown_hard, blue));
  auto got = fused(flood);
  EXPECT_EQ(got.score.corners.red.weight_ppm[0], 10'000'000);
  EXPECT_EQ(got.score.corners.blue.weight_ppm[0], 463'050);
}

} // namespace ringside::scoring::hybrid::test
