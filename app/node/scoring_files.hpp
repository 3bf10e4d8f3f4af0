#pragma once

#include "domain/advice/in_force.hpp"

#include <filesystem>

namespace ringside {

/// Reads the scoring profiles of a directory, and from `hybrid` and `normalise`
/// below it how cameras and people are combined, each with the SHA-256 of its
/// file. A directory that is not there, or holds none, has no profiles: without
/// scoring profiles no round is assessed.
/// @returns everything that is wrong with the files, `io_error`, or
/// `wrong_state` if a file changes while it is read.
result<advice::profile_list>
read_scoring_profiles(const std::filesystem::path& dir);

} // namespace ringside
