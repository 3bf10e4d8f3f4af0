#pragma once

#include "domain/base/result.hpp"
#include "domain/vision/vendor/mapping.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace ringside::config {

/// How one vendor writes, from a file such as `config/vendors/vendor_a.yaml`.
/// Strict: whatever is wrong is refused with file and line, an unknown key with
/// the nearest known one. @param kinds The kinds of the fusion plan.
result<vendor::vendor_mapping> load_vendor(const std::filesystem::path& path,
                                           std::span<const std::string> kinds);

/// All `*.yaml` of a directory, by name; refused with all problems of all
/// files, or `not_found` if there are none.
result<std::vector<vendor::vendor_mapping>>
load_vendors(const std::filesystem::path& dir,
             std::span<const std::string> kinds);

} // namespace ringside::config
