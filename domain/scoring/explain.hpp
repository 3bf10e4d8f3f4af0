#pragma once

#include "domain/scoring/assessment.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ringside::scoring {

/// What one fact, or one stretch of control, did for its corner.
struct contribution {
  /// Place in the list of facts.
  std::size_t index = 0;
  corner by = corner::red;
  round_ms at;
  /// `knockdown at 3:12, +0.21`; control adds how long it lasted.
  std::string text;
  /// How much more likely the corner wins the round than without it; negative
  /// for a failed attempt or a foul that speaks against it.
  std::int32_t shift_ppm = 0;

  friend bool operator==(const contribution&, const contribution&) = default;
};

/// The facts that moved the assessment most, largest first: each is what the
/// chance of its corner would lose if it were taken out, all else equal.
/// Equal shifts stand in order of time.
/// @param facts The standing facts of the round in order of time.
/// @param until Running time of the round so far.
/// @param most How many at most.
std::vector<contribution> explain(const profile& p,
                                  const rules::score_scale& scale,
                                  std::span<const timed_fact> facts,
                                  round_ms until, std::size_t most);

} // namespace ringside::scoring
