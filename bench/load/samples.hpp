#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Everything of the load generator: it drives a real node from outside.
namespace ringside::load {

using steady = std::chrono::steady_clock;

/// Nanoseconds of the steady clock; all times here are such.
std::int64_t now_ns() noexcept;

/// Durations of one measurement, in nanoseconds. Kept whole: a run has a few
/// hundred thousand of them at most, so no buckets round anything.
class samples {
public:
  void add(std::int64_t ns) {
    values_.push_back(ns);
    sorted_ = false;
  }

  void append(const samples& other);

  /// The value that `per_mille` of a thousand stay at or below; 0 if empty.
  /// @param per_mille 500 for the median, 999 for p99.9.
  std::int64_t at(int per_mille) const;

  std::size_t size() const noexcept {
    return values_.size();
  }

private:
  mutable std::vector<std::int64_t> values_;
  mutable bool sorted_ = false;
};

} // namespace ringside::load
