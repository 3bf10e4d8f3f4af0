#include "tests/domain/scoring/normalise/profiles.hpp"

#include "domain/scoring/normalise/round_caps.hpp"

#include <gtest/gtest.h>

namespace ringside::scoring::normalise::test {

namespace {

profile sound() {
  return *shipped("normalise_default");
}

std::string field_of(const profile& p) {
  auto got = validate(p);
  return got ? "" : got.reason().field;
}

std::int64_t peer_weight(act what, std::int32_t severity,
                         std::int32_t confidence) {
  round_caps caps{bout_id{"b1"}, 1, shipped("peer_caps")};
  auto got = caps.weigh(report_of(what, severity, confidence));
  EXPECT_TRUE(got);
  EXPECT_EQ(got->weight.count,
            std::min<std::int64_t>(got->unbounded_ppm, 1'000'000));
  return got->unbounded_ppm;
}

} // namespace

TEST(normalise_profile, the_earlier_system_gives_its_vectors) {
  EXPECT_EQ(peer_weight(act::knockdown_near_finish, 1'000'000, 1'000'000),
            1'567'500);
  EXPECT_EQ(peer_weight(act::knockdown_near_finish, 500'000, 800'000), 950'000);
  EXPECT_EQ(peer_weight(act::strike, 600'000, 900'000), 121'000);
  EXPECT_EQ(peer_weight(act::strike, 600'000, 500'000), 99'000);
  EXPECT_EQ(peer_weight(act::other, 1'000'000, 1'000'000), 165'000);
  EXPECT_EQ(peer_weight(act::takedown, 500'000, 700'000), 200'000);
}

TEST(normalise_profile, the_earlier_system_jumps_and_so_only_compares) {
  auto p = *shipped("peer_caps");
  EXPECT_EQ(factor_at(p.confidence, {699'999}), 900'000);
  EXPECT_EQ(factor_at(p.confidence, {700'000}), 1'000'000);
  EXPECT_TRUE(validate(p));
  p.comparison = false;
  EXPECT_EQ(field_of(p), "confidence");
}

TEST(normalise_profile, a_curve_is_straight_between_its_points) {
  auto c = sound().severity;
  EXPECT_EQ(factor_at(c, {0}), 500'000);
  EXPECT_EQ(factor_at(c, {250'000}), 750'000);
  EXPECT_EQ(factor_at(c, {500'000}), 1'000'000);
  EXPECT_EQ(factor_at(c, {500'001}), 1'000'000);
  EXPECT_EQ(factor_at(c, {750'000}), 1'075'000);
  EXPECT_EQ(factor_at(c, {1'000'000}), 1'150'000);
  EXPECT_EQ(factor_at(c, {-5}), 500'000);
  EXPECT_EQ(factor_at(c, {2'000'000}), 1'150'000);
}

TEST(normalise_profile, refuses_curves_that_fall_jump_or_end_early) {
  auto p = sound();
  p.confidence = {{0, 500'000}, {1'000'000, 400'000}};
  EXPECT_EQ(field_of(p), "confidence");
  p.confidence = {{0, 0}, {10'000, 200'001}, {1'000'000, 200'001}};
  EXPECT_EQ(field_of(p), "confidence");
  p.confidence[1].factor_ppm = p.confidence[2].factor_ppm = 200'000;
  EXPECT_EQ(field_of(p), "");
  for (curve bad : {curve{},
                    {{0, 0}},
                    {{0, 0}, {999'999, 1}},
                    {{1, 0}, {1'000'000, 1}},
                    {{0, 0}, {500'000, 1}, {500'000, 1}, {1'000'000, 1}},
                    {{0, -1}, {1'000'000, 1}},
                    {{0, 0}, {1'000'000, 2'000'001}}}) {
    p.severity = bad;
    EXPECT_EQ(field_of(p), "severity");
  }
}

TEST(normalise_profile, refuses_weights_and_caps_out_of_range) {
  auto p = sound();
  p.weights[0].weight_ppm = -1;
  EXPECT_EQ(field_of(p), "weights.knockdown_flash");
  // 900'000 at the highest severity is more than one.
  p.weights[0].weight_ppm = 900'000;
  EXPECT_EQ(field_of(p), "weights.knockdown_flash");
  p = sound();
  p.cap_ppm[3] = -1;
  EXPECT_EQ(field_of(p), "caps_ppm.defence");
  p = sound();
  p.version = 0;
  EXPECT_EQ(field_of(p), "version");
  p.id = "../x";
  EXPECT_EQ(field_of(p), "id");
}

TEST(normalise_profile, a_version_in_use_keeps_its_numbers) {
  auto now = sound();
  auto next = now;
  EXPECT_TRUE(may_replace(now, next));
  next.weights[5].weight_ppm += 1;
  EXPECT_EQ(may_replace(now, next).reason().code, ec::wrong_state);
  next.version = 2;
  EXPECT_TRUE(may_replace(now, next));
  // Back again.
  EXPECT_TRUE(may_replace(next, now));
  next.cap_ppm[0] = -1;
  EXPECT_EQ(may_replace(now, next).reason().code, ec::invalid_value);
}

} // namespace ringside::scoring::normalise::test
