#include "app/config/load_hybrid.hpp"
#include "app/config/load_normalise.hpp"
#include "tests/app/config/yaml_fixture.hpp"

#include <sstream>

namespace ringside::config::test {

namespace {

class hybrid_on_disk : public yaml_fixture {
protected:
  static std::filesystem::path shipped_dir() {
    return std::filesystem::path{RINGSIDE_SOURCE_DIR} / "config" / "scoring";
  }

  /// What the loader says of the shipped file with one place changed, from the
  /// line on.
  std::string complaint(const std::string& from, const std::string& to) {
    std::ifstream file{shipped_dir() / "hybrid/hybrid.yaml", std::ios::binary};
    std::stringstream shipped;
    shipped << file.rdbuf();
    auto text = shipped.str();
    auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    auto path = write("hybrid.yaml", text.replace(at, from.size(), to));
    auto got = load_hybrid(path);
    return got ? "" : got.reason().detail.substr(path.string().size());
  }
};

} // namespace

TEST_F(hybrid_on_disk, the_shipped_settings_are_seventy_to_thirty) {
  auto got = load_hybrid(shipped_dir() / "hybrid/hybrid.yaml");
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(got->sources.camera.weight_milli, 700);
  EXPECT_EQ(got->sources.human.weight_milli, 300);
  EXPECT_EQ(got->window_ms[0], 385);
  EXPECT_TRUE(
    load_normalise(shipped_dir() / "normalise" / (got->normalise + ".yaml")));
}

TEST_F(hybrid_on_disk, what_is_wrong_is_refused_at_its_line) {
  EXPECT_NE(complaint("human_lag_ms: 300", "human_lag: 300")
              .find("unknown key 'human_lag'; did you mean 'human_lag_ms'?"),
            std::string::npos);
  EXPECT_NE(complaint("weight_milli: 700", "weight_milli: 701")
              .find("'camera.weight_milli' and human.weight_milli must add up "
                    "to 1000"),
            std::string::npos);
  EXPECT_NE(complaint("full_ppm: 600000", "full_ppm: 449999")
              .find("'camera.full_ppm' must be 50000 above the floor"),
            std::string::npos);
  EXPECT_NE(complaint("weight_milli: 300", "weight_milli: .nan")
              .find("must be an integer between 0 and 1000"),
            std::string::npos);
  EXPECT_NE(complaint("id: hybrid", "id: other").find("the name of the file"),
            std::string::npos);
}

TEST_F(hybrid_on_disk, a_complaint_has_the_line) {
  EXPECT_EQ(complaint("version: 1", "version: 0"),
            ":5: 'version' must be an integer between 1 and 1000000");
}

} // namespace ringside::config::test
