#pragma once

#include "domain/vision/fusion/harmonizer.hpp"
#include "domain/vision/fusion/synthetic_fight.hpp"

#include <vector>

namespace ringside::fusion {

/// Runs a fight through a harmonizer as it would arrive, in steps of `step`,
/// to the end; everything that was said and when.
std::vector<arrival<fused_event>> play(const synthetic_fight& fight,
                                       harmonizer& through,
                                       span_us step = milliseconds(20));

/// The final word on every event, sorted by time and id.
std::vector<fused_event>
last_words(const std::vector<arrival<fused_event>>& said);

} // namespace ringside::fusion
