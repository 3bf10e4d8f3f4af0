#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include <caf/actor_clock.hpp>

namespace ringside::sim {

/// What one run wrote down: the last lines, the counters, and the first thing
/// that broke. Everything else of the run stops there.
class run_log {
public:
  explicit run_log(bool verbose) : verbose_(verbose) {
    // nop
  }

  /// Where the virtual clock of the run is read.
  void clock(const caf::actor_clock* source) {
    clock_ = source;
  }

  /// One line of the trace; the last `kept_max` are kept.
  void note(const std::string& line);

  /// An invariant is broken. Only the first one counts.
  void fail(const std::string& what);

  void count(const std::string& kind) {
    ++counts_[kind];
  }

  bool failed() const noexcept {
    return !broken_.empty();
  }

  const std::string& broken() const noexcept {
    return broken_;
  }

  const std::deque<std::string>& lines() const noexcept {
    return lines_;
  }

  const std::map<std::string, std::uint64_t>& counts() const noexcept {
    return counts_;
  }

private:
  static constexpr std::size_t kept_max = 80;

  bool verbose_;
  const caf::actor_clock* clock_ = nullptr;
  std::deque<std::string> lines_;
  std::map<std::string, std::uint64_t> counts_;
  std::string broken_;
};

} // namespace ringside::sim
