#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace ringside::net {

/// What the network room counts. Written by its threads, read by anybody.
struct net_counters {
  using counter = std::atomic<std::uint64_t>;

  counter accepted{0};
  /// Connections closed at once because of a cap.
  counter capped{0};
  /// Pauses of the listener because of missing file descriptors.
  counter accept_pauses{0};
  counter connections{0};
  counter requests{0};
  /// Answers with a status of 400 and above.
  counter refused_requests{0};
  counter sessions{0};
  counter frames_in{0};
  counter frames_out{0};
  counter bytes_out{0};
  counter commands{0};
  counter commands_resent{0};
  counter commands_timed_out{0};
  counter refused_frames{0};
  counter rate_limited{0};
  /// Subscriptions that fell behind and got a new snapshot.
  counter resets{0};
  /// Sessions closed because they did not read what they asked for.
  counter overflows{0};
};

/// Prometheus text, one line of help and one of value per counter.
std::string metrics_text(const net_counters& c);

} // namespace ringside::net
