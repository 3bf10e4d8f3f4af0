#pragma once

#include "domain/base/number.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ringside::calibration {

/// One forecast and what happened.
struct labelled {
  /// 0 to 1.
  double forecast = 0.5;
  bool happened = false;

  friend bool operator==(const labelled&, const labelled&) = default;
};

/// One bar of a reliability curve.
struct reliability_bin {
  std::size_t count = 0;
  double mean_forecast = 0;
  double share_happened = 0;

  friend bool operator==(const reliability_bin&, const reliability_bin&)
    = default;
};

/// How good forecasts are.
struct reliability {
  std::size_t count = 0;
  /// Share of forecasts on the right side of one half; exactly one half counts
  /// half.
  double accuracy = 0;
  double log_loss = 0;
  double brier = 0;
  /// Expected calibration error over bins of equal mass.
  double ece = 0;
  std::vector<reliability_bin> bins;
};

/// Bins of equal mass in order of the forecast. Equal forecasts share what
/// happened to them; the order of the input does not matter.
std::vector<reliability_bin> bins_of(std::span<const labelled> all,
                                     std::size_t bins);

/// All figures at once. Forecasts are kept a millionth away from 0 and 1 for
/// the log loss. No forecasts: all figures 0.
reliability reliability_of(std::span<const labelled> all,
                           std::size_t bins = 10);

/// The same forecasts, each turned to the side it favours: 0.2 that did not
/// happen is 0.8 that did. For forecasts whose two sides are arbitrary.
std::vector<labelled> folded(std::span<const labelled> all);

/// Hits and misses of a yes-or-no call.
struct confusion {
  std::int64_t hits = 0;
  std::int64_t false_alarms = 0;
  std::int64_t misses = 0;

  /// Counts one case.
  void add(bool called, bool happened) noexcept;
  confusion& operator+=(const confusion& other) noexcept;

  /// 0 where nothing was called, or nothing happened.
  double precision() const noexcept;
  double recall() const noexcept;
  double f1() const noexcept;

  friend bool operator==(const confusion&, const confusion&) = default;
};

} // namespace ringside::calibration
