#pragma once

#include "domain/vision/analytics/scene.hpp"

#include <filesystem>

namespace ringside::config {

/// A scene and what its file says is in it, for whoever checks the one against
/// the other.
struct scene_file {
  analytics::scene scene;
  per_corner<analytics::scene_counts> counts;
};

/// Reads and validates an invented fight, see config/scenes/README.md.
/// @param path A `.yaml` file named after the id.
/// @returns `io_error`, `too_large`, `malformed` (not YAML) or `invalid_value`
/// with one `file:line: text` for each problem.
result<scene_file> load_scene(const std::filesystem::path& path);

/// Where the shipped scenes are.
std::filesystem::path default_scene_dir();

} // namespace ringside::config
