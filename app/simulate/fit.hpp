#pragma once

#include "domain/scoring/profile.hpp"
#include "domain/synthetic/parameters.hpp"

#include <filesystem>
#include <string>

namespace ringside::simulate {

/// Fits a generator to published rounds.
/// @param id Of the result, the name of its file.
/// @param engine What the judges are measured beside.
/// @returns what reading the rounds refuses, or too few of them.
result<synthetic::parameters> fit(const std::filesystem::path& rounds,
                                  const scoring::profile& engine,
                                  const std::string& id);

} // namespace ringside::simulate
