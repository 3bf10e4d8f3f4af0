#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/timing/clock_estimate.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

namespace ringside::timing {

/// How well a device's clock is known.
enum class clock_status : std::uint8_t {
  /// Within 10 ms.
  green,
  /// Within 40 ms: its marks count, their order among others may not.
  amber,
  /// Worse, or nothing heard for 30 s. Its marks are official as ever, but no
  /// fusion of evidence builds on their time.
  red,
};

/// @param since_exchange_us Time since the last exchange.
clock_status status_of(const bounded_time& now,
                       std::int64_t since_exchange_us) noexcept;

/// Places the moments of one device on the server's timeline, over all runs of
/// its clock: a run ends when the clock steps or sleeps, or when the device
/// says so by a higher generation. Marks of an earlier run, queued without a
/// network, keep the line of their run (time reference, section 4.1).
class device_timeline {
public:
  /// Earlier runs that are remembered.
  static constexpr std::size_t runs_max = 4;
  /// @param quantum_us Resolution of the device's clock.
  explicit device_timeline(std::int64_t quantum_us = 100)
    : quantum_us_(quantum_us), estimate_(quantum_us) {
    // nop
  }

  exchange_outcome add(const time_exchange& x);

  /// Where a mark belongs; nothing if no exchange can place it. Marks of one
  /// run keep their order whatever is learned between them: the later one waits
  /// and its bound says so.
  /// @param generation The run of its clock, counted by the device.
  std::optional<bounded_time> at(std::int64_t device_us,
                                 std::int64_t generation);

  /// The line of the running clock.
  std::optional<clock_mapping> mapping() const noexcept {
    return estimate_.mapping();
  }

  /// How often the clock stepped or slept.
  int resets() const noexcept {
    return resets_;
  }

private:
  struct run {
    std::int64_t generation = 0;
    std::int64_t last_device_us = 0;
    clock_mapping line;
  };

  void end_run(const clock_mapping& line);
  void begin_run();
  bounded_time in_order(std::int64_t device_us, bounded_time t) noexcept;

  std::int64_t quantum_us_;
  clock_estimate estimate_;
  std::deque<run> ended_;
  /// Of the running clock; -1 until a mark says it.
  std::int64_t generation_ = -1;
  std::int64_t first_device_us_ = 0;
  std::int64_t last_device_us_ = 0;
  /// The latest mark of the running clock that was placed.
  std::int64_t mark_device_us_ = 0;
  std::optional<mono_us> mark_;
  /// A reset was seen here first; the next higher generation is that one.
  bool device_may_tell_ = false;
  int resets_ = 0;
};

} // namespace ringside::timing

namespace ringside {

template <>
struct enum_names<timing::clock_status> {
  static constexpr std::array<std::string_view, 3> value{"green", "amber",
                                                         "red"};
};

} // namespace ringside
