#pragma once

#include "domain/base/enum_text.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ringside::audit {

/// What a verification can complain about.
enum class finding_kind : std::uint8_t {
  // -- about one entry --
  /// Not canonical, not within the profile, or a field breaks its rule.
  bad_entry,
  /// The leaf index is not the one that comes next.
  seq_gap,
  /// The entry belongs to another log.
  wrong_log,
  /// A stored column says something else than the entry.
  column_mismatch,
  /// The stored leaf hash is not the hash of the stored bytes.
  leaf_mismatch,
  /// The position within the bout is not the one that comes next.
  bout_gap,
  /// `bprev` is not the leaf hash of the bout's previous entry.
  chain_broken,
  /// The parts of a command are incomplete, mixed or out of order.
  command_parts,
  /// The caller's own check refused the entry.
  rejected,
  /// The entry is not the one whose place in the signed tree is proved.
  not_included,
  /// The personal part beside the entry is not what the entry commits to.
  personal_altered,
  // -- about the tree, or about what is missing --
  /// The log ends before the last part of a command.
  command_cut,
  /// A checkpoint row is unreadable, contradicts its note, or its signature
  /// or its witnesses do not hold.
  bad_checkpoint,
  /// A signed root is not the root of the entries.
  root_mismatch,
  /// Two checkpoints of one size have different roots.
  fork,
  /// Entries that a checkpoint or the head speaks of are gone.
  truncated,
  /// The head row does not fit the entries.
  head_mismatch,
  /// A file of a bundle is missing, changed or does not belong to it.
  bad_file,
  // -- warnings --
  /// The server's wall clock went back.
  clock_backwards,
  /// No key was given, so no signature was checked.
  unsigned_checkpoint,
  /// The result of a bundle could not be derived again here.
  not_derived,
  /// A personal part is gone and no entry says that it was erased, or an entry
  /// says so and it is still there.
  erasure_unclear,
};

/// True if a finding of this kind names one altered, missing or misplaced
/// entry; the others name where, at the earliest, something is wrong.
constexpr bool names_entry(finding_kind kind) noexcept {
  return kind <= finding_kind::personal_altered;
}

/// True if a finding of this kind alone leaves a log sound.
constexpr bool is_warning(finding_kind kind) noexcept {
  return kind >= finding_kind::clock_backwards;
}

/// One complaint.
struct finding {
  finding_kind kind = finding_kind::bad_entry;
  /// The entry; for the tree the first entry that may be concerned.
  std::uint64_t index = 0;
  /// Bout of the entry, empty for the tree.
  std::string bout;
  std::string detail;

  friend bool operator==(const finding&, const finding&) = default;
};

} // namespace ringside::audit

namespace ringside {

template <>
struct enum_names<audit::finding_kind> {
  static constexpr std::array<std::string_view, 22> value{"bad_entry",
                                                          "seq_gap",
                                                          "wrong_log",
                                                          "column_mismatch",
                                                          "leaf_mismatch",
                                                          "bout_gap",
                                                          "chain_broken",
                                                          "command_parts",
                                                          "rejected",
                                                          "not_included",
                                                          "personal_altered",
                                                          "command_cut",
                                                          "bad_checkpoint",
                                                          "root_mismatch",
                                                          "fork",
                                                          "truncated",
                                                          "head_mismatch",
                                                          "bad_file",
                                                          "clock_backwards",
                                                          "unsigned_checkpoint",
                                                          "not_derived",
                                                          "erasure_unclear"};
};

} // namespace ringside
