#pragma once

#include "domain/audit/verifier.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ringside::audit {

/// A row of the entry table.
struct sample_row {
  std::uint64_t seq = 0;
  std::string bout;
  std::uint32_t bseq = 0;
  std::string bytes;
  hash leaf{};
  std::optional<personal_part> personal{};
};

/// Everything a store holds about a log, free to be tampered with.
struct sample_log {
  std::vector<sample_row> rows;
  std::vector<stored_checkpoint> checkpoints;
  stored_head head;

  /// What an honest verifier is told besides.
  verify_options options;

  verify_report verify() const;
};

/// Two bouts and the system, interleaved, with commands of one to three
/// entries and a checkpoint at sizes 0, 6, 13 and 20 of 24.
sample_log honest_log();

/// Writes the next entry of a log in the honest way.
void append_entry(sample_log& log, const std::string& bout,
                  std::optional<command_ref> cmd = std::nullopt);

/// The same with a text of `"text"` that the entry only commits to.
void append_personal(sample_log& log, const std::string& bout,
                     const std::string& text);

/// An entry of the system that says that a personal part was erased.
void append_erasure(sample_log& log, std::uint64_t seq);

/// Signs the present head with the log's key.
void append_checkpoint(sample_log& log, const signing_key& key);

/// Makes the head row fit the rows again, as a forger with write access can.
void forge_head(sample_log& log);

/// Rewrites entry `index` by `change` and then everything that hangs on it:
/// leaves, chains and head, all but the signatures.
void forge_everything_from(sample_log& log, std::size_t index,
                           const std::function<void(entry_fields&)>& change);

/// The bytes of an entry from its parts.
std::string bytes_of(const entry_fields& entry);

} // namespace ringside::audit
