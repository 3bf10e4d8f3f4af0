#include "domain/rules/technique_count.hpp"

#include <cstdlib>

namespace ringside::rules {

result<round_score> technique_count_score(const ruleset& rules,
                                          const per_corner<int>& scored,
                                          std::optional<corner> more_forceful) {
  const auto& rows = rules.technique_counts;
  if (rows.empty())
    return refuse(ec::not_in_ruleset,
                  rules.id + " does not score by counted techniques");
  if (scored.red < 0 || scored.blue < 0)
    return refuse(ec::invalid_value, "a count is never negative", "scored");
  auto lead = std::abs(scored.red - scored.blue);
  if (lead == 0 && !more_forceful)
    return refuse(ec::reason_required,
                  "equal counts: name the more forceful corner",
                  "more_forceful");
  auto better = lead == 0                  ? *more_forceful
                : scored.red > scored.blue ? corner::red
                                           : corner::blue;
  auto row = rows.front();
  for (const auto& next : rows)
    if (next.lead_min <= lead)
      row = next;
  round_score score;
  score.raw[better] = row.winner;
  score.raw[opponent(better)] = row.loser;
  return score;
}

} // namespace ringside::rules
