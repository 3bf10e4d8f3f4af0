#pragma once

#include "domain/base/role.hpp"
#include "domain/vision/failover/arena_sample.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>

/// Which sources an arena listens to.
namespace ringside::protocol {

// -- for clients --------------------------------------------------------------

/// Asks for every arena: its mode, why, how its modes do, and what happened.
struct get_failover {};

/// A person says which mode an arena is to have until further notice, or (no
/// mode) that the node may decide again.
struct set_failover {
  issuer by;
  std::string arena;
  std::optional<intake::source_mode> mode;
  std::string reason;
};

// -- between FAILOVER and SOURCES ---------------------------------------------

/// FAILOVER to the SOURCES: from now on this arena listens to sources of this
/// mode, and to what people feed in. `manual`: to people alone.
struct mode_is {
  std::string arena;
  intake::source_mode mode = intake::source_mode::local;
  /// Rises with every change of the arena; an older one is to be ignored.
  std::uint64_t version = 0;
};

/// Asks the SOURCES how the modes of every arena do.
struct get_mode_health {};

struct arena_health {
  std::string arena;
  failover::arena_sample sample;
  /// Of the `mode_is` that holds for it; 0: none, all are listened to.
  std::uint64_t version = 0;
};

struct mode_health {
  std::vector<arena_health> arenas;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_failover)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::set_failover)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::mode_is)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_mode_health)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::mode_health)
