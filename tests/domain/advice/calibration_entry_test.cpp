#include "domain/advice/calibration_entry.hpp"

#include <gtest/gtest.h>

namespace ringside::advice {
namespace {

using calibration::setting;

audit::entry_fields entry(std::string_view kind, json::value data) {
  audit::entry_fields e;
  e.kind = kind;
  e.data = std::move(data);
  return e;
}

audit::hash digest_of(std::uint8_t n) {
  audit::hash h{};
  h.fill(n);
  return h;
}

TEST(calibration_entry, a_change_comes_back_from_its_data) {
  calibration_state s;
  calibration::change wanted;
  wanted.values = {{setting::kd_threshold_ppm, 800'000},
                   {setting::temperature_milli, 1'100}};
  wanted.default_profile = "mma_hand";
  wanted.profiles = {
    {calibration::scope::commission, "Ontario \"east\"", "muay_thai_ontario"}};
  auto next = calibration::with(s.settings, wanted);
  ASSERT_TRUE(next);
  auto data = change_data(s.settings, *next, "after the audit");
  EXPECT_EQ(
    *data.find("before")->find("values")->find("kd_threshold_ppm")->as_int(),
    750'000);
  ASSERT_TRUE(
    apply_calibration_entry(s, entry(kind_calibration_changed, data), 41));
  EXPECT_EQ(s.settings, *next);
  EXPECT_EQ(s.version, 1);
  EXPECT_EQ(s.position, 41u);
}

TEST(calibration_entry, the_biggest_change_fits_into_an_entry) {
  calibration::change wanted;
  auto& list = wanted.profiles.emplace();
  for (std::size_t i = 0; i < calibration::profile_choices_max; ++i)
    list.push_back({calibration::scope::promotion,
                    std::string(62, '"') + std::to_string(10 + i),
                    std::string(64, 'p')});
  auto full = calibration::with({}, wanted);
  ASSERT_TRUE(full) << full.reason().detail;
  auto other = *full;
  for (auto& c : other.profiles)
    c.profile = std::string(64, 'q');
  for (const auto& line : calibration::all_settings())
    other.values[static_cast<std::size_t>(line.id)] = line.high;
  auto text = json::to_text(
    change_data(*full, other, std::string(2'000, 'w'), 1'000'000));
  audit::entry_draft draft;
  draft.log = "ringside.example/audit/main";
  draft.bout = audit::calibration_bout;
  draft.actor = "commission:a1";
  draft.kind = kind_calibration_changed;
  draft.data = text;
  auto made = audit::format_entry(draft);
  EXPECT_TRUE(made) << made.reason().detail << " " << text.size();
}

TEST(calibration_entry, a_digest_is_remembered_for_ever) {
  calibration_state s;
  std::vector<profile_mark> first{{"a", 1, digest_of(1)},
                                  {"b", 1, digest_of(2)}};
  ASSERT_TRUE(check_profiles(s, first));
  ASSERT_TRUE(apply_calibration_entry(
    s, entry(kind_profiles_loaded, profiles_data(first, "start")), 7));
  EXPECT_EQ(s.profiles, first);
  std::vector<profile_mark> second{{"a", 2, digest_of(3)}};
  ASSERT_TRUE(check_profiles(s, second));
  ASSERT_TRUE(apply_calibration_entry(
    s, entry(kind_profiles_loaded, profiles_data(second, "tuned")), 9));
  EXPECT_EQ(s.version, 2);
  // The first version may come back, but only with its own bytes.
  EXPECT_TRUE(check_profiles(s, {{"a", 1, digest_of(1)}}));
  auto forged = check_profiles(s, {{"a", 1, digest_of(9)}});
  ASSERT_FALSE(forged);
  EXPECT_EQ(forged.reason().field, "a");
}

TEST(calibration_entry, damaged_entries_are_corrupt_and_change_nothing) {
  const calibration_state clean;
  auto s = clean;
  auto corrupt = [&s](std::string_view kind, json::object data) {
    auto r = apply_calibration_entry(s, entry(kind, std::move(data)), 1);
    return !r && r.reason().code == ec::corrupt;
  };
  EXPECT_TRUE(corrupt("surprise", {}));
  EXPECT_TRUE(corrupt(kind_calibration_changed, {}));
  EXPECT_TRUE(corrupt(
    kind_calibration_changed,
    {{"after", json::object{{"values", json::object{{"nobody_ms", 1}}}}}}));
  EXPECT_TRUE(corrupt(kind_profiles_loaded, {{"profiles", json::array{}}}));
  EXPECT_TRUE(
    corrupt(kind_profiles_loaded,
            {{"reason", "x"},
             {"profiles", json::array{json::object{
                            {"id", "a"}, {"version", 1}, {"sha256", "00"}}}}}));
  EXPECT_EQ(s, clean);
}

} // namespace
} // namespace ringside::advice
