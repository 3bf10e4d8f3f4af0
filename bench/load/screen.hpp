#pragma once

#include "bench/load/connection.hpp"
#include "bench/load/node.hpp"
#include "bench/load/samples.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace ringside::load {

/// Spectators of one bout, and when each of them saw which strike.
class audience {
public:
  audience(reactor& on, const node& at, const std::string& bout, int screens);

  /// From now on strikes are expected: number `first` of the bout is the first
  /// one, and it was due at `due[0]`.
  void expect(std::int64_t first, std::vector<std::int64_t> due);

  /// Every screen saw every strike expected.
  bool saw_all() const noexcept {
    return complete_ == due_.size();
  }

  /// Every screen has its first snapshot.
  bool ready() const noexcept {
    return snapshots_ >= screens_.size();
  }

  /// From due to the arrival, at each screen and at the last one.
  const samples& each() const noexcept {
    return each_;
  }

  const samples& last() const noexcept {
    return last_;
  }

  /// Frames that carried strikes, for all screens, and their bytes.
  std::int64_t frames() const noexcept {
    return frames_;
  }

  std::int64_t frame_bytes() const noexcept {
    return frames_ > 0 ? bytes_ / frames_ : 0;
  }

private:
  void received(std::string_view frame);
  void saw(std::int64_t event, std::int64_t now);

  /// The strikes in a frame. All screens get the same bytes, so only the first
  /// one is searched.
  const std::vector<std::int64_t>& events_in(std::string_view frame);

  std::unordered_map<std::int64_t, std::vector<std::int64_t>> known_;
  std::int64_t first_ = 0;
  std::vector<std::int64_t> due_;
  std::vector<std::size_t> seen_;
  std::size_t complete_ = 0;
  std::size_t snapshots_ = 0;
  std::int64_t frames_ = 0;
  std::int64_t bytes_ = 0;
  samples each_;
  samples last_;
  std::vector<std::unique_ptr<connection>> screens_;
};

} // namespace ringside::load
