#pragma once

#include "domain/vision/intake/source_fact.hpp"

#include <cstdint>
#include <string>

#include <caf/allowed_unsafe_message_type.hpp>

/// Which sources and workers an arena listens to.
namespace ringside::protocol {

/// FAILOVER to the SOURCES and the ROUTER: from now on this arena listens to
/// sources and workers of this mode. `manual`: to none, people alone count.
struct mode_is {
  std::string arena;
  intake::source_mode mode = intake::source_mode::local;
  /// Rises with every change of the arena; an older one is to be ignored.
  std::uint64_t version = 0;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::mode_is)
