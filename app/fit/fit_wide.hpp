#pragma once

#include "app/fit/fit_profile.hpp"
#include "domain/calibration/logistic_fit.hpp"

/// INTERNAL: the second half of `fit_profile`, and what both halves use.
namespace ringside::fit {

/// How much a round counts: half after each half life.
double recency(const scoring::fit_plan& plan, const labelled_round& r, int now);

/// The ridge of each column, as if all of them had unit spread.
std::vector<double> scaled_ridge(const calibration::logistic_data& data,
                                 double ridge);

/// Fits the model of wide rounds of `p` in place.
result<unit> fit_wide(scoring::profile& p, const round_list& rounds, int now);

} // namespace ringside::fit
