#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ringside::scoring::hybrid {

inline constexpr std::size_t unmatched = static_cast<std::size_t>(-1);

/// Pairs two ascending lists of times one to one, keeping the order of both, no
/// pair further apart than `window`. Of all ways it takes one with most pairs,
/// and of those one with the least distance in sum; exact, and the same for the
/// same times.
/// @returns For each of `later` the index of its partner in `first`, or
/// `unmatched`.
std::vector<std::size_t> align(std::span<const std::int64_t> first,
                               std::span<const std::int64_t> later,
                               std::int64_t window);

} // namespace ringside::scoring::hybrid
