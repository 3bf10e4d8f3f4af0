#pragma once

#include "domain/base/number.hpp"
#include "domain/base/result.hpp"
#include "domain/scoring/normalise/act.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ringside::scoring::normalise {

/// Greatest factor of a curve, ppm.
inline constexpr std::int32_t factor_max_ppm = 2'000'000;

/// How much a factor may rise per unit of its input where no steps are allowed.
inline constexpr std::int64_t slope_max = 20;

/// One corner of a piecewise linear curve.
struct curve_point {
  /// Severity or confidence, 0 to 1'000'000.
  std::int32_t at_ppm = 0;
  /// What the weight is multiplied by there.
  std::int32_t factor_ppm = 0;

  friend bool operator==(const curve_point&, const curve_point&) = default;
};

/// Rises from `at_ppm` 0 to 1'000'000; never falls.
using curve = std::vector<curve_point>;

/// What one act weighs before its factors. Control weighs this per second.
struct base_weight {
  std::int32_t weight_ppm = 0;
  normalise::category category = normalise::category::damage;

  friend bool operator==(const base_weight&, const base_weight&) = default;
};

/// How severity and confidence become weights, as one file of
/// `config/scoring/normalise/`. Never edited once used: a change is a new
/// version.
struct profile {
  std::string id;
  int version = 1;
  std::string title;
  /// Where the numbers come from, in words.
  std::string provenance;
  /// True for the ways of others: steps and weights above one are let in, so
  /// that they can be compared with; not for scoring.
  bool comparison = false;
  curve severity;
  curve confidence;
  /// By `act`.
  std::array<base_weight, act_count> weights{};
  /// By `category`, for one fighter in one round.
  std::array<std::int64_t, category_count> cap_ppm{};

  friend bool operator==(const profile&, const profile&) = default;
};

/// Checks everything about a profile that its types do not.
/// @returns `invalid_value` with the dotted field: a curve that is not
/// complete, falls or jumps, a weight out of range or one that its factors can
/// lift above one, a negative cap.
result<unit> validate(const profile& p);

/// Says whether `next` may take over from `now`: it is sound, and it is not the
/// same version with other numbers.
result<unit> may_replace(const profile& now, const profile& next);

/// The factor of a validated curve, rounded to nearest. What is outside 0 to 1
/// counts as the nearer end.
std::int32_t factor_at(const curve& c, ppm at) noexcept;

} // namespace ringside::scoring::normalise
