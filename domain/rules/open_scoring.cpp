#include "domain/rules/open_scoring.hpp"

#include <algorithm>

namespace ringside::rules {

bool reveal_after_round(const ruleset& rules, int round) noexcept {
  const auto& plan = rules.open_scoring;
  if (round < 1 || plan.when == reveal_when::never)
    return false;
  if (plan.when == reveal_when::each_round)
    return true;
  return std::find(plan.after_rounds.begin(), plan.after_rounds.end(), round)
         != plan.after_rounds.end();
}

} // namespace ringside::rules
