#pragma once

#include "domain/base/dice.hpp"
#include "domain/rules/decision.hpp"
#include "domain/rules/ruleset.hpp"
#include "domain/scoring/assessment.hpp"
#include "domain/synthetic/parameters.hpp"

#include <array>
#include <cstddef>

namespace ringside::synthetic {

inline constexpr std::size_t judges_max = 5;

/// Log-odds that the round of this corner is wide, given that it wins; capped
/// at 14 either way.
double wide_log_odds(const scoring::outlook& o, corner winner) noexcept;

/// How the three (or so) judges of one bout see one round. What they share
/// beside the facts is drawn once for the round, what only one of them sees
/// for each.
/// @param judges At most `judges_max`.
std::array<rules::round_score, judges_max>
draw_cards(const judge_model& m, const scoring::outlook& o,
           const rules::score_scale& scale, int judges, dice& d);

} // namespace ringside::synthetic
