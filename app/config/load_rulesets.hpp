#pragma once

#include "domain/rules/catalog.hpp"

#include <filesystem>

namespace ringside::config {

/// Reads and validates one rule set.
/// @param path A `.yaml` file whose name is the id of the rule set.
/// @returns `io_error`, `too_large`, `malformed` (not YAML) or `invalid_value`
/// with one `file:line: text` for each problem.
result<rules::ruleset> load_ruleset(const std::filesystem::path& path);

/// Reads every `.yaml` file of a directory; other files are left alone, but a
/// `.yml` is refused, because it would look loaded and not be.
/// @returns all problems of all files together; `not_found` where the
/// directory holds no rule set.
result<rules::catalog> load_rulesets(const std::filesystem::path& dir);

} // namespace ringside::config
