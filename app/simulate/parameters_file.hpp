#pragma once

#include "domain/synthetic/parameters.hpp"

#include <filesystem>
#include <string>

namespace ringside::simulate {

/// Reads the parameters of a generator.
/// @param path A `.yaml` file whose name is the id.
/// @returns `io_error`, `too_large`, `malformed` or `invalid_value` with one
/// `file:line: text` for each problem; unknown keys are problems.
result<synthetic::parameters>
load_parameters(const std::filesystem::path& path);

/// The parameters as the text of such a file. Reading it gives the same
/// parameters; the same parameters give the same bytes.
std::string text_of(const synthetic::parameters& p);

/// `config/synthetic/mma.yaml` of this installation.
std::filesystem::path default_parameters();

} // namespace ringside::simulate
