#pragma once

#include "domain/audit/checkpoint.hpp"
#include "domain/base/result.hpp"

#include <string>
#include <string_view>

namespace ringside::audit {

/// The last head a signer put its name to. Kept apart from the journal, in a
/// file of its own, so that a journal set back to an older copy is noticed.
struct signer_state {
  checkpoint last;

  friend bool operator==(const signer_state&, const signer_state&) = default;
};

/// The one rule of a signer: never two heads that contradict each other.
/// `corrupt` for a smaller size, for the same size with another root, and for
/// another origin. Whether a greater size extends the last one is proved from
/// the tree, by `verify_consistency`.
result<unit> may_sign(const signer_state& state, const checkpoint& next);

/// The text of the state file: a label line and the three checkpoint lines.
std::string to_text(const signer_state& state);

/// Reads what `to_text` writes; anything else is `corrupt`.
result<signer_state> parse_signer_state(std::string_view text);

} // namespace ringside::audit
