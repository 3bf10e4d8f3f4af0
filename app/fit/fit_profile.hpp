#pragma once

#include "app/fit/labelled_rounds.hpp"
#include "domain/scoring/profile.hpp"

#include <span>

namespace ringside::fit {

/// Which rounds a fit may see, by place in the list.
using round_list = std::vector<const labelled_round*>;

/// All rounds.
round_list all_of(const std::vector<labelled_round>& rounds);

/// Fits what the plan of a profile allows.
///
/// The winner: every judge's vote counts as one third of a round, so that a
/// split round says less than a clear one; ridge on the weights, none of them
/// below zero unless the term may be; older rounds count less by the half
/// life. One factor then fits the votes of single judges to the majority of
/// the panel. The wide model: each judge's 10-8 among those who gave the
/// round to the same corner, with one intercept per era, then Platt's two
/// numbers against the majority. Deterministic.
/// @param shape The profile with terms, shapes, ridge and half life.
/// @returns the profile with new numbers and `fit.until`; `invalid_value`
/// where the plan says nothing or there are no cards to learn from.
result<scoring::profile> fit_profile(scoring::profile shape,
                                     const round_list& rounds);

/// A fitted profile as JSON: `{"profile","version","until","rounds","terms":
/// [{"id","weight_ppm"}...],"wide":{...}}`.
std::string json_of(const scoring::profile& p,
                    const std::vector<labelled_round>& rounds);

} // namespace ringside::fit
