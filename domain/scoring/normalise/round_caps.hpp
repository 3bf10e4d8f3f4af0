#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/base/time.hpp"
#include "domain/scoring/normalise/profile.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace ringside::scoring::normalise {

/// Longest stretch of control in one report.
inline constexpr round_ms control_max{3'600'000};

/// One report to be weighed.
struct report {
  bout_id bout;
  int round = 0;
  ringside::corner corner = ringside::corner::red;
  normalise::act act = normalise::act::other;
  ppm severity;
  ppm confidence;
  /// For control: how long; 0 for everything else.
  round_ms lasted;
};

/// What a report weighs, and by which profile.
struct weighed {
  std::string profile;
  int version = 0;
  normalise::category category = normalise::category::damage;
  /// Base and factors only; above one where the ways of others are compared,
  /// and for control that lasts very long.
  std::int64_t unbounded_ppm = 0;
  /// Within 0 and 1.
  ppm weight;
  /// The part of the weight that the cap lets through.
  ppm counted;

  friend bool operator==(const weighed&, const weighed&) = default;
};

/// Weighs a report for itself, without a cap: all of the weight counts.
/// @returns `invalid_value` for severity or confidence outside 0 to 1 and for a
/// time that cannot be.
result<weighed> weigh_alone(const profile& p, const report& r);

/// Weighs the reports of one round. What counts against a cap is kept per
/// fighter and category, and for this round alone: a report of another bout or
/// round is refused. The total of a category is the sum of the weights or the
/// cap, whichever is less, in whatever order the reports come.
class round_caps {
public:
  /// @pre The profile is validated.
  round_caps(bout_id bout, int round, std::shared_ptr<const profile> by);

  /// Weighs a report and counts it.
  /// @returns `not_found` for another bout or round, `invalid_value` for
  /// severity or confidence outside 0 to 1 and for a time that cannot be.
  result<weighed> weigh(const report& r);

  /// What a fighter has used of a cap.
  std::int64_t used_ppm(corner c, category of) const noexcept;

  /// Weighs by another profile from now on; what was used stays used.
  /// @returns what `may_replace` says.
  result<unit> reload(std::shared_ptr<const profile> next);

private:
  using usage = std::array<std::int64_t, category_count>;

  bout_id bout_;
  int round_;
  std::shared_ptr<const profile> profile_;
  per_corner<usage> used_;
};

} // namespace ringside::scoring::normalise
