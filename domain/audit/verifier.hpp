#pragma once

#include "domain/audit/checkpoint.hpp"
#include "domain/audit/entry.hpp"
#include "domain/audit/finding.hpp"
#include "domain/audit/merkle.hpp"
#include "domain/audit/personal.hpp"
#include "domain/audit/verifier_chain.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Verification of a whole log from what is stored, without trusting any of it
/// but the keys. Pure: the caller reads the rows.
namespace ringside::audit {

/// An entry as the store gives it; views are used during the call only.
struct stored_entry {
  std::uint64_t seq = 0;
  std::string_view bout;
  std::uint32_t bseq = 0;
  std::string_view bytes;
  hash leaf{};
  /// The personal part beside it, or null.
  const personal_part* personal = nullptr;
};

/// A checkpoint as the store gives it, or one that somebody kept elsewhere.
struct stored_checkpoint {
  std::uint64_t size = 0;
  hash root{};
  std::string note;
};

/// The head row of the store.
struct stored_head {
  std::uint64_t size = 0;
  hash root{};
  std::vector<hash> frontier;
};

/// A key of the log and the sizes of trees it may sign: [from, to).
struct log_key {
  verifier_key key;
  std::uint64_t from = 0;
  std::uint64_t to = std::numeric_limits<std::uint64_t>::max();
};

struct verify_options {
  std::string origin;
  /// Old and new keys of the log; with none, signatures are not checked and
  /// every report says so.
  std::vector<log_key> keys;
  std::vector<verifier_key> witnesses;
  /// Witnesses that must have signed every checkpoint.
  std::size_t witnesses_min = 0;
  /// Findings kept; more are only counted.
  std::size_t findings_max = 100;
  /// An extra check of every entry that could be read: a complaint or nothing.
  std::function<std::optional<std::string>(const entry_fields&)> check;
};

struct verify_report {
  std::uint64_t entries = 0;
  /// Bouts; the chains of the node itself are none.
  std::size_t bouts = 0;
  bool system_chain = false;
  /// Errors that name an entry of the system's chain, and entries that are
  /// missing and may have been of it.
  std::uint64_t system_errors = 0;
  /// The last entry of the system's chain.
  std::optional<std::uint64_t> last_system;
  std::size_t checkpoints = 0;
  /// Entries with a personal part that is there, and such whose was erased.
  std::uint64_t personal = 0;
  std::uint64_t erased = 0;
  /// Size of the greatest checkpoint whose signature and root hold. Entries
  /// from here on are covered by the head row and the chains only.
  std::uint64_t signed_size = 0;
  hash root = empty_root();
  std::vector<finding> findings;
  std::uint64_t findings_total = 0;
  std::uint64_t errors_total = 0;

  /// Least index of all errors that name an entry, and of all others; also of
  /// those beyond `findings_max`.
  std::optional<std::uint64_t> first_named;
  std::optional<std::uint64_t> first_possible;

  /// True if nothing but warnings was found.
  bool sound() const noexcept {
    return errors_total == 0;
  }

  /// True if what the system's chain says (who is who) may be believed: all of
  /// it is sound, or under a checkpoint that is, with no complaint about it.
  bool system_sound() const noexcept {
    return sound()
           || (system_errors == 0
               && (!last_system || *last_system < signed_size));
  }

  /// The first entry that a finding names as altered, missing or misplaced; if
  /// none does, the first that may be.
  std::optional<std::uint64_t> first_bad() const noexcept {
    return first_named ? first_named : first_possible;
  }
};

/// Takes the checkpoints first, then the entries in order, then the head.
///
/// Every checkpoint root is compared with the root over the entries themselves,
/// so all of them are consistent with each other if none complains.
class log_verifier {
public:
  /// `checkpoints` in any order; the signatures are checked here.
  log_verifier(verify_options options,
               std::vector<stored_checkpoint> checkpoints);

  /// The next entry of the log.
  void add(const stored_entry& entry);

  /// Ends the verification; call it once.
  verify_report finish(const std::optional<stored_head>& head);

private:
  void report(finding f);
  void report_all(std::vector<finding>& found);
  void check_signature(const stored_checkpoint& row);
  void check_signers(const stored_checkpoint& row,
                     const opened_checkpoint& opened);
  void check_fields(const stored_entry& stored, const entry_fields& entry,
                    const hash& leaf);
  void check_clock(const entry_fields& entry);
  void check_personal(const stored_entry& stored, const entry_fields& entry);
  void check_erasures();
  void check_roots();
  void check_root(const stored_checkpoint& row);
  void check_head(const stored_head& head);

  verify_options options_;
  std::vector<verifier_key> all_keys_;
  std::vector<stored_checkpoint> checkpoints_;
  std::size_t next_checkpoint_ = 0;
  bool root_broken_ = false;
  chain_checker chains_;
  tree tree_;
  std::uint64_t next_seq_ = 0;
  /// Entries that later ones show to be missing.
  std::uint64_t missing_ = 0;
  utc_ns last_time_;
  /// Entries with a commitment, and whether their personal part is there.
  std::map<std::uint64_t, bool> committed_;
  /// Entries that others say were erased.
  std::set<std::uint64_t> said_erased_;
  verify_report report_;
};

/// Gives the next entry, or nothing at the end.
using entry_source = std::function<std::optional<stored_entry>()>;

/// Runs a `log_verifier` over everything `next` gives.
verify_report verify_log(verify_options options,
                         std::vector<stored_checkpoint> checkpoints,
                         const entry_source& next,
                         const std::optional<stored_head>& head);

} // namespace ringside::audit
