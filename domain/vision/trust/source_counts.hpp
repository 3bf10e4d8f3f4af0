#pragma once

#include <cstdint>

/// How good sources are, learned from one bout to the next.
namespace ringside::trust {

/// What the reports of one source showed against what was decided: sums over
/// any number of bouts.
struct source_counts {
  /// Strikes that at least two others saw and it reported.
  std::int64_t matched = 0;
  /// Such strikes while it saw the fighters and said nothing in time.
  std::int64_t missed = 0;
  /// Reports of what was nothing.
  std::int64_t false_alarms = 0;
  /// How long it saw the fighters.
  std::int64_t view_ms = 0;
  /// Of matched ones, where the corner and the kind are beyond doubt.
  std::int64_t corner_right = 0;
  std::int64_t corner_wrong = 0;
  std::int64_t kind_right = 0;
  std::int64_t kind_wrong = 0;
  /// Matched ones of strikes that are sure, and the sum of their latencies.
  std::int64_t timed = 0;
  std::int64_t latency_us = 0;

  /// Nothing can be learned of it.
  bool empty() const noexcept {
    return matched + missed + false_alarms == 0;
  }

  source_counts& operator+=(const source_counts& x) noexcept {
    matched += x.matched;
    missed += x.missed;
    false_alarms += x.false_alarms;
    view_ms += x.view_ms;
    corner_right += x.corner_right;
    corner_wrong += x.corner_wrong;
    kind_right += x.kind_right;
    kind_wrong += x.kind_wrong;
    timed += x.timed;
    latency_us += x.latency_us;
    return *this;
  }

  friend bool operator==(const source_counts&, const source_counts&) = default;
};

} // namespace ringside::trust
