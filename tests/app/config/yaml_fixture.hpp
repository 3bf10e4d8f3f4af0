#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace ringside::config::test {

/// A directory of its own for each test, removed at the end.
class yaml_fixture : public testing::Test {
protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = info->name();
    for (auto& c : name)
      c = c == '/' ? '_' : c;
    dir = std::filesystem::path{RINGSIDE_BINARY_DIR} / "test_yaml"
          / (std::string{info->test_suite_name()} + "." + name);
    std::filesystem::remove_all(dir);
    std::filesystem::create_directories(dir);
  }

  void TearDown() override {
    std::filesystem::remove_all(dir);
  }

  std::filesystem::path write(const std::string& name,
                              const std::string& text) const {
    auto path = dir / name;
    std::ofstream{path, std::ios::binary} << text;
    return path;
  }

  std::filesystem::path dir;
};

} // namespace ringside::config::test
