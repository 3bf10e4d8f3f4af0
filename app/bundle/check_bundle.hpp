#pragma once

#include "domain/audit/bundle_verifier.hpp"
#include "domain/bout/apply.hpp"

#include <filesystem>
#include <string>

namespace ringside::bundle {

/// Name and version of this program, as in the manifest.
std::string program_name();

/// Verifies a bundle file: zip, signatures, proofs and chain, and whether the
/// result follows from the entries by the rules, as far as `rulesets` knows
/// them. Errors are for input that cannot be used at all.
/// @param rulesets null if there are none here; then the report says so.
result<audit::bundle_report> check_bundle(const std::filesystem::path& file,
                                          const audit::bundle_options& options,
                                          const bout::ruleset_lookup* rulesets);

} // namespace ringside::bundle
