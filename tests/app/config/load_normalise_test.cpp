#include "app/config/load_normalise.hpp"
#include "tests/app/config/yaml_fixture.hpp"

#include <algorithm>
#include <sstream>

namespace ringside::config::test {

namespace {

class normalise_on_disk : public yaml_fixture {
protected:
  static std::string shipped_text() {
    std::ifstream file{std::filesystem::path{RINGSIDE_SOURCE_DIR}
                         / "config/scoring/normalise/normalise_default.yaml",
                       std::ios::binary};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  /// What the loader says of the shipped file with one place changed, without
  /// the name of the file.
  std::string complaint(const std::string& from, const std::string& to) {
    auto text = shipped_text();
    auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    line
      = 1 + std::count(text.begin(), text.begin() + std::ptrdiff_t(at), '\n');
    auto path
      = write("normalise_default.yaml", text.replace(at, from.size(), to));
    auto got = load_normalise(path);
    if (got)
      return "";
    auto detail = got.reason().detail;
    auto start = path.string() + ":" + std::to_string(line) + ": ";
    EXPECT_TRUE(detail.starts_with(start)) << detail;
    return detail.substr(std::min(start.size(), detail.size()));
  }

  std::ptrdiff_t line = 0;
};

} // namespace

TEST_F(normalise_on_disk, both_shipped_profiles_load) {
  for (auto name : {"normalise_default", "peer_caps"}) {
    auto got = load_normalise(std::filesystem::path{RINGSIDE_SOURCE_DIR}
                              / "config/scoring/normalise"
                              / (std::string{name} + ".yaml"));
    ASSERT_TRUE(got) << got.reason().detail;
    EXPECT_EQ(got->comparison, got->id == "peer_caps");
  }
}

TEST_F(normalise_on_disk, an_unknown_key_is_refused_with_the_nearest) {
  EXPECT_EQ(complaint("comparison: false", "caps_pmm: {}\ncomparison: false"),
            "unknown key 'caps_pmm'; did you mean 'caps_ppm'?");
}

TEST_F(normalise_on_disk, a_wrong_value_is_refused_at_its_line) {
  EXPECT_EQ(complaint("weight_ppm: 441000", "weight_ppm: 1441000"),
            "'weights.knockdown_flash.weight_ppm' must be an integer between 0 "
            "and 1000000");
  EXPECT_EQ(complaint("version: 1", "version: 0"),
            "'version' must be an integer between 1 and 1000000");
  EXPECT_EQ(complaint("category: aggression", "category: agression"),
            "'weights.strike_light.category' must not be 'agression'; did you "
            "mean 'aggression'?");
  EXPECT_EQ(complaint("  damage: 10000000", "  damage: .inf"),
            "'caps_ppm.damage' must be an integer between 0 and "
            "1000000000000");
}

TEST_F(normalise_on_disk, a_curve_that_jumps_is_refused) {
  EXPECT_EQ(complaint("severity:\n  - {at_ppm: 0, factor_ppm: 500000}\n"
                      "  - {at_ppm: 500000,",
                      "severity:\n  - {at_ppm: 0, factor_ppm: 500000}\n"
                      "  - {at_ppm: 1,"),
            "'severity' must not jump at 0");
}

TEST_F(normalise_on_disk, a_profile_has_the_name_of_its_file) {
  EXPECT_EQ(complaint("id: normalise_default", "id: other"),
            "'id' must be the name of the file");
}

TEST_F(normalise_on_disk, a_missing_act_is_named) {
  auto text = shipped_text();
  auto at = text.find("  strike_leg:");
  ASSERT_NE(at, std::string::npos);
  text.erase(at, text.find('\n', at) + 1 - at);
  auto got = load_normalise(write("normalise_default.yaml", text));
  ASSERT_FALSE(got);
  EXPECT_NE(got.reason().detail.find("'weights.strike_leg' is missing"),
            std::string::npos)
    << got.reason().detail;
}

} // namespace ringside::config::test
