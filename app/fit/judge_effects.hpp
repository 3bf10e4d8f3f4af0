#pragma once

#include "app/fit/fit_profile.hpp"

#include <string>
#include <vector>

namespace ringside::fit {

/// How one judge differs from the others, drawn towards them the more, the
/// fewer rounds there are. For analysis; no forecast needs it.
struct judge_effect {
  std::string judge;
  std::size_t rounds = 0;
  /// Share of rounds given to the side that the profile favours.
  double agreement = 0;
  /// Factor on the log-odds of the profile, all judges together being 1: below
  /// 1 the judge looks at other things, or tosses a coin more often.
  double sharpness = 1;
  /// Log-odds of a 10-8 above those of all judges for the same rounds.
  double wide_shift = 0;
};

/// The effects of all judges with at least `least` rounds, in order of their
/// names. Random effects with normal priors: sharpness 1 +- 0.25, wide shift
/// 0 +- 0.7.
result<std::vector<judge_effect>> judge_effects(const scoring::profile& p,
                                                const round_list& rounds,
                                                std::size_t least);

/// `judge,rounds,agreement_ppm,sharpness_milli,wide_shift_milli`.
std::string csv_of(const std::vector<judge_effect>& effects);

} // namespace ringside::fit
