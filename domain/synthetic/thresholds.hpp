#pragma once

#include "domain/synthetic/parameters.hpp"

#include <vector>

namespace ringside::synthetic {

/// A whole number as a rising function of a standard normal one: it is the
/// number of steps below z.
struct staircase {
  /// Ascending.
  std::vector<double> steps;

  int at(double z) const noexcept;
};

/// Nobody does more of anything in a round.
inline constexpr int most_in_a_round = 600;

/// @pre mean > 0.
staircase stairs_of(const count_margin& m);

/// @pre Knots ascend and the first is above 0.
staircase stairs_of(const control_margin& m);

/// The stairs of all stats.
per_stat<staircase> stairs_of(const parameters& p);

} // namespace ringside::synthetic
