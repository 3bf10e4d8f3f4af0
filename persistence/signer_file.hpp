#pragma once

#include "domain/audit/hash.hpp"
#include "domain/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace ringside::persistence {

/// The last tree head the signer put its name to. It lives in its own file, so
/// that a rolled-back or cut journal cannot make the signer sign a second
/// history (audit reference 2.3).
struct signer_state {
  std::uint64_t size = 0;
  audit::hash root{};

  friend bool operator==(const signer_state&, const signer_state&) = default;
};

/// Reads the file; nothing if it does not exist yet, `corrupt` if it is not
/// exactly what advance_signer_state writes.
result<std::optional<signer_state>>
read_signer_state(const std::filesystem::path& path);

/// Makes `next` durable before anything is signed with it. `corrupt` and
/// nothing changes if `next` is smaller than the recorded size or has another
/// root at the same size. After `io_error` do not sign.
result<unit> advance_signer_state(const std::filesystem::path& path,
                                  const signer_state& next);

} // namespace ringside::persistence
