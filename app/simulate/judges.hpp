#pragma once

#include "app/replay/rounds_file.hpp"
#include "domain/audit/json.hpp"
#include "domain/scoring/analytics/reliability.hpp"

#include <string>
#include <vector>

namespace ringside::simulate {

/// Published rounds with the names of their judges and what an engine says.
std::vector<scoring::analytics::judged_round>
named_rounds(const std::vector<replay::bout_record>& bouts,
             const scoring::profile& engine);

/// For people: all judges with at least `cards_min` cards, the best first.
std::string text_of(const scoring::analytics::reliability_report& r,
                    std::int64_t cards_min);

/// For programs: all judges, with their years.
json::value json_of(const scoring::analytics::reliability_report& r);

} // namespace ringside::simulate
