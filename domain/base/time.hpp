#pragma once

#include "domain/base/number.hpp"

#include <cstdint>

namespace ringside {

struct mono_tag {};
struct utc_tag {};
struct round_ms_tag {};
struct duration_us_tag {};

/// A point on this node's monotonic clock, microseconds. All ordering,
/// windows and round clocks use it; a step of the wall clock cannot move it.
using mono_us = quantity<mono_tag>;

/// Wall clock, nanoseconds since 1970. Only for display and for the journal.
using utc_ns = quantity<utc_tag>;

/// Running time since the round began, milliseconds, without stoppages.
using round_ms = quantity<round_ms_tag>;

/// A span of monotonic time, microseconds.
using span_us = quantity<duration_us_tag>;

constexpr span_us elapsed(mono_us from, mono_us to) noexcept {
  return {to.count - from.count};
}

constexpr mono_us after(mono_us from, span_us span) noexcept {
  return {from.count + span.count};
}

constexpr span_us seconds(std::int64_t n) noexcept {
  return {n * 1'000'000};
}

constexpr span_us milliseconds(std::int64_t n) noexcept {
  return {n * 1'000};
}

} // namespace ringside
