#pragma once

#include "domain/audit/signer_state.hpp"
#include "domain/audit/verifier.hpp"
#include "domain/base/result.hpp"
#include "persistence/journal_store.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace ringside::persistence {

/// How far a check has come: entries read of entries in all.
using check_progress
  = std::function<void(std::uint64_t done, std::uint64_t of)>;

/// Reads the whole journal and verifies it: every entry, every chain, every
/// checkpoint, the head row, and what the signer last put its name to, which
/// shows an older copy. An error only if the store cannot be read at all.
result<audit::verify_report>
verify_store(journal_store& store, audit::verify_options options,
             const std::optional<audit::signer_state>& signed_last,
             const check_progress& progress = {});

} // namespace ringside::persistence
