#pragma once

#include "domain/base/result.hpp"

#include <filesystem>
#include <string>

namespace ringside::config {

/// Reads a YAML document, such as an OpenAPI description, and gives it as JSON
/// text: unquoted integers, booleans and null keep their type, the rest are
/// strings.
result<std::string> schema_as_json(const std::filesystem::path& file);

} // namespace ringside::config
