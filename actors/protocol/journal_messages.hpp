#pragma once

#include "domain/audit/hash.hpp"
#include "domain/base/error.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/base/uuid.hpp"
#include "persistence/journal_store.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>

/// Talking to the JOURNAL (the only writer) and the READER beside it.
namespace ringside::protocol {

/// Which part of which command an entry is.
struct command_part {
  uuid id;
  std::array<std::uint8_t, 32> digest{};
  std::uint32_t part = 0;
  std::uint32_t of = 1;
};

/// An entry before the JOURNAL gives it its place, time and chain.
struct entry_draft {
  /// `role:account`.
  std::string actor;
  std::string kind;
  /// Canonical JSON object.
  std::string data;
  std::optional<command_part> command;
};

/// Appends entries of one bout, all or none. `first_bseq` is where the writer
/// believes the bout to be; if it is wrong nothing is written (`corrupt`),
/// which is how a second writer of the same bout is stopped. For `system_bout`
/// the JOURNAL numbers the entries itself.
struct append {
  bout_id bout;
  std::uint32_t first_bseq = 0;
  std::vector<entry_draft> drafts;
};

/// The entries are durable: positions `first_seq` onwards, in order.
struct appended {
  std::uint64_t first_seq = 0;
};

struct append_answer {
  std::variant<appended, error> outcome;
};

/// Entries that are not about a bout (accounts, node, keys) belong to this.
inline const bout_id system_bout{"_system"};

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
