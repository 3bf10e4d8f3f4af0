#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/base/result.hpp"
#include "domain/calibration/reliability.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ringside::calibration {

/// How probabilities are bent so that they come true as often as they say.
enum class calibration_kind : std::uint8_t {
  /// Leaves them alone.
  none,
  /// logit(q) = a logit(p): one number, keeps one half at one half.
  temperature,
  /// logit(q) = a logit(p) + b.
  platt,
  /// logit(q) = a log(p) - b log(1 - p) + c.
  beta,
  /// The best rising staircase (pool adjacent violators), joined by lines.
  isotonic,
};

/// A fitted map from [0, 1] to [0, 1] that never falls.
class calibrator {
public:
  calibrator() = default;

  /// The calibrated probability.
  double operator()(double p) const noexcept;

  calibration_kind kind() const noexcept {
    return kind_;
  }

  /// a, b, c as far as the kind has them.
  const std::array<double, 3>& numbers() const noexcept {
    return numbers_;
  }

  /// The corners of the isotonic map, forecasts ascending.
  const std::vector<std::array<double, 2>>& knots() const noexcept {
    return knots_;
  }

  friend result<calibrator> fit_calibrator(calibration_kind kind,
                                           std::span<const labelled> all);

private:
  calibration_kind kind_ = calibration_kind::none;
  std::array<double, 3> numbers_{1, 0, 0};
  std::vector<std::array<double, 2>> knots_;
};

/// Cases that a kind needs before its fit means anything.
std::size_t cases_needed(calibration_kind kind) noexcept;

/// Fits a map to labelled forecasts. Slopes are kept from falling below zero,
/// so that the order of forecasts is never turned around.
/// @returns `invalid_value` for a forecast outside [0, 1], fewer cases than
/// `cases_needed`, or cases that all ended alike.
result<calibrator> fit_calibrator(calibration_kind kind,
                                  std::span<const labelled> all);

} // namespace ringside::calibration

namespace ringside {

template <>
struct enum_names<calibration::calibration_kind> {
  static constexpr std::array<std::string_view, 5> value{
    "none", "temperature", "platt", "beta", "isotonic"};
};

} // namespace ringside
