#pragma once

#include "app/replay/bout_run.hpp"
#include "domain/audit/json.hpp"

namespace ringside::replay {

/// The kind and winner of a published result in words: `split_decision a`,
/// `majority_draw`, `technical_decision (unanimous) b`. Empty if the answer
/// has no result.
std::string result_text(const json::value& answer);

/// The same words for what was announced; empty if the method says too little.
std::string official_text(const official_result& official);

/// Fills in `result`, `official`, `equal` and `reason`.
void compare_results(bout_report& report, const bout_record& bout,
                     const json::value& answer, const source_errors& known);

/// Compares the box score of the rounds that were fought with the file.
/// @param control Per round, what its control may have come out as.
void compare_counts(bout_report& report, const bout_record& bout,
                    const json::value& statistics,
                    const std::vector<per_corner<control_bounds>>& control,
                    const pace& speed);

} // namespace ringside::replay
