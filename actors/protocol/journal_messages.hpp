#pragma once

#include "domain/audit/hash.hpp"
#include "domain/base/error.hpp"
#include "domain/base/strong_id.hpp"
#include "persistence/journal_store.hpp"
#include "persistence/journal_writer.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>

/// Talking to the JOURNAL (the only writer) and the READER beside it.
namespace ringside::protocol {

/// Appends entries of one bout, all or none. A BOUT says where it believes its
/// journal to be; if that is wrong nothing is written (`corrupt`), which is how
/// a second writer of the same bout is stopped. A batch without entries writes
/// nothing and asks where the bout is, behind all appends sent before it.
struct append {
  persistence::append_batch batch;
};

/// The entries are durable, one after the other from this place on.
using appended = persistence::batch_place;

struct append_answer {
  std::variant<appended, error> outcome;
};

/// Entries that are not about a bout (accounts, node, keys) belong to this.
inline const bout_id system_bout{"_system"};

/// Changes of the calibration belong to this.
inline const bout_id calibration_bout{"_calibration"};

/// Shadow seats and their cards belong to this.
inline const bout_id shadows_bout{"_shadows"};

/// Steps of the wall clock belong to this.
inline const bout_id clock_bout{"_clock"};

/// Which sources there are, and what they watch, belongs to this.
inline const bout_id sources_bout{"_sources"};

/// Which mode every arena listens to belongs to this.
inline const bout_id failover_bout{"_failover"};

/// Asks the READER for entries of one bout.
struct read_bout {
  bout_id bout;
  std::uint32_t from_bseq = 0;
  std::size_t limit = 4'096;
};

/// Asks the READER for entries of the whole journal.
struct read_entries {
  std::uint64_t from_seq = 0;
  std::size_t limit = 4'096;
};

/// Asks the READER for the last entry of every bout.
struct read_tails {};

/// Asks the READER for leaf hashes.
struct read_leaves {
  std::uint64_t from_seq = 0;
  std::size_t limit = 65'536;
};

using entry_list
  = std::shared_ptr<const std::vector<persistence::journal_entry>>;

struct entries_answer {
  std::variant<entry_list, error> outcome;
};

struct tails_answer {
  std::variant<std::vector<persistence::bout_tail>, error> outcome;
};

struct leaves_answer {
  std::variant<std::vector<audit::hash>, error> outcome;
};

/// What the JOURNAL tells the AUDIT after every commit.
struct leaves_committed {
  std::uint64_t first_seq = 0;
  std::vector<audit::hash> leaves;
  audit::hash root{};
  /// True if one of the entries asks for a checkpoint at once: a round or
  /// bout closed, a result.
  bool milestone = false;
};

/// What the AUDIT asks the JOURNAL to keep.
struct keep_checkpoint {
  persistence::checkpoint_row row;
};

struct get_journal_state {};

struct journal_state {
  std::uint64_t size = 0;
  /// Set while the journal cannot be written.
  std::optional<error> read_only;
  std::uint64_t commits = 0;
  std::uint64_t entries = 0;
  std::uint64_t waiting = 0;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::append)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::append_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::read_bout)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::read_entries)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::read_tails)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::read_leaves)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::entries_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::tails_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::leaves_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::leaves_committed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::keep_checkpoint)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_journal_state)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::journal_state)
