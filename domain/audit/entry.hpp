#pragma once

#include "domain/audit/hash.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/limits.hpp"
#include "domain/base/result.hpp"
#include "domain/base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// One journal entry: canonical JSON whose bytes are a leaf of the tree (audit
/// reference 2.1). The bytes are stored and never made again.
namespace ringside::audit {

/// The bout name of entries that belong to no bout.
inline constexpr std::string_view system_bout = "_system";

/// The chain of the calibration: thresholds and scoring profiles in force.
inline constexpr std::string_view calibration_bout = "_calibration";

/// True for chains of the node itself, which are no bouts: their names begin
/// with an underscore, and no bout is ever given such a name.
constexpr bool is_system_chain(std::string_view bout) noexcept {
  return bout.starts_with('_');
}

/// How an entry is read: the limits of the journal.
inline constexpr json::limits entry_limits{limits::entry_bytes_max,
                                           limits::entry_depth_max};

/// Which command an entry came from. All entries of one command stand next to
/// each other in the bout: parts 0, 1, ... `of` - 1.
struct command_ref {
  /// The client-made command id.
  std::string id;
  /// Digest of the command's body: the same id with another body is refused.
  hash digest{};
  std::uint32_t part = 0;
  std::uint32_t of = 1;

  friend bool operator==(const command_ref&, const command_ref&) = default;
};

/// How well the device clock behind an entry was known.
struct sync_estimate {
  /// Device clock minus server clock, microseconds.
  std::int64_t off_us = 0;
  /// Bound of the error, microseconds, not negative.
  std::int64_t err_us = 0;

  friend bool operator==(const sync_estimate&, const sync_estimate&) = default;
};

/// A signature inside an entry: key id and Base 64.
struct entry_signature {
  std::string kid;
  std::string b64;

  friend bool operator==(const entry_signature&, const entry_signature&)
    = default;
};

/// The parts of an entry to be written. Views are used during the call only.
/// Empty `dev` and `cmt` are left out.
struct entry_draft {
  /// Origin of the log.
  std::string_view log;
  /// Leaf index.
  std::uint64_t seq = 0;
  /// Server wall clock, not negative.
  utc_ns t;
  /// Bout id, or `system_bout`.
  std::string_view bout;
  /// Position within the bout, without gaps.
  std::uint32_t bseq = 0;
  /// `bout_genesis` for the first entry of a bout, then the leaf hash of the
  /// bout's previous entry.
  hash bprev{};
  /// `role:id`.
  std::string_view actor;
  /// 1 to 64 of `[a-z0-9_.]`.
  std::string_view kind;
  /// A canonical JSON object; the caller vouches for its form.
  std::string_view data;
  std::optional<command_ref> cmd;
  /// Device id.
  std::string_view dev;
  std::optional<sync_estimate> sync;
  /// See `commitment`.
  std::string_view cmt;
  std::optional<entry_signature> sig;
};

/// The parts of an entry that was read; meanings as in `entry_draft`.
struct entry_fields {
  std::string log;
  std::uint64_t seq = 0;
  utc_ns t;
  std::string bout;
  std::uint32_t bseq = 0;
  hash bprev{};
  std::string actor;
  std::string kind;
  json::value data;
  std::optional<command_ref> cmd;
  std::string dev;
  std::optional<sync_estimate> sync;
  std::string cmt;
  std::optional<entry_signature> sig;
  /// Set by `read_entry`: there was a personal part, and it was erased.
  bool erased = false;
  /// Set by `read_entry`: digest of the command's whole body, where
  /// `cmd->digest` leaves out the personal part.
  std::optional<hash> body_digest;

  friend bool operator==(const entry_fields&, const entry_fields&) = default;
};

/// The canonical bytes of an entry. `invalid_value` with the field that breaks
/// its rule, `too_large` beyond 16 KiB or if `data` is nested too deep.
result<std::string> format_entry(const entry_draft& draft);

/// Reads the bytes of an entry: canonical form, known fields only, every value
/// within its rule. `malformed`, `invalid_value` or `too_large`.
result<entry_fields> parse_entry(std::string_view bytes);

/// Checks the rules for single fields, except for `data`.
result<unit> check_entry(const entry_draft& draft);

/// What the first entry of a bout has as `bprev`.
hash bout_genesis(std::string_view origin, std::string_view bout) noexcept;

} // namespace ringside::audit
