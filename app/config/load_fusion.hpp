#pragma once

#include "domain/vision/fusion/plan.hpp"

#include <filesystem>

namespace ringside::config {

/// Reads and validates how reports are fused.
/// @param path A `.yaml` file named after the id.
/// @returns `io_error`, `too_large`, `malformed` (not YAML) or `invalid_value`
/// with one `file:line: text` for each problem.
result<fusion::fusion_plan> load_fusion(const std::filesystem::path& path);

} // namespace ringside::config
