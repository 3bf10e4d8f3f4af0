#include "domain/scoring/normalise/round_caps.hpp"
#include "tests/domain/scoring/normalise/profiles.hpp"

#include <gtest/gtest.h>

namespace ringside::scoring::normalise::test {

namespace {

constexpr auto red = corner::red;
constexpr auto blue = corner::blue;

round_caps caps_of(std::shared_ptr<const profile> p, int round = 1,
                   const std::string& bout = "b1") {
  return round_caps{bout_id{bout}, round, std::move(p)};
}

/// The default with a cap on damage that three head strikes reach.
std::shared_ptr<const profile> tight() {
  auto p = *shipped("normalise_default");
  p.cap_ppm[0] = 150'000;
  return std::make_shared<const profile>(p);
}

std::int64_t counted(round_caps& caps, const report& r) {
  auto got = caps.weigh(r);
  EXPECT_TRUE(got) << got.reason().detail;
  return got ? got->counted.count : -1;
}

} // namespace

TEST(normalise_caps, every_answer_names_profile_and_version) {
  auto caps = caps_of(shipped("normalise_default"));
  auto got = caps.weigh(report_of(act::strike_head, 500'000, 800'000));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->profile, "normalise_default");
  EXPECT_EQ(got->version, 1);
  EXPECT_EQ(got->category, category::damage);
  EXPECT_EQ(got->weight, ppm{55'160});
  EXPECT_EQ(got->counted, got->weight);
}

TEST(normalise_caps, the_last_report_under_a_cap_counts_in_part) {
  auto caps = caps_of(tight());
  auto r = report_of(act::strike_head, 500'000, 1'000'000);
  EXPECT_EQ(counted(caps, r), 68'950);
  EXPECT_EQ(counted(caps, r), 68'950);
  EXPECT_EQ(counted(caps, r), 150'000 - 2 * 68'950);
  EXPECT_EQ(counted(caps, r), 0);
  EXPECT_EQ(caps.used_ppm(red, category::damage), 150'000);
}

TEST(normalise_caps, case_31_one_fighter_does_not_use_up_the_cap_of_another) {
  auto caps = caps_of(tight());
  auto r = report_of(act::knockdown_hard, 500'000, 1'000'000);
  EXPECT_EQ(counted(caps, r), 150'000);
  EXPECT_EQ(counted(caps, r), 0);
  r.corner = blue;
  EXPECT_EQ(counted(caps, r), 150'000);
  EXPECT_EQ(caps.used_ppm(red, category::damage), 150'000);
}

TEST(normalise_caps, case_31_rounds_and_bouts_have_caps_of_their_own) {
  auto p = tight();
  auto r = report_of(act::knockdown_hard, 500'000, 1'000'000);
  auto first = caps_of(p);
  EXPECT_EQ(counted(first, r), 150'000);
  auto second = caps_of(p, 2);
  r.round = 2;
  EXPECT_EQ(counted(second, r), 150'000);
  auto other = caps_of(p, 1, "b2");
  r.bout = bout_id{"b2"};
  r.round = 1;
  EXPECT_EQ(counted(other, r), 150'000);
  // And none of them takes what belongs to another.
  EXPECT_EQ(first.weigh(r).reason().field, "bout");
  r.bout = bout_id{"b1"};
  r.round = 2;
  EXPECT_EQ(first.weigh(r).reason().field, "round");
  EXPECT_EQ(first.weigh(r).reason().code, ec::not_found);
  EXPECT_EQ(first.used_ppm(red, category::damage), 150'000);
}

TEST(normalise_caps, categories_have_caps_of_their_own) {
  auto caps = caps_of(tight());
  counted(caps, report_of(act::knockdown_hard, 500'000, 1'000'000));
  EXPECT_EQ(counted(caps, report_of(act::takedown, 500'000, 1'000'000)),
            143'500);
}

TEST(normalise_caps, control_weighs_by_its_length) {
  auto caps = caps_of(shipped("normalise_default"));
  auto r = report_of(act::control, 500'000, 1'000'000);
  r.lasted = round_ms{1'500};
  EXPECT_EQ(counted(caps, r), 4'812);
  r.lasted = round_ms{300'000};
  EXPECT_EQ(counted(caps, r), 962'400);
  r.lasted = round_ms{3'600'000};
  auto got = caps.weigh(r);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->weight, ppm{1'000'000});
  EXPECT_EQ(got->unbounded_ppm, 11'548'800);
}

TEST(normalise_caps, what_cannot_be_is_refused_and_counts_nothing) {
  auto caps = caps_of(shipped("normalise_default"));
  auto field = [&](report r) {
    auto got = caps.weigh(r);
    return got ? "taken" : got.reason().field;
  };
  EXPECT_EQ(field(report_of(act::rocked, -1, 0)), "severity");
  EXPECT_EQ(field(report_of(act::rocked, 1'000'001, 0)), "severity");
  EXPECT_EQ(field(report_of(act::rocked, 0, 1'000'001)), "confidence");
  auto r = report_of(act::control, 500'000, 500'000);
  r.lasted = round_ms{-1};
  EXPECT_EQ(field(r), "lasted");
  r.lasted = round_ms{3'600'001};
  EXPECT_EQ(field(r), "lasted");
  r.lasted = round_ms{1};
  r.act = act::takedown;
  EXPECT_EQ(field(r), "lasted");
  EXPECT_EQ(caps.used_ppm(red, category::control), 0);
}

TEST(normalise_caps, a_reload_keeps_what_was_used) {
  auto before = tight();
  auto after = std::make_shared<profile>(*before);
  after->version = 2;
  after->cap_ppm[0] = 200'000;
  auto caps = caps_of(before);
  auto r = report_of(act::knockdown_hard, 500'000, 1'000'000);
  EXPECT_EQ(counted(caps, r), 150'000);
  ASSERT_TRUE(caps.reload(after));
  auto got = caps.weigh(r);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->version, 2);
  EXPECT_EQ(got->counted, ppm{50'000});
}

TEST(normalise_caps, a_reload_that_is_unsound_changes_nothing) {
  auto caps = caps_of(tight());
  auto same = std::make_shared<profile>(*tight());
  same->cap_ppm[0] = 1;
  EXPECT_EQ(caps.reload(same).reason().code, ec::wrong_state);
  same->version = 2;
  same->severity.clear();
  EXPECT_EQ(caps.reload(same).reason().field, "severity");
  auto got = caps.weigh(report_of(act::knockdown_hard, 500'000, 1'000'000));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->version, 1);
  EXPECT_EQ(got->counted, ppm{150'000});
}

TEST(normalise_caps, a_lower_cap_after_a_reload_takes_nothing_back) {
  auto caps = caps_of(shipped("normalise_default"));
  auto r = report_of(act::knockdown_hard, 500'000, 1'000'000);
  counted(caps, r);
  auto low = std::make_shared<profile>(*tight());
  low->version = 2;
  ASSERT_TRUE(caps.reload(low));
  EXPECT_EQ(counted(caps, r), 0);
  EXPECT_EQ(caps.used_ppm(red, category::damage), 661'500);
}

} // namespace ringside::scoring::normalise::test
