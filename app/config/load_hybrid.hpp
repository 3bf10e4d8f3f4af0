#pragma once

#include "domain/scoring/hybrid/config.hpp"

#include <filesystem>

namespace ringside::config {

/// Reads and validates the settings of hybrid scoring.
/// @param path A `.yaml` file named after the id.
/// @returns `io_error`, `too_large`, `malformed` (not YAML) or `invalid_value`
/// with one `file:line: text` for each problem.
result<scoring::hybrid::config> load_hybrid(const std::filesystem::path& path);

} // namespace ringside::config
