#pragma once

#include "domain/base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>

namespace ringside::acts {

/// The union of intervals that come in any order; gaps shorter than the
/// hysteresis are closed (fusion reference, 3.3).
/// Memory: beyond `spans_max` spans the oldest becomes a mere length.
class interval_union {
public:
  static constexpr std::int64_t hysteresis_us = 700'000;
  static constexpr std::size_t spans_max = 256;

  /// One that ends before it begins changes nothing.
  void add(mono_us start, mono_us end);

  /// Length of the union, microseconds.
  std::int64_t length_us() const noexcept;

private:
  struct span {
    std::int64_t start = 0;
    std::int64_t end = 0;
  };

  /// Apart by the hysteresis or more, in order.
  std::deque<span> spans_;
  std::int64_t forgotten_us_ = 0;
};

} // namespace ringside::acts
