#pragma once

#include "app/simulate/parameters_file.hpp"
#include "app/simulate/series_files.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace ringside::synthetic::test {

/// The shipped series: generator, rule set and profile.
inline const simulate::loaded_series& shipped(simulate::series_choice choice
                                              = {}) {
  static auto loaded = [&choice] {
    auto made = simulate::loaded_series::load(choice);
    if (!made)
      std::abort();
    return std::move(*made);
  }();
  return *loaded;
}

inline parameters shipped_parameters() {
  auto p = simulate::load_parameters(simulate::default_parameters());
  EXPECT_TRUE(p) << (p ? "" : p.reason().detail);
  return p ? *p : parameters{};
}

/// Where the published rounds are, if they are here.
inline std::filesystem::path published_rounds() {
  const auto* given = std::getenv("RINGSIDE_SHARED_DATA");
  auto dir = given != nullptr ? std::filesystem::path{given}
                              : std::filesystem::path{RINGSIDE_SOURCE_DIR}
                                  / ".." / "shared" / "data";
  return dir / "rounds_train.csv";
}

} // namespace ringside::synthetic::test
