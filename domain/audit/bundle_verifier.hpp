#pragma once

#include "domain/audit/bundle.hpp"
#include "domain/audit/checkpoint.hpp"
#include "domain/audit/finding.hpp"
#include "domain/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ringside::audit {

/// What `verify_bundle` is told besides the files.
struct bundle_options {
  /// Keys that the caller trusts. With none the bundle's own keyring is used,
  /// which shows changes but not who made the bundle.
  std::vector<log_key> keys;
  /// Findings kept; more are only counted.
  std::size_t findings_max = 100;
};

struct bundle_report {
  bundle_manifest manifest;
  /// The keys that were used, and whether the caller gave them.
  std::vector<log_key> keys;
  bool keys_given = false;
  /// The signed tree head; nothing if it does not verify.
  std::optional<checkpoint> head;
  /// Entries of the bout that were proved, and those of chains beside it.
  std::uint64_t proved = 0;
  std::uint64_t proved_beside = 0;
  /// Entries whose personal part is there, and such whose was erased.
  std::uint64_t personal = 0;
  std::uint64_t erased = 0;
  std::vector<finding> findings;
  std::uint64_t findings_total = 0;
  std::uint64_t errors_total = 0;

  /// True if nothing but warnings was found.
  bool sound() const noexcept {
    return errors_total == 0;
  }

  /// Notes a finding, up to `max` of them.
  void add(finding f, std::size_t max);
};

/// Verifies the files of a bundle: signatures of manifest and checkpoint, every
/// listed file, every entry's proof, form, chain, number and personal part, as
/// far as it was not erased. Whether the result
/// follows from the entries is for the caller, who knows the rules.
/// `malformed` if this is no bundle at all: no manifest, or none that can be
/// read.
result<bundle_report> verify_bundle(std::span<const bundle_file> files,
                                    const bundle_options& options);

} // namespace ringside::audit
