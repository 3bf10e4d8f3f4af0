#pragma once

#include <cstddef>
#include <cstdint>

#include <caf/allowed_unsafe_message_type.hpp>

/// What is kept of the fusion of a bout.
namespace ringside::protocol {

/// Asks a HARMONIZER for what the journal has of its fused events: the entries
/// behind number `after`, oldest first.
struct get_fused {
  std::uint32_t after = 0;
  /// 1 to 500.
  std::size_t limit = 100;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_fused)
