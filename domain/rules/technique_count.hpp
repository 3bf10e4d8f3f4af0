#pragma once

#include "domain/base/result.hpp"
#include "domain/rules/decision.hpp"
#include "domain/rules/ruleset.hpp"

#include <optional>

namespace ringside::rules {

/// The round score that a lead in scored techniques gives (Ontario amateur
/// Muay Thai: up to 7 small, 8 to 14 clear, 15 and more total domination).
/// @param scored Techniques that scored, by corner, not negative.
/// @param more_forceful Decides the round where the counts are equal.
/// @returns `not_in_ruleset` where the rule set has no such table,
/// `reason_required` for equal counts without the more forceful corner.
result<round_score>
technique_count_score(const ruleset& rules, const per_corner<int>& scored,
                      std::optional<corner> more_forceful = std::nullopt);

} // namespace ringside::rules
