#pragma once

#include "domain/bout/command.hpp"
#include "domain/timing/device_timeline.hpp"
#include "domain/wire/command_codec.hpp"

#include <cstdint>
#include <optional>

namespace ringside::net {

/// The clock of the device behind one session: learns from the `ts` exchange
/// and turns the time of a tap into server time. A tap that cannot be mapped
/// counts from its arrival.
///
/// The client reports `c3` of an exchange with its next question, so that the
/// server need not trust the arithmetic of a tablet.
class device_clock {
public:
  /// Older taps than this are not believed (a queue of ten minutes offline,
  /// and some more).
  static constexpr std::int64_t age_max_us = 15LL * 60 * 1'000'000;
  /// A clock that is coarser than this says when nothing happened.
  static constexpr std::int64_t quantum_max_us = 20'000;

  /// The device says how fine its clock is; counts before the first exchange.
  void resolution(std::int64_t quantum_us);

  /// A question came in; `c3_prev` closes the exchange before it.
  /// @returns true if something was learned.
  bool asked(std::optional<std::int64_t> c3_prev);

  /// The question with `c0` was read at `s1` and answered at `s2`.
  void answered(std::int64_t c0, mono_us s1, mono_us s2) noexcept;

  /// Server time of a tap that arrived at `now`, with its bound.
  std::optional<bout::claimed_time> map(const wire::device_time& tap,
                                        mono_us now);

  // -- for the CLOCK ----------------------------------------------------------

  const timing::device_timeline& line() const noexcept {
    return timeline_;
  }

  const timing::time_exchange& last() const noexcept {
    return last_;
  }

  std::uint64_t exchanges() const noexcept {
    return exchanges_;
  }

  std::int64_t quantum_us() const noexcept {
    return quantum_us_;
  }

private:
  std::int64_t quantum_us_ = 100;
  timing::device_timeline timeline_{quantum_us_};
  timing::time_exchange last_;
  bool open_ = false;
  std::uint64_t exchanges_ = 0;
};

} // namespace ringside::net
