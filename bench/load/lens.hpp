#pragma once

#include "bench/load/connection.hpp"
#include "bench/load/node.hpp"
#include "bench/load/samples.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace ringside::load {

/// The node's timeline as a client on the same machine learns it: one exchange
/// at a time, the fastest of them counts.
class node_time {
public:
  /// Asks `times` times, blocking.
  node_time(reactor& on, const node& at, int times);

  /// Microseconds of the node's timeline at `ns` of ours.
  std::int64_t at(std::int64_t ns) const noexcept {
    return ns / 1'000 + offset_us_;
  }

  /// How wrong that may be, microseconds.
  std::int64_t err_us() const noexcept {
    return best_ns_ / 2'000 + 2;
  }

  std::int64_t ns_of(std::int64_t at_us) const noexcept {
    return (at_us - offset_us_) * 1'000;
  }

private:
  void received(std::string_view frame);

  std::int64_t asked_ = 0;
  std::int64_t best_ns_ = INT64_MAX;
  std::int64_t offset_us_ = 0;
  int answers_ = 0;
};

/// A camera whose model says the same strike again and again while it sees it,
/// as models do that look at every picture.
class lens {
public:
  /// Makes a source that watches `bout`, and opens its stream.
  lens(reactor& on, const node& at, const std::string& name,
       const std::string& bout, int rate_hz);

  /// Sends `count` reports of the strike of `corner` at `at_us`, a few of them
  /// within the jitter of a camera.
  void report(const char* corner, std::int64_t at_us, int count);

  std::int64_t sent() const noexcept {
    return sent_;
  }

  /// Reports that the node answered for. It refuses none.
  std::int64_t taken() const noexcept {
    return taken_;
  }

  /// From sending a batch to its answer.
  const samples& answers() const noexcept {
    return answers_;
  }

  void forget() {
    answers_ = {};
  }

private:
  void received(std::string_view frame);

  std::string id_;
  std::int64_t seq_ = 0;
  std::int64_t sent_ = 0;
  std::int64_t taken_ = 0;
  /// When the batches without an answer were sent.
  std::deque<std::int64_t> waiting_;
  samples answers_;
  connection link_;
};

} // namespace ringside::load
