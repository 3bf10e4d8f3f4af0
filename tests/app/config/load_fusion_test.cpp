#include "app/config/load_fusion.hpp"
#include "domain/vision/fusion/harmonizer.hpp"
#include "tests/app/config/yaml_fixture.hpp"

#include <sstream>

namespace ringside::config::test {

namespace {

class fusion_on_disk : public yaml_fixture {
protected:
  static std::filesystem::path shipped() {
    return std::filesystem::path{RINGSIDE_SOURCE_DIR} / "config" / "fusion"
           / "standard.yaml";
  }

  /// What the loader says of the shipped file with one place changed, from the
  /// line on.
  std::string complaint(const std::string& from, const std::string& to) {
    std::ifstream file{shipped(), std::ios::binary};
    std::stringstream all;
    all << file.rdbuf();
    auto text = all.str();
    auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    auto path = write("standard.yaml", text.replace(at, from.size(), to));
    auto got = load_fusion(path);
    return got ? "" : got.reason().detail.substr(path.string().size());
  }

  void expect(const std::string& from, const std::string& to,
              const std::string& said) {
    auto what = complaint(from, to);
    EXPECT_NE(what.find(said), std::string::npos) << what;
  }
};

} // namespace

TEST_F(fusion_on_disk, the_shipped_plan_is_the_defaults_of_the_code) {
  auto got = load_fusion(shipped());
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(got->settings, fusion::fusion_settings{});
  EXPECT_EQ(got->kinds.size(), 8u);
  ASSERT_NE(got->find("camera"), nullptr);
  EXPECT_EQ(got->find("camera")->start, fusion::new_camera(8));
  EXPECT_EQ(got->find("operator")->start, fusion::new_human(8));
  EXPECT_EQ(got->find("nobody"), nullptr);
}

TEST_F(fusion_on_disk, the_shipped_plan_makes_a_harmonizer) {
  auto got = load_fusion(shipped());
  ASSERT_TRUE(got);
  fusion::source_table table;
  for (const auto& s : got->sources)
    table.push_back(s.start);
  EXPECT_TRUE(fusion::harmonizer::make(got->settings, table,
                                       fusion::make_strategy(got->strategy)));
}

TEST_F(fusion_on_disk, buttons_stand_for_their_kinds) {
  auto got = load_fusion(shipped());
  ASSERT_TRUE(got);
  const auto* s = got->find("operator_two_buttons");
  ASSERT_NE(s, nullptr);
  EXPECT_EQ(s->labels, (std::vector<std::string>{"hand", "leg"}));
  ASSERT_EQ(s->start.confusion.size(), 16u);
  EXPECT_EQ(s->start.confusion[0], 950'000) << "a jab is of the hand";
  EXPECT_EQ(s->start.confusion[15], 950'000) << "a head kick of the leg";
  EXPECT_EQ(s->start.confusion[14], 50'000);
}

TEST_F(fusion_on_disk, what_is_wrong_is_refused_at_its_line) {
  expect("strike_rate_uhz:", "strike_rate_uh:",
         "unknown key 'strike_rate_uh'; did you mean 'strike_rate_uhz'?");
  expect("settle: 330000", "settel: 330000", "did you mean 'settle'?");
  expect("strategy: block_bayes", "strategy: bayes", "is no strategy");
  expect("accept: 500000", "accept: 100000", "must rise from keep to sure");
  expect("id: operator\n", "id: camera\n", "names an id twice");
  expect("[jab, cross, hook, uppercut, elbow, knee,",
         "[jab, jab, hook, uppercut, elbow, knee,", "names a kind twice");
  expect("kinds: [knee, body_kick, head_kick]", "kinds: [knee, body_kick]",
         "must have one for 'head_kick'");
  expect("kinds: [knee, body_kick, head_kick]",
         "kinds: [knee, body_kick, head_kick, jab]",
         "names 'jab', which has a button already");
  expect("kinds: [knee, body_kick, head_kick]",
         "kinds: [knee, body_kick, head_kick, bite]",
         "names 'bite', which is no kind");
  expect("label: leg", "label: hand", "names a label twice");
  expect("detection_ppm: 750000", "detection_ppm: 1000000",
         "must be an integer between 10000 and 990000");
  expect("class: camera", "class: robot", "'robot'");
  expect("id: standard", "id: other", "the name of the file");
}

TEST_F(fusion_on_disk, a_complaint_has_the_line) {
  EXPECT_EQ(complaint("version: 1", "version: 0"),
            ":4: 'version' must be an integer between 1 and 1000000");
}

} // namespace ringside::config::test
