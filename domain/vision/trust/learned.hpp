#pragma once

#include "domain/vision/fusion/source.hpp"
#include "domain/vision/trust/source_counts.hpp"

#include <cstddef>

namespace ringside::trust {

/// The parameters of a source of which these counts are known. Integers only,
/// so that every machine learns the same.
///
/// `plan` is the prior and weighs as 20 observations, the counts as many as
/// there are, 180 at most; for false alarms four of them and an hour. Every
/// value stays within bounds that the solvers can work with (wider only where
/// the plan is), the latency within 400 ms of the plan's. Without counts the
/// plan comes back as it is. Times' jitter, the longest way of a report and the
/// map of confidences are the plan's.
/// @pre `plan` has a row for each of `kinds`.
fusion::source_parameters learned(const fusion::source_parameters& plan,
                                  std::size_t kinds,
                                  const source_counts& counts);

} // namespace ringside::trust
