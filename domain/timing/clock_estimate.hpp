#pragma once

#include "domain/base/time.hpp"
#include "domain/timing/time_exchange.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

/// How a device's clock maps to the server's timeline, with a bound that is a
/// guarantee and not a guess (time reference, sections 3 and 4).
namespace ringside::timing {

/// A moment on the server's timeline; the truth is within `err_us` of it as
/// long as the device's clock runs within 100 ppm of true, at a steady rate.
struct bounded_time {
  mono_us at;
  std::int64_t err_us = 0;
};

/// How fast the server's clock runs against a device's, parts per billion.
struct clock_rate {
  /// Growth of the offset (server minus device) per time of the device.
  std::int64_t slope_ppb = 0;
  /// The true rate is within this of the slope.
  std::int64_t bound_ppb = 0;
};

/// Of a device that nothing is known about: 100 ppm is more than any sound
/// quartz is off (time reference, section 4).
inline constexpr clock_rate unknown_rate{0, 100'000};

/// A straight line from a device's clock to the server's timeline.
struct clock_mapping {
  /// Where the line is known best, on the device's clock.
  std::int64_t ref_us = 0;
  /// Server minus device, there.
  std::int64_t offset_us = 0;
  std::int64_t err_us = 0;
  clock_rate rate = unknown_rate;

  bounded_time at(std::int64_t device_us) const noexcept;
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
/// After a minute the same intervals bound the rate of the device's clock, too:
/// only some rates fit through all of them. The edges are then carried forward
/// by that rate and widen more slowly.
/// For one device and one run (generation) of its clock.
class clock_estimate {
public:
  static constexpr std::int64_t window_us = 300'000'000;
  static constexpr std::size_t samples_max = 512;

  /// How much the rate of one clock may wander within the window.
  static constexpr std::int64_t wander_ppb = 10'000;

  /// @param quantum_us resolution of the device's clock.
  explicit clock_estimate(std::int64_t quantum_us = 100)
    : quantum_us_(quantum_us) {
    // nop
  }

  exchange_outcome add(const time_exchange& x);

  /// Nothing before the first exchange.
  std::optional<clock_mapping> mapping() const noexcept;

  /// The server's time of a moment on the device's clock; nothing before the
  /// first exchange.
  std::optional<bounded_time> at(std::int64_t device_us) const noexcept;

private:
  /// The offset (server minus device) lies in [low, high] at `ref_`.
  struct interval {
    std::int64_t low = 0;
    std::int64_t high = 0;
  };

  interval intersect(const clock_rate& rate) const noexcept;
  /// What is left of the interval if the rate is that; negative: nothing.
  std::int64_t width_at(std::int64_t slope_ppb) const noexcept;
  /// The rate that fits best.
  std::int64_t best_slope() const noexcept;
  /// The last rate that fits on the way from one that does to one that may
  /// not.
  std::int64_t last_fitting(std::int64_t fits,
                            std::int64_t edge) const noexcept;
  /// All rates that fit.
  clock_rate feasible_rate() const noexcept;
  /// Takes the interval at this rate. False: the exchanges contradict it.
  bool settle(const clock_rate& rate) noexcept;

  std::int64_t quantum_us_;
  std::deque<time_exchange> samples_;
  std::int64_t ref_ = 0;
  clock_rate rate_ = unknown_rate;
  interval offset_;
};

} // namespace ringside::timing
