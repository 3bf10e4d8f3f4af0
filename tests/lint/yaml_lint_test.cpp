#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

/// Empty if `text` is YAML without double keys, else what is wrong. Read by
/// the library that the program uses.
std::string complaint(const YAML::Node& node) {
  if (node.IsMap()) {
    std::vector<std::string> keys;
    for (const auto& entry : node) {
      auto key = YAML::Dump(entry.first);
      if (std::find(keys.begin(), keys.end(), key) != keys.end())
        return "key twice: " + key;
      keys.push_back(key);
      if (auto inner = complaint(entry.second); !inner.empty())
        return inner;
    }
  } else if (node.IsSequence()) {
    for (const auto& entry : node)
      if (auto inner = complaint(entry); !inner.empty())
        return inner;
  }
  return {};
}

std::string lint(const std::string& text) {
  try {
    for (const auto& document : YAML::LoadAll(text))
      if (auto found = complaint(document); !found.empty())
        return found;
    return {};
  } catch (const YAML::Exception& reason) {
    return reason.what();
  }
}

bool is_skipped(const fs::path& path) {
  auto name = path.filename().string();
  return name == "build" || name == "node_modules" || name == "bad"
         || path == fs::path{RINGSIDE_SOURCE_DIR} / "data"
         || (name.size() > 1 && name.front() == '.');
}

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

} // namespace

TEST(yaml_lint, catches_text_that_does_not_parse) {
  EXPECT_NE(lint("a: [1\n"), "");
  EXPECT_NE(lint("a: 1\n b: 2\n"), "");
  EXPECT_NE(lint("\ta: 1\n"), "");
}

TEST(yaml_lint, catches_double_keys) {
  EXPECT_EQ(lint("a: 1\nb: 2\na: 3\n"), "key twice: a");
  EXPECT_EQ(lint("x:\n  - {a: 1, a: 2}\n"), "key twice: a");
}

TEST(yaml_lint, accepts_yaml) {
  EXPECT_EQ(lint("a: 1\nb: {a: [1, 2]}\n"), "");
  EXPECT_EQ(lint(""), "");
}

TEST(yaml_lint, every_yaml_file_parses) {
  fs::recursive_directory_iterator files{RINGSIDE_SOURCE_DIR};
  for (auto it = begin(files); it != end(files); ++it) {
    if (it->is_directory() && is_skipped(it->path())) {
      it.disable_recursion_pending();
      continue;
    }
    auto suffix = it->path().extension();
    if (suffix == ".yaml" || suffix == ".yml" || suffix == ".clang-format") {
      EXPECT_EQ(lint(read(it->path())), "") << it->path();
    }
  }
}
