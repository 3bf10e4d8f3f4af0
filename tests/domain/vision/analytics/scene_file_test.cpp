#include "tests/domain/vision/analytics/scene_run.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace ringside::analytics::test {

namespace {

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream in{path};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// What the loader says to `balanced` with one text exchanged.
std::string verdict(const std::string& from, const std::string& to) {
  auto text = text_of_file(config::default_scene_dir() / "balanced.yaml");
  auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  auto dir = std::filesystem::path{testing::TempDir()} / "scene_file_test";
  std::filesystem::create_directories(dir);
  auto path = dir / "balanced.yaml";
  std::ofstream{path} << text;
  auto got = config::load_scene(path);
  std::filesystem::remove_all(dir);
  return got ? "taken" : got.reason().detail;
}

} // namespace

TEST(scene_file, every_shipped_scene_holds_what_it_says) {
  int n = 0;
  for (const auto& e :
       std::filesystem::directory_iterator{config::default_scene_dir()}) {
    if (e.path().extension() != ".yaml")
      continue;
    ++n;
    auto got = config::load_scene(e.path());
    ASSERT_TRUE(bool{got}) << got.reason().detail;
    for (auto c : both_corners)
      EXPECT_EQ(counts_of(got->scene, c), got->counts[c])
        << e.path() << " " << to_string(c);
    EXPECT_LT(std::filesystem::file_size(e.path()), 20'000u);
  }
  EXPECT_EQ(n, 5);
}

TEST(scene_file, refuses_with_the_line_what_cannot_be_played) {
  auto says = [](const std::string& from, const std::string& to,
                 const std::string& part) {
    auto v = verdict(from, to);
    EXPECT_NE(v.find(part), std::string::npos) << v;
    EXPECT_NE(v.find("balanced.yaml:"), std::string::npos) << v;
  };
  EXPECT_EQ(verdict("seed: 11", "seed: 12"), "taken");
  says("synthetic: true", "synthetic: false", "invented");
  says("id: balanced", "id: other", "name of the file");
  says("action: kick", "action: kcik", "kick");
  says("corner: red", "corner: green", "red or blue");
  says("fps: 30", "fps: 0", "fps");
  says("to_ms: 52000", "to_ms: 40000", "empty");
  says("action: takedown", "action: clinch", "state");
  says("at_ms: 40000", "at_ms: 400", "out of order");
  says("jitter_us: 2000", "jitter_us: 20000", "jitter");
  says("spread_ppm", "spraed_ppm", "spread_ppm");
}

TEST(scene_file, the_same_scene_gives_the_same_pictures) {
  auto s = shipped("multi_camera");
  EXPECT_EQ(frames_of(s, 1), frames_of(s, 1));
  auto t = s;
  t.seed = 99;
  EXPECT_NE(frames_of(s, 1), frames_of(t, 1));
}

TEST(scene_file, pictures_are_what_a_camera_can_see) {
  for (const auto* id : {"war", "multi_camera", "grappler_control"}) {
    auto s = shipped(id);
    for (std::size_t i = 0; i < s.cameras.size(); ++i) {
      std::uint64_t seq = 0;
      mono_us at{-1};
      for (const auto& f : frames_of(s, i)) {
        auto sound = validate(f);
        ASSERT_TRUE(bool{sound}) << sound.reason().detail;
        EXPECT_GT(f.seq, seq);
        EXPECT_GT(f.at, at);
        seq = f.seq;
        at = f.at;
      }
    }
  }
}

} // namespace ringside::analytics::test
