#pragma once

#include "net/api.hpp"
#include "net/connection.hpp"
#include "net/context.hpp"
#include "net/lane.hpp"

#include <atomic>
#include <cstdint>

namespace ringside::net {

/// What connections need of the server around them.
struct site {
  net_context& ctx;
  /// HTTP and the WebSockets of officials.
  lane& ingest;
  /// The WebSockets of spectators.
  lane& fan_out;
  api& http;
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> sessions{0};
  /// Tells the sessions of this run of the node from those of an earlier one.
  std::string run;
};

} // namespace ringside::net
