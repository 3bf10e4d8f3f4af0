#pragma once

#include "domain/scoring/assessment.hpp"
#include "domain/scoring/profile.hpp"

#include <vector>

namespace ringside::scoring::test {

/// A small profile with every shape, numbers easy to check by hand.
profile sample_profile();

/// A fact by its kind, from 0; each kind is one of those that must help its
/// owner.
bout::fact helpful_fact(corner c, int kind);
inline constexpr int helpful_kinds = 14;

/// A fact of any kind that counts, helpful or not.
bout::fact any_fact(corner c, int kind);
inline constexpr int any_kinds = helpful_kinds + 4;

/// A tally of the facts.
round_tally tally_of(const std::vector<bout::fact>& facts);

/// A rule set of MMA with the criteria of 2025.
rules::ruleset mma_rules();

} // namespace ringside::scoring::test
