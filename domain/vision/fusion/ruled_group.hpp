#pragma once

#include "domain/vision/fusion/hypothesis.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// INTERNAL to the older strategies: groups made by rules instead of odds.
namespace ringside::fusion {

/// A group of the given reports with the plain mean of their times and the
/// plain votes for corner and kind. The first report is the one that names
/// it. At least one report, at most `hypothesis::members_max`.
hypothesis ruled_group(const block& b, std::span<const std::uint8_t> reports,
                       double p);

/// A group that speaks with the voice of one of its reports: `body` gives
/// time, corner and kind.
hypothesis voiced_group(const block& b, std::span<const std::uint8_t> reports,
                        const observation& body, double p);

/// Indices of the reports of one corner in time order: 0 none, 1 red, 2 blue.
std::vector<std::uint8_t> of_corner(const block& b, int side);

/// The report's own confidence, or `otherwise`.
double own_confidence(const observation& r, double otherwise);

} // namespace ringside::fusion
