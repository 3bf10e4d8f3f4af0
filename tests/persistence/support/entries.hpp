#pragma once

#include "persistence/journal_store.hpp"

#include <vector>

/// A journal whose every entry follows from its position, so that any process
/// can tell what must be on the disk. Hashes are invented: stores do no tree
/// maths.
namespace ringside::persistence::test {

/// Bouts take turns; `bout_of(seq)` has this many different values.
inline constexpr std::uint64_t bout_count = 5;

bout_id bout_of(std::uint64_t seq);

/// Different for different (`what`, `n`).
audit::hash fake_hash(char what, std::uint64_t n);

journal_entry entry_at(std::uint64_t seq);

/// Entries [first, first + count).
std::vector<journal_entry> batch(std::uint64_t first, std::size_t count);

journal_head head_at(std::uint64_t size);

checkpoint_row checkpoint_of(std::uint64_t size);

/// Tails of a journal of `size` entries.
std::vector<bout_tail> tails_at(std::uint64_t size);

/// Everything a store says about a journal of `size` entries, compared with
/// what it must be; empty if all is well, else the first difference.
std::string difference(journal_store& store, std::uint64_t size);

} // namespace ringside::persistence::test
