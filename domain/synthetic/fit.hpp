#pragma once

#include "domain/scoring/assessment.hpp"
#include "domain/synthetic/observed.hpp"

#include <span>
#include <vector>

namespace ringside::synthetic {

/// Fits everything but judges and finishes: moments of the counts, quantiles of
/// control, shares of the targets, and the latent correlations that give the
/// observed ones back once the numbers are rounded to counts.
/// @returns `invalid_value` where there are fewer than 100 rounds or a stat
/// never happens.
result<parameters> fit_rounds(std::span<const observed_bout> bouts);

/// A round as an engine sees it and as judges scored it.
struct judged_round {
  scoring::outlook seen;
  std::vector<rules::round_score> cards;
};

/// Fits how judges differ from an engine and from each other, by maximum
/// likelihood; the profile's name is left to the caller.
/// @returns `invalid_value` where there are fewer than 100 rounds.
result<judge_model> fit_judges(std::span<const judged_round> rounds);

/// INTERNAL: the log-odds of a normal mixture of chances with this mean and
/// variance, in thousandths: mean and standard deviation.
struct logit_normal {
  double mean = 0;
  double sd = 0;
};

logit_normal logit_normal_of(double mean, double variance);

/// INTERNAL: the latent correlation of two stats whose counts shall have this
/// covariance; within +-0.99.
double latent_for(const staircase& a, const staircase& b, double covariance);

} // namespace ringside::synthetic
