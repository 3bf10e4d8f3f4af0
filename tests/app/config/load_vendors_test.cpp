#include "app/config/load_fusion.hpp"
#include "app/config/load_vendors.hpp"
#include "tests/app/config/yaml_fixture.hpp"

#include <sstream>

namespace ringside::config::test {

namespace {

class vendors_on_disk : public yaml_fixture {
protected:
  static std::filesystem::path shipped() {
    return std::filesystem::path{RINGSIDE_SOURCE_DIR} / "config" / "vendors";
  }

  static std::vector<std::string> kinds() {
    auto plan = load_fusion(std::filesystem::path{RINGSIDE_SOURCE_DIR}
                            / "config" / "fusion" / "standard.yaml");
    return plan ? plan->kinds : std::vector<std::string>{};
  }

  /// What the loader says of a shipped file with one place changed.
  void expect(const std::string& from, const std::string& to,
              const std::string& said) {
    std::ifstream file{shipped() / "vendor_b.yaml", std::ios::binary};
    std::stringstream all;
    all << file.rdbuf();
    auto text = all.str();
    auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    auto path = write("vendor_b.yaml", text.replace(at, from.size(), to));
    auto got = load_vendor(path, kinds());
    ASSERT_FALSE(got) << to;
    EXPECT_NE(got.reason().detail.find(said), std::string::npos)
      << got.reason().detail;
  }
};

} // namespace

TEST_F(vendors_on_disk, the_shipped_vendors_load) {
  auto got = load_vendors(shipped(), kinds());
  ASSERT_TRUE(got) << got.reason().detail;
  ASSERT_EQ(got->size(), 5u);
  EXPECT_EQ((*got)[1].id, "ringside");
  EXPECT_EQ((*got)[2].level, vendor::input_level::frames);
  EXPECT_EQ((*got)[3].id, "vendor_a");
  EXPECT_EQ((*got)[4].clock, vendor::clock_kind::utc);
  EXPECT_EQ((*got)[4].labels[1].kind, "cross");
  EXPECT_EQ((*got)[4].no_strikes, std::vector<std::string>{"kd_event"});
}

TEST_F(vendors_on_disk, our_own_format_has_every_kind) {
  auto got = load_vendor(shipped() / "ringside.yaml", kinds());
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(got->labels.size(), kinds().size());
}

TEST_F(vendors_on_disk, what_is_wrong_is_refused_at_its_line) {
  expect("certainty]", "certainty]\n  confidense: [x]",
         ":11: unknown key 'fields.confidense'; did you mean "
         "'confidence'?");
  expect("no_strikes:", "no_strike:", "did you mean 'no_strikes'?");
  expect("kind: jab", "kind: jap", "'jap' is no kind of the fusion");
  expect("name: cross_detected", "name: jab_detected", "twice");
  expect("[kd_event]", "[jab_detected]", "twice");
  expect("red: [fighter1]", "red: [fighter2]", "twice");
  expect("label: [type, event_type]", "label: []", "what was seen?");
  expect("time: [timestamp_ms]", "time: [a..b]", "'a..b' is no path");
  expect("unit: ms", "unit: hours", "'hours'");
  expect("err_us: 100000", "err_us: -1", "between 0 and 2000000");
  expect("id: vendor_b", "id: vendor_c", "the name of the file");
}

TEST_F(vendors_on_disk, all_problems_of_all_files_are_told) {
  write("a.yaml", "id: a\n");
  write("b.yaml", "id: b\n");
  auto got = load_vendors(dir, kinds());
  ASSERT_FALSE(got);
  EXPECT_NE(got.reason().detail.find("a.yaml"), std::string::npos);
  EXPECT_NE(got.reason().detail.find("b.yaml"), std::string::npos);
  auto none = load_vendors(dir / "none", kinds());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.reason().code, ec::io_error);
}

} // namespace ringside::config::test
