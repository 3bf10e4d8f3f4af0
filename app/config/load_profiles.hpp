#pragma once

#include "domain/scoring/profile.hpp"

#include <filesystem>
#include <vector>

namespace ringside::config {

/// Reads and validates one scoring profile.
/// @param path A `.yaml` file whose name is the id of the profile.
/// @returns `io_error`, `too_large`, `malformed` (not YAML) or `invalid_value`
/// with one `file:line: text` for each problem, such as an unknown key, a
/// number that is not finite or a term that would punish a landed strike.
result<scoring::profile> load_profile(const std::filesystem::path& path);

/// Reads every `.yaml` file of a directory in order of their names.
/// @returns all problems of all files together; `not_found` where the
/// directory holds no profile.
result<std::vector<scoring::profile>>
load_profiles(const std::filesystem::path& dir);

/// The profile as the text of such a file; reading it back gives the same
/// profile as far as six decimals go. The same profile gives the same bytes.
std::string profile_text(const scoring::profile& p);

/// Where the profiles of this installation are.
std::filesystem::path default_profile_dir();

} // namespace ringside::config
