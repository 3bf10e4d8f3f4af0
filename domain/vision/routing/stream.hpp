#pragma once

#include "domain/vision/routing/job.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace ringside::routing {

struct stream_counters {
  std::uint64_t offered = 0;
  std::uint64_t done = 0;
  /// Attempts that failed, by error, time or death.
  std::uint64_t retried = 0;
  std::uint64_t dead_letters = 0;
  std::uint64_t moves = 0;
};

/// The pictures of one camera: which are there, and which worker looks at
/// them. All that are handed out are at one worker, so that one which follows
/// movement over pictures sees them in order.
struct stream {
  /// By their numbers: what failed is at the head again.
  std::map<std::uint64_t, job> jobs;
  /// Empty: nobody.
  std::string worker;
  /// Where it goes as soon as nothing is at `worker` any more; may be empty.
  std::string next;
  std::size_t handed = 0;
  std::size_t waiting = 0;
  /// The last attempt failed: one batch at a time, so that one which kills
  /// workers kills no other batch with it.
  bool careful = false;
  mono_us moved;
  bool ever_moved = false;
  /// Batches a second, thousandths, smoothed; and those of this second.
  std::int64_t rate_milli = 0;
  std::int64_t fresh = 0;
  bool rated = false;
  stream_counters counters;

  /// Where it belongs to by now.
  const std::string& home() const noexcept {
    return next.empty() ? worker : next;
  }
};

} // namespace ringside::routing
