#pragma once

#include "app/replay/rounds_file.hpp"
#include "domain/rules/ruleset.hpp"
#include "domain/scoring/assessment.hpp"
#include "domain/synthetic/fit.hpp"

#include <vector>

namespace ringside::simulate {

/// Full rounds of published bouts as the generator sees them; rounds that a
/// stoppage cut short are left out. Published cards get their deductions back.
std::vector<synthetic::observed_bout>
observe(const std::vector<replay::bout_record>& bouts);

/// One round, whatever its length.
synthetic::observed_round observe(const replay::round_record& r);

/// The same rounds with what an engine says of them, those with cards only.
std::vector<synthetic::judged_round>
judge_by(const std::vector<synthetic::observed_bout>& bouts,
         const scoring::profile& engine, const rules::score_scale& scale);

/// The counters of an observed round. Knockdowns count as flash: the columns
/// do not tell them apart.
scoring::round_tally tally_of(const synthetic::observed_round& r);

} // namespace ringside::simulate
