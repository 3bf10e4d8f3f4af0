#pragma once

#include "persistence/journal_store.hpp"
#include "persistence/memory/fault.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

namespace ringside::persistence {

/// What a journal holds, as plain values.
struct memory_image {
  std::vector<journal_entry> entries;
  journal_head head;
  std::map<std::uint64_t, checkpoint_row> checkpoints;
  /// Leaf indexes of each bout's entries.
  std::map<bout_id, std::vector<std::uint64_t>> bouts;
  /// A writer has been here; a reader of a place without journal is refused.
  bool created = false;

  /// Bytes of all entries, personal parts and notes.
  std::uint64_t bytes = 0;
};

/// What an entry counts for `memory_image::bytes`.
std::uint64_t bytes_of(const journal_entry& entry) noexcept;

/// A disk that outlives the stores on it: opening a second store on the same
/// disk is a restart. Holds the fault plan, so that faults also hit what
/// happens during and after a restart. Safe for stores on several threads.
class memory_disk {
public:
  explicit memory_disk(fault_plan plan = {});

  /// Replaces the plan; the call counter goes on.
  void plan(fault_plan plan);

  /// Calls seen so far.
  std::uint64_t calls() const;

  // -- damage done from outside -----------------------------------------------

  /// Drops the last entries but leaves the head row: a journal cut short.
  void cut(std::uint64_t count);

  /// Flips the lowest bit of byte `offset` of an entry and the text beside it
  /// (modulo their size).
  void flip(std::uint64_t seq, std::uint64_t offset);

  /// The disk is full when entries and notes need more than `bytes`.
  void capacity(std::uint64_t bytes);

  /// A copy of everything, to be restored later: a backup, or the state to
  /// which a disk falls back that lied about its syncs.
  memory_image image() const;
  void restore(memory_image image);

private:
  friend class memory_journal_store;

  void apply(const fault& damage);

  mutable std::mutex mutex_;
  memory_image image_;
  fault_plan plan_;
  std::uint64_t calls_ = 0;
  std::uint64_t capacity_ = UINT64_MAX;
  bool writer_ = false;
};

} // namespace ringside::persistence
