#pragma once

#include "domain/audit/hash.hpp"
#include "domain/base/error.hpp"
#include "domain/base/role.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/bout/event.hpp"
#include "domain/wire/audience.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>

/// Questions and their answers. Answers that go to a client are JSON texts,
/// made where the state is, so that no state crosses between actors.
namespace ringside::protocol {

/// A JSON (or plain) text for a client, or why there is none.
struct text_answer {
  std::variant<std::string, error> outcome;
};

// -- bouts --------------------------------------------------------------------

/// Which part of a bout somebody asks for.
enum class bout_part : std::uint8_t { all, cards, result, statistics };

/// Asks a BOUT for its state as this audience may see it. Answered when
/// everything in the answer is durable.
struct get_bout {
  wire::audience audience;
  bout_part part = bout_part::all;
};

/// Asks a BOUT for its journal as this audience may see it.
struct get_bout_events {
  wire::audience audience;
  bout::event_no after_version = 0;
  std::size_t limit = 500;
};

/// Asks the BOUTS for a page of the list, newest last.
struct list_bouts {
  std::string phase;
  std::string event;
  std::string after;
  std::size_t limit = 100;
};

/// BOUT to BOUTS when its place in the list changed.
struct bout_changed {
  bout_id bout;
  /// Name of the phase it is in.
  std::string phase;
  std::string summary;
  int seats = 0;
};

/// Makes sure that a bout is live (it may rest after publication) and answers
/// with its id, or `not_found`.
struct wake_bout {
  bout_id bout;
};

// -- audit --------------------------------------------------------------------

struct get_checkpoint {};

struct get_inclusion {
  std::uint64_t index = 0;
  /// 0: the size of the latest checkpoint.
  std::uint64_t size = 0;
};

struct get_consistency {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

/// A tile of hashes, or of entries where `level` is -1.
struct get_tile {
  int level = 0;
  std::uint64_t index = 0;
  /// 0: the full tile.
  std::uint32_t width = 0;
};

/// Proofs for many entries at once, all for one checkpoint.
struct get_proofs {
  std::vector<std::uint64_t> indexes;
  /// Size of the checkpoint; 0: sign what is there and take that. Entries from
  /// its size on are left out of the answer.
  std::uint64_t size = 0;
};

struct proof_list {
  /// The checkpoint, for size 0 only.
  std::string note;
  std::uint64_t size = 0;
  /// In the order of the indexes.
  std::vector<std::vector<audit::hash>> proofs;
};

struct proofs_answer {
  std::variant<proof_list, error> outcome;
};

/// The evidence of one bout for somebody who may see that much of it.
struct get_bundle {
  bout_id bout;
  wire::audience audience;
};

struct bundle_answer {
  /// A zip file.
  std::variant<std::shared_ptr<const std::string>, error> outcome;
};

// -- accounts -----------------------------------------------------------------

struct create_account {
  issuer by;
  std::string name;
  ringside::role role = ringside::role::viewer;
};

/// A new secret for an account; the answer holds it, once.
struct issue_token {
  issuer by;
  std::string account;
  /// Seconds until it expires.
  std::int64_t ttl_s = 14 * 3'600;
};

struct revoke_tokens {
  issuer by;
  std::string account;
};

struct set_role {
  issuer by;
  std::string account;
  ringside::role role = ringside::role::viewer;
};

struct list_accounts {};

/// Trades the one-time code of a fresh data directory for an admin's token.
struct claim_admin {
  std::string code;
  std::string name;
};

// -- health -------------------------------------------------------------------

enum class health_level : std::uint8_t { ok, degraded, failed };

/// A component reports itself to HEALTH.
struct report_health {
  std::string component;
  health_level level = health_level::ok;
  std::string reason;
};

struct get_health {};

struct component_health {
  std::string component;
  health_level level = health_level::ok;
  std::string reason;
  /// Milliseconds since the level last changed.
  std::int64_t since_ms = 0;
};

struct health_view {
  bool ready = false;
  std::vector<component_health> components;
};

} // namespace ringside::protocol

namespace ringside {

template <>
struct enum_names<protocol::health_level> {
  static constexpr std::array<std::string_view, 3> value{"ok", "degraded",
                                                         "failed"};
};

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::text_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_bout)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_bout_events)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::list_bouts)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::bout_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::wake_bout)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_checkpoint)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_inclusion)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_consistency)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_tile)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_proofs)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::proofs_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_bundle)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::bundle_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::create_account)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::issue_token)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::revoke_tokens)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::set_role)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::list_accounts)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::claim_admin)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::report_health)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_health)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::health_view)
