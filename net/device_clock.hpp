#pragma once

#include "domain/bout/command.hpp"
#include "domain/timing/clock_estimate.hpp"
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

  /// A question came in; `c3_prev` closes the exchange before it.
  void asked(std::optional<std::int64_t> c3_prev);

  /// The question with `c0` was read at `s1` and answered at `s2`.
  void answered(std::int64_t c0, mono_us s1, mono_us s2) noexcept;

  /// Server time of a tap that arrived at `now`, with its bound.
  std::optional<bout::claimed_time> map(const wire::device_time& tap,
                                        mono_us now);

private:
  timing::clock_estimate estimate_;
  timing::time_exchange last_;
  bool open_ = false;
  /// The run of the device's clock that the estimate is about.
  std::int64_t generation_ = -1;
};

} // namespace ringside::net
