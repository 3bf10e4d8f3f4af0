#pragma once

#include "domain/base/result.hpp"

#include <cstddef>
#include <vector>

namespace ringside::calibration {

/// Many weighted yes-or-no observations of a few numbers each.
struct logistic_data {
  /// Numbers of one row; `values` holds them row by row.
  std::size_t width = 0;
  std::vector<double> values;
  /// Share of yes in each row, 0 to 1.
  std::vector<double> yes;
  /// How much each row counts, not negative.
  std::vector<double> weight;

  std::size_t rows() const noexcept {
    return yes.size();
  }
};

/// What holds the coefficients back.
struct logistic_limits {
  /// Ridge: `penalty[j] * (b[j] - centre[j])^2 / 2` is added to the loss.
  std::vector<double> penalty;
  /// Where the penalty pulls to; empty: zero.
  std::vector<double> centre;
  /// True where a coefficient must not be negative; empty: nowhere.
  std::vector<bool> not_negative;
};

/// The coefficients of the penalised logistic regression, found by Newton
/// steps on the coefficients that their bound does not hold. Deterministic:
/// rows and columns are summed in order.
/// @returns `invalid_value` for sizes that do not fit, for numbers that are
/// not finite and where the steps do not settle.
result<std::vector<double>> fit_logistic(const logistic_data& data,
                                         const logistic_limits& limits);

/// 1 / (1 + e^-z), without overflow.
double logistic(double z) noexcept;

/// log(p / (1 - p)) of a probability kept inside (0, 1).
double logit(double p) noexcept;

/// Solves the symmetric positive definite system `a x = b`, row by row.
/// @returns empty if `a` is not positive definite.
std::vector<double> solve_positive(std::vector<double> a,
                                   std::vector<double> b);

} // namespace ringside::calibration
