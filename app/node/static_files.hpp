#pragma once

#include "domain/base/result.hpp"
#include "net/options.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace ringside {

/// Reads the files of the panels into memory: `index.html` becomes `/`, the
/// rest keep their path. `not_found` if the directory has no index.html,
/// `too_large` beyond 64 MiB.
result<std::map<std::string, net::static_file, std::less<>>>
load_static_files(const std::filesystem::path& dir);

} // namespace ringside
