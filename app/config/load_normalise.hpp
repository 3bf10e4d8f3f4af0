#pragma once

#include "domain/scoring/normalise/profile.hpp"

#include <filesystem>

namespace ringside::config {

/// Reads and validates one normalisation profile. Also the way to reload it:
/// `normalise::may_replace` says whether the new one may take over.
/// @param path A `.yaml` file named after the id.
/// @returns `io_error`, `too_large`, `malformed` (not YAML) or `invalid_value`
/// with one `file:line: text` for each problem.
result<scoring::normalise::profile>
load_normalise(const std::filesystem::path& path);

} // namespace ringside::config
