#pragma once

#include "domain/audit/hash.hpp"
#include "domain/audit/note.hpp"
#include "domain/audit/signing_key.hpp"
#include "domain/base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::audit {

/// A tree head (C2SP tlog-checkpoint): which log, how many leaves, what root.
struct checkpoint {
  /// Also the name of the log's key.
  std::string origin;
  std::uint64_t size = 0;
  hash root{};

  friend bool operator==(const checkpoint&, const checkpoint&) = default;
};

/// A checkpoint that the log's own key signed.
struct opened_checkpoint {
  checkpoint head;
  /// Everyone known who signed, the witnesses too.
  std::vector<note_signer> signers;
};

/// The three lines that are signed.
std::string checkpoint_text(const checkpoint& head);

/// Reads exactly three lines; extension lines are refused, we make none.
result<checkpoint> parse_checkpoint(std::string_view text);

/// The signed note. The key's name must be the origin. The caller asks
/// `may_sign` first.
std::string sign_checkpoint(const checkpoint& head, const signing_key& key);

/// Verifies a checkpoint: a note (see `open_note` for refusals) with a line of
/// a known Ed25519 key named like its origin.
result<opened_checkpoint> open_checkpoint(std::string_view note,
                                          std::span<const verifier_key> keys);

} // namespace ringside::audit
