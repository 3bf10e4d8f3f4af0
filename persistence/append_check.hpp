#pragma once

#include "persistence/journal_store.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace ringside::persistence {

/// Gives the last `bseq` of a bout, nothing if the bout has no entry yet.
using tail_lookup
  = std::function<result<std::optional<std::uint32_t>>(const bout_id&)>;

/// The rules of journal_store::append, once for every store: limits first
/// (`too_large`, `invalid_value`), then continuity (`corrupt`). `before` is
/// the committed head. `tail` is asked once per bout; what it cannot answer
/// is handed on.
result<unit> check_append(const journal_head& before,
                          std::span<const journal_entry> entries,
                          const journal_head& after, const tail_lookup& tail);

/// The rules of journal_store::put_checkpoint. `kept` is the checkpoint of the
/// same size that the store has already. True if the row has to be written,
/// false if it is there.
result<bool> check_checkpoint(const journal_head& head,
                              const std::optional<checkpoint_row>& kept,
                              const checkpoint_row& row);

} // namespace ringside::persistence
