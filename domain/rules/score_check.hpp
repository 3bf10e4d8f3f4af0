#pragma once

#include "domain/base/result.hpp"
#include "domain/rules/decision.hpp"
#include "domain/rules/ruleset.hpp"

#include <string>

namespace ringside::rules {

/// Whether a judge may file this score for one round. Deductions are never in
/// it: a judge who takes a point off the card is refused or asked for a reason.
/// @param has_reason The judge gave a reason with the score.
/// @param unfinished A foul or an injury ended the round before the
/// bell; an even score then needs no reason, and where the round is at the
/// judges' discretion it is always allowed.
/// @returns `score_not_allowed`, or `reason_required` where the same score
/// would be accepted with a reason.
result<unit> score_check(const ruleset& rules, const round_score& score,
                         bool has_reason, bool unfinished = false);

/// `10`, `9.5`: points as people write them.
std::string to_string(points value);

} // namespace ringside::rules
