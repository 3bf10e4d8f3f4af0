#pragma once

#include "domain/audit/verifier_key.hpp"
#include "domain/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace ringside {

struct rotated_key {
  audit::verifier_key old_key;
  audit::verifier_key new_key;
  /// The entry that says so.
  std::uint64_t entry = 0;
};

/// Gives a log a new key (audit reference 2.6). The node must not be running.
/// Both keys sign an entry and the checkpoint after it; then the old seed is
/// overwritten. A power cut at any moment leaves a directory that starts: with
/// the old key, or with the new one if the entry is there. `corrupt` if the
/// journal does not verify, `unavailable` if a node is running.
result<rotated_key> rotate_log_key(const std::filesystem::path& data);

} // namespace ringside
