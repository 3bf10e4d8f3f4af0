#pragma once

#include "domain/synthetic/parameters.hpp"

#include <cstdint>
#include <optional>

namespace ringside::synthetic {

/// INTERNAL: the little linear algebra of this room, on symmetric matrices
/// with a row and a column for each stat.

/// The lower triangle L with L L' = `a`, or nothing if `a` is not positive
/// semidefinite by more than rounding.
std::optional<matrix> cholesky(const matrix& a) noexcept;

/// The nearest matrix without an eigenvalue below `least`.
matrix lifted(const matrix& a, double least) noexcept;

/// a + sign * b
matrix sum(const matrix& a, const matrix& b, double sign) noexcept;

/// L z
per_stat<double> times(const matrix& lower, const per_stat<double>& z) noexcept;

/// Parts per million as plain numbers.
matrix unscaled(const per_stat<per_stat<std::int32_t>>& a) noexcept;

} // namespace ringside::synthetic
