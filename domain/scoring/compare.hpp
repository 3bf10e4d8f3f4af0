#pragma once

#include "domain/scoring/profile.hpp"
#include "domain/scoring/round_tally.hpp"

#include <array>
#include <span>

namespace ringside::scoring {

/// How much of what a term counts one corner did.
double amount_of(std::span<const part> parts, const corner_tally& t) noexcept;

/// What the comparison of a term says before its weight: positive for red, the
/// exact negative with exchanged corners.
double compared(const term& what, const round_tally& t) noexcept;

/// Spreads `lead`, the weighted comparison of a term, over the aspects: whole
/// to the aspect of the term, or by its parts, which add up to it.
void spread(const term& what, const round_tally& t, double weight, double lead,
            std::array<double, aspect_count>& aspects) noexcept;

} // namespace ringside::scoring
