#pragma once

#include "app/feed/device.hpp"
#include "domain/base/strong_id.hpp"

#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace ringside::feed {

/// One revision of a fused event, as it came.
struct heard_event {
  clock::time_point at;
  json::value what;
};

/// Follows what is fused of a bout, on a thread of its own, and keeps every
/// revision. It also knows the node's time as well as it can be known from
/// here: an exchange without delays.
class watcher {
public:
  /// @param where With the token of a supervisor.
  watcher(const officials::place& where, const bout_id& bout);

  result<unit> start();

  /// Ends the thread; what it heard is complete then.
  void stop();

  const std::vector<heard_event>& heard() const noexcept {
    return heard_;
  }

  /// Revisions that may be missing: it was cut off, or a slot was used again
  /// before it was seen.
  std::size_t gaps() const noexcept {
    return gaps_;
  }

  /// A moment on the node's timeline; nothing before the first exchange.
  std::optional<timing::bounded_time> placed(clock::time_point t) const;

private:
  void play(const std::stop_token& stop);
  void take(const json::value& frame);

  bout_id bout_;
  device device_;
  std::vector<heard_event> heard_;
  std::size_t gaps_ = 0;
  std::int64_t seq_ = -1;
  std::jthread thread_;
};

} // namespace ringside::feed
