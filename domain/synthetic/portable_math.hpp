#pragma once

#include "domain/base/dice.hpp"

namespace ringside::synthetic {

/// Elementary functions from additions, multiplications, divisions and square
/// roots only, which IEEE 754 rounds the same way everywhere: a seed gives the
/// same bouts with every C library. Exact to about 1e-15, the quantile to 1e-9.

/// Natural logarithm. @pre x > 0 and finite.
double ln(double x) noexcept;

/// The exponential function; 0 below -700, capped above 700.
double exponential(double x) noexcept;

/// 1 / (1 + exp(-x)).
double logistic(double x) noexcept;

/// The value below which a standard normal variable lies with probability
/// `p`. @pre 0 < p < 1.
double normal_quantile(double p) noexcept;

/// A uniform number between 0 and 1, never one of them.
double uniform(dice& d) noexcept;

/// A standard normal number.
double normal(dice& d) noexcept;

} // namespace ringside::synthetic
