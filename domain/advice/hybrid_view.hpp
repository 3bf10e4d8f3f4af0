#pragma once

#include "domain/audit/json.hpp"
#include "domain/scoring/hybrid/round.hpp"
#include "domain/scoring/normalise/profile.hpp"

namespace ringside::advice {

/// A hybrid round in JSON: settings with their versions, what each kind of
/// source counted alone, and the fused score with what the caps took.
/// @pre The settings at hand are those of the state.
json::object shown_json(const scoring::hybrid::state& s,
                        const scoring::hybrid::config& c,
                        const scoring::normalise::profile& by);

} // namespace ringside::advice
