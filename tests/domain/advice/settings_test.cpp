#include "domain/calibration/settings.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ringside::calibration {
namespace {

change one(setting s, std::int64_t value) {
  change c;
  c.values = {{s, value}};
  return c;
}

std::string field_of(const result<settings>& r) {
  return r ? "accepted" : r.reason().field;
}

TEST(settings, start_as_the_table_says) {
  settings s;
  EXPECT_EQ(s[setting::kd_threshold_ppm], 750'000);
  EXPECT_EQ(s[setting::rocked_threshold_ppm], 650'000);
  EXPECT_EQ(s[setting::highimpact_strike_threshold_ppm], 700'000);
  EXPECT_EQ(s[setting::momentum_swing_window_ms], 1'200);
  EXPECT_EQ(s[setting::multicam_merge_window_ms], 150);
  EXPECT_EQ(s[setting::confidence_threshold_ppm], 500'000);
  EXPECT_EQ(s[setting::deduplication_window_ms], 100);
  EXPECT_EQ(s[setting::hybrid_camera_weight_milli], 700);
  EXPECT_EQ(s[setting::hybrid_human_weight_milli], 300);
  EXPECT_EQ(s[setting::temperature_milli], 1'000);
  EXPECT_TRUE(validate(s));
}

TEST(settings, names_are_keys_of_our_json_and_unique) {
  std::set<std::string_view> names;
  for (const auto& line : all_settings()) {
    EXPECT_LE(line.name.size(), 32u) << line.name;
    EXPECT_TRUE(line.name.ends_with(line.unit)) << line.name;
    EXPECT_TRUE(names.insert(line.name).second) << line.name;
    EXPECT_EQ(find_setting(line.name), line.id);
    EXPECT_FALSE(line.purpose.empty());
  }
  EXPECT_FALSE(find_setting("kd_threshold"));
}

TEST(settings, both_ends_of_a_range_are_in_and_beyond_is_named) {
  for (const auto& line : all_settings()) {
    // The shares only move together.
    if (line.name.starts_with("hybrid_") && line.unit == "milli")
      continue;
    EXPECT_TRUE(with({}, one(line.id, line.low))) << line.name;
    EXPECT_TRUE(with({}, one(line.id, line.high))) << line.name;
    EXPECT_EQ(field_of(with({}, one(line.id, line.low - 1))), line.name);
    EXPECT_EQ(field_of(with({}, one(line.id, line.high + 1))), line.name);
  }
}

TEST(settings, shares_of_cameras_and_people_make_a_whole) {
  EXPECT_EQ(field_of(with({}, one(setting::hybrid_camera_weight_milli, 600))),
            "hybrid_human_weight_milli");
  change both;
  both.values = {{setting::hybrid_camera_weight_milli, 600},
                 {setting::hybrid_human_weight_milli, 400}};
  EXPECT_TRUE(with({}, both));
}

TEST(settings, what_is_not_named_stays) {
  auto first = with({}, one(setting::momentum_swing_window_ms, 900));
  ASSERT_TRUE(first);
  auto second = with(*first, one(setting::deduplication_window_ms, 60));
  ASSERT_TRUE(second);
  EXPECT_EQ((*second)[setting::momentum_swing_window_ms], 900);
  EXPECT_EQ((*second)[setting::deduplication_window_ms], 60);
}

TEST(settings, the_most_specific_choice_comes_first) {
  change c;
  c.default_profile = "d";
  c.profiles = {{scope::ruleset, "mma_abc", "r"},
                {scope::commission, "Ontario", "c"},
                {scope::promotion, "UFC", "p"}};
  auto s = with({}, c);
  ASSERT_TRUE(s);
  using list = std::vector<std::string_view>;
  EXPECT_EQ(profiles_for(*s, "mma_abc", "Ontario", "UFC 300"),
            (list{"p", "c", "r", "d"}));
  EXPECT_EQ(profiles_for(*s, "mma_abc", "Nevada", "UFCX"), (list{"r", "d"}));
  EXPECT_EQ(profiles_for(*s, "boxing", "", ""), (list{"d"}));
}

TEST(settings, refuses_choices_that_cannot_be) {
  auto field = [](std::vector<profile_choice> all) {
    change c;
    c.profiles = std::move(all);
    return field_of(with({}, c));
  };
  EXPECT_EQ(field({{scope::ruleset, "a", "p"}, {scope::ruleset, "a", "q"}}),
            "profiles[1]");
  EXPECT_EQ(field({{scope::ruleset, "", "p"}}), "profiles[0].name");
  EXPECT_EQ(field({{scope::ruleset, "a", "no id"}}), "profiles[0].profile");
  std::vector<profile_choice> many;
  for (std::size_t i = 0; i <= profile_choices_max; ++i)
    many.push_back({scope::ruleset, "r" + std::to_string(i), "p"});
  EXPECT_EQ(field(many), "profiles");
  change c;
  c.default_profile = "";
  EXPECT_EQ(field_of(with({}, c)), "default_profile");
}

} // namespace
} // namespace ringside::calibration
