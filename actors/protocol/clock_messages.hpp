#pragma once

#include "domain/base/role.hpp"
#include "domain/base/time.hpp"
#include "domain/timing/clock_estimate.hpp"

#include <cstdint>
#include <string>

#include <caf/allowed_unsafe_message_type.hpp>

/// What is known of the clocks of devices and sources.
namespace ringside::protocol {

/// After an exchange with the device behind a session.
struct clock_reading {
  /// Unique among the sessions of this process.
  std::string session;
  std::string account;
  role who = role::viewer;
  timing::clock_mapping line;
  /// Of the last exchange, both ways together.
  std::int64_t trip_us = 0;
  /// Resolution of the device's clock.
  std::int64_t quantum_us = 0;
  /// How often it stepped or slept in this session.
  int resets = 0;
  std::uint64_t exchanges = 0;
  /// When the last exchange was over, on the server's timeline.
  mono_us at;
};

/// The session ended.
struct clock_gone {
  std::string session;
};

/// Asks for all clocks, the server's own among them.
struct get_clocks {};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::clock_reading)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::clock_gone)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_clocks)
