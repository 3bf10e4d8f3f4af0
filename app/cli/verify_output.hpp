#pragma once

#include "domain/audit/finding.hpp"
#include "domain/audit/json.hpp"

#include <string>
#include <vector>

/// What both kinds of `ringside verify` share.
namespace ringside::cli {

json::array findings_json(const std::vector<audit::finding>& findings);

/// One line each, warnings too.
void print_findings(const std::vector<audit::finding>& findings);

/// `ringside verify BUNDLE.zip`; gives the exit code.
/// @param keys Keys to trust, or files that hold some.
int verify_bundle_file(const std::string& path,
                       const std::vector<std::string>& keys, bool json);

} // namespace ringside::cli
