#pragma once

#include "domain/audit/checkpoint.hpp"
#include "domain/audit/hash.hpp"
#include "domain/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::audit {

/// Enough for any tree of 64-bit size, with one spare for consistency.
inline constexpr std::size_t proof_hashes_max = 65;

/// An offline receipt (C2SP tlog-proof): that an entry is in a signed tree.
struct inclusion_receipt {
  std::uint64_t index = 0;
  std::vector<hash> proof;
  /// The signed checkpoint, byte for byte.
  std::string checkpoint_note;

  friend bool operator==(const inclusion_receipt&, const inclusion_receipt&)
    = default;
};

/// The content of a `.tlog-proof` file.
std::string to_text(const inclusion_receipt& receipt);

/// Reads a `.tlog-proof`. An `extra` line is checked for its form and dropped:
/// nothing vouches for it. The checkpoint is not yet verified.
result<inclusion_receipt> parse_receipt(std::string_view text);

/// Verifies a receipt for the exact bytes of an entry: signature of the log,
/// then inclusion. The error says which of them failed.
result<opened_checkpoint> verify_receipt(std::string_view text,
                                         std::string_view entry,
                                         std::span<const verifier_key> keys);

/// One Base 64 line per hash: a consistency proof on the wire.
std::string proof_lines(std::span<const hash> proof);

/// Reads what `proof_lines` writes, at most `proof_hashes_max` lines.
result<std::vector<hash>> parse_proof_lines(std::string_view text);

} // namespace ringside::audit
