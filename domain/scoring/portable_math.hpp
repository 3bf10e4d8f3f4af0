#pragma once

#include <cstdint>

namespace ringside::scoring {

/// 1 / (1 + e^-z) from additions, multiplications and one division only, so
/// that every machine with IEEE doubles gives the same bits; the libraries'
/// exp may differ in the last one.
/// @returns a value in [0, 1]; `portable_logistic(-z)` is the exact complement
/// as long as it is computed from the same |z|, see `both_chances`.
double portable_logistic(double z) noexcept;

/// Chances of two sides; `high` belongs to the side that leads.
struct both_chances {
  double high = 0.5;
  double low = 0.5;
};

/// `portable_logistic` of |z| and what is left, with full precision in the
/// small one.
both_chances chances_of(double z) noexcept;

/// The part of a million, rounded down: keeps the order of the chances and
/// never lets parts exceed their whole.
std::int32_t ppm_floor(double chance) noexcept;

/// Thousandths, rounded half away from zero, so that mirrored leads mirror.
std::int64_t milli(double value) noexcept;

} // namespace ringside::scoring
