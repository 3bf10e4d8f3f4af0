#pragma once

#include "domain/base/error.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/bout/command.hpp"

#include <cstdint>
#include <memory>
#include <variant>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/fwd.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// The road of one command: session > SEAT or DESK > BOUT > JOURNAL, and its
/// answer straight back. Commands travel as plain sends with a number of the
/// sender's own: requests would be searched linearly and would leave a timer
/// behind for each of them.
namespace ringside::protocol {

/// A command was made durable. What a repeat of it is told, too.
struct accepted {
  bout_id bout;
  /// Version of the bout after the command.
  bout::event_no version = 0;
  /// Its events: `first` to `last`, numbers within the bout.
  bout::event_no first = 0;
  bout::event_no last = 0;
  /// Position of its last entry in the journal.
  std::uint64_t position = 0;
  /// True if this answers a repeat of an earlier command.
  bool replayed = false;
};

/// Answer to one `submit`. Comes at most once; a sender that hears nothing
/// within its deadline asks again with the same command.
struct command_answer {
  std::uint64_t tag = 0;
  std::variant<accepted, error> outcome;
};

/// Takes answers to commands: sessions, HTTP requests, simulated clients.
using answer_sink = caf::typed_actor<caf::reacts_to<command_answer>>;

/// One command on its way. The command is shared and never changed.
struct submit {
  answer_sink to;
  std::uint64_t tag = 0;
  bout_id bout;
  std::shared_ptr<const bout::command> command;
};

/// A life sign of the client behind a seat or desk.
struct contact {
  std::string account;
  /// Names the connection, so that a late sign of an old one is not taken for
  /// the new one.
  std::string session;
  std::string device;
  /// False when the connection is known to be gone.
  bool present = true;
};

/// Asks a seat or desk who is there.
struct get_presence {};

struct presence_entry {
  std::string account;
  std::string session;
  std::string device;
  bool present = false;
  /// Age of the last contact, milliseconds.
  std::int64_t age_ms = 0;
};

/// Answer to `get_presence`.
struct presence {
  std::string name;
  std::vector<presence_entry> entries;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::command_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::submit)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::contact)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_presence)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::presence)
