#pragma once

#include "domain/audit/merkle.hpp"
#include "domain/base/result.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/base/time.hpp"
#include "domain/base/uuid.hpp"
#include "persistence/journal_store.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ringside::persistence {

/// Which part of which command an entry is.
struct command_part {
  uuid id;
  std::array<std::uint8_t, 32> digest{};
  std::uint32_t part = 0;
  std::uint32_t of = 1;
};

/// An entry before it has its place, time and chain.
struct entry_draft {
  /// `role:account`.
  std::string actor;
  std::string kind;
  /// Canonical JSON object.
  std::string data;
  std::optional<command_part> command;
  /// Canonical JSON object that the entry only commits to, kept beside it so
  /// that it can be erased; empty: there is none.
  std::string personal{};
};

/// Fills bytes with randomness fit for secrets.
using random_source = std::function<void(std::span<std::uint8_t>)>;

/// Entries of one bout that are written together or not at all.
struct append_batch {
  bout_id bout;
  /// Where the writer believes the bout to be; empty: wherever it is.
  std::optional<std::uint32_t> first_bseq;
  std::vector<entry_draft> drafts;
};

/// What became of one batch.
struct batch_place {
  std::uint64_t first_seq = 0;
  std::uint32_t first_bseq = 0;
};

/// Gives entries their position, time, chain and leaf, and commits them. The
/// pure part of the JOURNAL actor; command-line tools use it directly. Not
/// thread-safe; it blocks in the store.
class journal_writer {
public:
  /// Takes up the journal where the store left it. `corrupt` if head and
  /// frontier do not fit together. Whether the entries fit them, and whether
  /// the journal is an older copy, is found out by `verify_store` before.
  /// `random` makes the salts of personal parts.
  static result<journal_writer> open(journal_store& store, std::string origin,
                                     random_source random);

  /// Commits all batches in one transaction. Each batch has its own answer: a
  /// batch that does not continue its bout is refused (`corrupt`), the others
  /// are written. If the commit fails, every batch gets that error and the
  /// writer is unusable until it was opened again.
  std::vector<result<batch_place>> commit(std::span<const append_batch> batches,
                                          utc_ns now);

  /// What the last commit wrote; for the AUDIT.
  const std::vector<journal_entry>& last_entries() const noexcept {
    return entries_;
  }

  const audit::tree& tree() const noexcept {
    return tree_;
  }

  const std::string& origin() const noexcept {
    return origin_;
  }

  /// Set after a failed commit.
  const std::optional<error>& failure() const noexcept {
    return failure_;
  }

private:
  struct tail {
    std::uint32_t next_bseq = 0;
    audit::hash leaf{};
  };

  journal_writer(journal_store& store, std::string origin, random_source random)
    : store_(&store), origin_(std::move(origin)), random_(std::move(random)) {
    // nop
  }

  tail tail_of(const bout_id& bout) const;
  result<batch_place> stage(const append_batch& batch, utc_ns now);
  result<journal_entry> make(const entry_draft& draft, const bout_id& bout,
                             const tail& at, std::uint64_t seq,
                             utc_ns now) const;
  result<std::optional<audit::personal_part>>
  salted(const entry_draft& draft) const;

  journal_store* store_;
  std::string origin_;
  random_source random_;
  audit::tree tree_;
  std::unordered_map<bout_id, tail> tails_;
  /// Tails changed by the batches being staged.
  std::unordered_map<bout_id, tail> staged_;
  audit::tree staged_tree_;
  std::vector<journal_entry> entries_;
  std::optional<error> failure_;
  /// Entries never go back in time, whatever the wall clock does.
  utc_ns last_t_;
};

} // namespace ringside::persistence
