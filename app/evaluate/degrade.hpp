#pragma once

#include "app/fit/labelled_rounds.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ringside::evaluate {

/// What a live feed lacks against revised counts.
struct faults {
  std::string name;
  /// Share of events that were never logged.
  std::int32_t missing_ppm = 0;
  /// Share of events with a wrong label: half of them went to the other
  /// corner, half are strikes to another target or of another weight.
  std::int32_t mislabelled_ppm = 0;
  /// Milliseconds at the end of the round that are not in yet.
  std::int64_t late_ms = 0;
};

/// The faults that are reported for every profile.
std::vector<faults> usual_faults();

/// The rounds as such a feed would have given them: every counted event meets
/// its own fate, control loses the same share of its time. Seeded.
std::vector<scoring::round_tally>
degrade(const std::vector<fit::labelled_round>& rounds, const faults& f,
        std::uint64_t seed);

} // namespace ringside::evaluate
