#include "app/config/load_profiles.hpp"

#include "tests/app/config/yaml_fixture.hpp"

#include <fstream>

namespace ringside::config {
namespace {

class profile_files : public test::yaml_fixture {
protected:
  /// The hand-set profile with one text replaced by another.
  result<scoring::profile> changed(const std::string& from,
                                   const std::string& to) {
    std::ifstream in{default_profile_dir() / "mma_hand.yaml"};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    return load_profile(write("mma_hand.yaml", text));
  }

  void expect_refused(const std::string& from, const std::string& to,
                      const std::string& why) {
    auto p = changed(from, to);
    ASSERT_FALSE(p) << to;
    EXPECT_NE(p.reason().detail.find(why), std::string::npos)
      << p.reason().detail;
    EXPECT_NE(p.reason().detail.find("mma_hand.yaml:"), std::string::npos);
  }
};

} // namespace

TEST_F(profile_files, that_ship_all_load) {
  auto all = load_profiles(default_profile_dir());
  ASSERT_TRUE(all) << all.reason().detail;
  EXPECT_GE(all->size(), 4U);
}

TEST_F(profile_files, come_back_as_they_were_written) {
  auto all = load_profiles(default_profile_dir());
  ASSERT_TRUE(all);
  for (const auto& p : *all) {
    auto again = load_profile(write(p.id + ".yaml", profile_text(p)));
    ASSERT_TRUE(again) << again.reason().detail;
    EXPECT_EQ(profile_text(*again), profile_text(p)) << p.id;
  }
}

TEST_F(profile_files, with_a_fault_are_refused_with_line_and_term) {
  expect_refused("scale: 0", "scale: .nan", "'scale' must be a finite number");
  expect_refused("scale: 0", "scale: inf", "'scale' must be a finite number");
  expect_refused("scale: 0", "scale: 1e999", "'scale' must be a finite number");
  expect_refused("weight: 10", "weight: -10", "term 'knockdowns'");
  expect_refused("close_band_ppm", "close_bnd_ppm",
                 "did you mean 'close_band_ppm'");
  expect_refused("{knockdowns: 1}", "{knockdown: 1}",
                 "did you mean 'knockdowns'");
  expect_refused("shape: difference", "shape: diference",
                 "did you mean 'difference'");
  expect_refused("id: mma_hand", "id: other", "must be the name of the file");
}

TEST_F(profile_files, name_the_line_of_an_item_in_a_list) {
  auto p = changed("weight: 10\n", "weight: -10\n");
  ASSERT_FALSE(p);
  std::ifstream in{dir / "mma_hand.yaml"};
  std::string line;
  auto n = 0;
  auto found = 0;
  while (std::getline(in, line)) {
    ++n;
    if (line.find("weight: -10") != std::string::npos)
      found = n;
  }
  EXPECT_NE(p.reason().detail.find("yaml:" + std::to_string(found) + ":"),
            std::string::npos)
    << p.reason().detail << " line " << found;
}

} // namespace ringside::config
