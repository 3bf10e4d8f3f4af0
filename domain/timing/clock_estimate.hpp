#pragma once

#include "domain/base/time.hpp"

#include <cstdint>
#include <deque>
#include <optional>

/// How a device's clock maps to the server's timeline, with a bound that is a
/// guarantee and not a guess (time reference, sections 3 and 4).
namespace ringside::timing {

/// One question and answer about the time, microseconds: `c0` and `c3` on the
/// device's clock, `s1` and `s2` on the server's timeline.
struct time_exchange {
  std::int64_t c0 = 0;
  std::int64_t s1 = 0;
  std::int64_t s2 = 0;
  std::int64_t c3 = 0;
};

/// A moment on the server's timeline; the truth is within `err_us` of it as
/// long as the device's clock is off by no more than `drift_ppm`.
struct bounded_time {
  mono_us at;
  std::int64_t err_us = 0;
};

/// What became of an exchange.
enum class exchange_outcome : std::uint8_t {
  taken,
  /// It contradicts itself or took longer than 10 s; nothing changed.
  rejected,
  /// It contradicts the earlier ones: the device's clock stepped or slept.
  /// Everything earlier is forgotten.
  reset,
};

/// Intersects the intervals of many exchanges, each widened by the drift since
/// then. Both edges come from the fastest trip in that direction, so this beats
/// the best single round trip and no asymmetry of the network can fool it.
/// For one device and one run (generation) of its clock.
class clock_estimate {
public:
  /// Greatest drift of a device's clock against the server's.
  static constexpr std::int64_t drift_ppm = 100;
  static constexpr std::int64_t window_us = 300'000'000;
  static constexpr std::size_t samples_max = 512;

  /// @param quantum_us resolution of the device's clock.
  explicit clock_estimate(std::int64_t quantum_us = 100)
    : quantum_us_(quantum_us) {
    // nop
  }

  exchange_outcome add(const time_exchange& x);

  /// The server's time of a moment on the device's clock; nothing before the
  /// first exchange.
  std::optional<bounded_time> at(std::int64_t device_us) const noexcept;

  /// How often the device's clock stepped.
  int resets() const noexcept {
    return resets_;
  }

private:
  /// The offset (server minus device) lies in [low, high] at `ref_`.
  struct interval {
    std::int64_t low = 0;
    std::int64_t high = 0;
  };

  interval intersect(std::int64_t ref) const noexcept;

  std::int64_t quantum_us_;
  std::deque<time_exchange> samples_;
  std::int64_t ref_ = 0;
  interval offset_;
  int resets_ = 0;
};

} // namespace ringside::timing
