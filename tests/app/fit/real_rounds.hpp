#pragma once

#include <cstdlib>
#include <filesystem>

namespace ringside::fit {

/// The real rounds: `$RINGSIDE_SHARED_DATA/rounds_train.csv`, or beside the
/// repository; empty where there are none.
inline std::filesystem::path real_rounds() {
  const auto* set = std::getenv("RINGSIDE_SHARED_DATA");
  auto dir = set != nullptr
               ? std::filesystem::path{set}
               : std::filesystem::path{RINGSIDE_SOURCE_DIR}.parent_path()
                   / "shared" / "data";
  auto file = dir / "rounds_train.csv";
  return std::filesystem::exists(file) ? file : std::filesystem::path{};
}

} // namespace ringside::fit
