#pragma once

#include "domain/rules/ruleset.hpp"
#include "domain/scoring/round_tally.hpp"
#include "domain/synthetic/draw.hpp"

#include <string>
#include <vector>

namespace ringside::synthetic {

/// The words that synthetic facts use, all known to the rule set.
struct vocabulary {
  std::string technique;
  std::string knockdown_tier;
  std::string control_kind;
};

/// The plainest words of a rule set: `strike` and `top` where it has them, the
/// lightest tier of knockdown, else whatever comes first.
/// @returns `not_in_ruleset` where it has no technique, tier or control at all.
result<vocabulary> words_of(const rules::ruleset& rules);

/// Spreads what was drawn over the round: facts in order of time, control as
/// start and end marks. The counts come out again exactly. Strikes on the
/// ground fall into the fighter's own control and takedowns open it where
/// there is any; the rest may happen at any time.
std::vector<scoring::timed_fact> lay_out(const per_corner<corner_line>& round,
                                         int length_s, const vocabulary& words,
                                         dice& d);

} // namespace ringside::synthetic
