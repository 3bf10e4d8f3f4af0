#pragma once

#include "domain/audit/finding.hpp"
#include "domain/audit/json.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// What both kinds of `ringside verify` share.
namespace ringside::cli {

json::array findings_json(const std::vector<audit::finding>& findings);

/// One line each, warnings too.
void print_findings(const std::vector<audit::finding>& findings);

/// How many personal parts there are and how many were erased, if any.
void print_personal(std::uint64_t there, std::uint64_t erased);

/// `ringside verify BUNDLE.zip`; gives the exit code.
/// @param keys Keys to trust, or files that hold some.
int verify_bundle_file(const std::string& path,
                       const std::vector<std::string>& keys, bool json);

} // namespace ringside::cli
