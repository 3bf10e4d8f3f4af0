#pragma once

#include "persistence/journal_store.hpp"

#include <set>
#include <string>
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

/// Every third one has a personal part.
journal_entry entry_at(std::uint64_t seq);

/// Whether `entry_at` has a personal part, and what is in it.
bool has_personal(std::uint64_t seq);
audit::personal_part personal_of(std::uint64_t seq);

/// Entries [first, first + count).
std::vector<journal_entry> batch(std::uint64_t first, std::size_t count);

journal_head head_at(std::uint64_t size);

checkpoint_row checkpoint_of(std::uint64_t size);

/// Tails of a journal of `size` entries.
std::vector<bout_tail> tails_at(std::uint64_t size);

/// Everything a store says about a journal of `size` entries, compared with
/// what it must be; empty if all is well, else the first difference. Personal
/// parts of `erased` entries must be gone.
std::string difference(journal_store& store, std::uint64_t size,
                       const std::set<std::uint64_t>& erased = {});

} // namespace ringside::persistence::test
