#pragma once

#include "domain/audit/hash.hpp"
#include "domain/audit/personal.hpp"
#include "domain/base/result.hpp"
#include "domain/base/strong_id.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ringside::persistence {

/// One leaf of the audit tree: the exact bytes that were hashed, and the
/// columns that find it again.
struct journal_entry {
  /// Leaf index, counted from 0 over the whole journal.
  std::uint64_t seq = 0;
  bout_id bout;
  /// Position within the bout, counted from 0 without gaps.
  std::uint32_t bseq = 0;
  /// Canonical JSON, never re-serialised.
  std::string bytes;
  audit::hash leaf{};
  /// What the entry only commits to; nothing if it commits to nothing or if
  /// that was erased.
  std::optional<audit::personal_part> personal{};

  friend bool operator==(const journal_entry&, const journal_entry&) = default;
};

/// The head row: what the tree was after the last committed entry.
struct journal_head {
  std::uint64_t size = 0;
  audit::hash root{};
  /// Roots of the complete subtrees of `size` leaves, largest first.
  std::vector<audit::hash> frontier;

  friend bool operator==(const journal_head&, const journal_head&) = default;
};

/// Last entry of one bout: what the next entry of that bout chains to.
struct bout_tail {
  bout_id bout;
  std::uint32_t bseq = 0;
  audit::hash leaf{};
  std::uint64_t seq = 0;

  friend bool operator==(const bout_tail&, const bout_tail&) = default;
};

/// A signed checkpoint, kept for ever.
struct checkpoint_row {
  std::uint64_t size = 0;
  audit::hash root{};
  /// The signed note, byte for byte.
  std::string note;

  friend bool operator==(const checkpoint_row&, const checkpoint_row&)
    = default;
};

/// Where the journal lives. One writer; readers open their own store object on
/// the same place. Every call blocks and may only be made from a detached
/// worker, a test or a command-line tool; an object is for one thread at a
/// time. A store knows no tree maths: bytes, leaves and roots are opaque. All
/// implementations answer alike: tests/persistence drives them in lock-step.
class journal_store {
public:
  virtual ~journal_store() = default;

  /// Commits entries and the new head in one durable transaction, or changes
  /// nothing. At most limits::commit_entries_max entries of at most
  /// limits::entry_bytes_max bytes, and as many of a personal part
  /// (`too_large`), with valid bout ids
  /// (`invalid_value`). They continue the journal without a gap: a position
  /// that is taken, a gap, a `bseq` that does not continue its bout or a head
  /// that does not fit is `corrupt`. No entries with the present head is fine
  /// and changes nothing. All these refusals leave the store as it was.
  /// `io_error`: nothing may be assumed; reopen and read the head to find out.
  /// Until then every write answers `read_only`, as it always does in a store
  /// opened for reading, and has no effect; reads go on.
  virtual result<unit> append(std::span<const journal_entry> entries,
                              const journal_head& head)
    = 0;

  /// Erases the personal part of an entry for good: not even the files hold
  /// its bytes any more. False if there was none, which erases what an
  /// interrupted call left behind. `io_error` as with append; `unavailable` if
  /// somebody who reads keeps old pages alive: call again when he is gone.
  virtual result<bool> erase_personal(std::uint64_t seq) = 0;

  /// The head after the last committed append; all zero for a fresh journal.
  /// `corrupt` if the entries end before or after it.
  virtual result<journal_head> head() = 0;

  /// Entries from `seq` on, at most `limit`, in order, with their personal
  /// parts; none past the end.
  /// `corrupt` if one is missing in between, here and below.
  virtual result<std::vector<journal_entry>> read(std::uint64_t seq,
                                                  std::size_t limit)
    = 0;

  /// Entries of one bout from `bseq` on, at most `limit`, in order.
  virtual result<std::vector<journal_entry>>
  read_bout(const bout_id& bout, std::uint32_t bseq, std::size_t limit) = 0;

  /// The tail of every bout, ordered by bout id.
  virtual result<std::vector<bout_tail>> tails() = 0;

  /// Leaf hashes from `seq` on, at most `limit`, in order.
  virtual result<std::vector<audit::hash>> leaves(std::uint64_t seq,
                                                  std::size_t limit)
    = 0;

  /// Keeps a checkpoint, durably. `corrupt` if its size was kept with another
  /// root, is beyond the head, or is the head's with another root. The same
  /// size and root again changes nothing: the first note stays. `io_error` as
  /// with append.
  virtual result<unit> put_checkpoint(const checkpoint_row& row) = 0;

  /// All checkpoints in order of size.
  virtual result<std::vector<checkpoint_row>> checkpoints() = 0;

  /// The last checkpoint, if there is one.
  virtual result<std::optional<checkpoint_row>> last_checkpoint() = 0;
};

} // namespace ringside::persistence
