#pragma once

#include "app/simulate/script.hpp"
#include "domain/synthetic/play.hpp"

#include <cstdint>

namespace ringside::simulate {

/// Bout `index` of a series as a script: the facts at their times, the cards
/// of its judges, its end if it has one, and the calculated result as what is
/// expected.
script script_of(const synthetic::series& s, const synthetic::played_bout& b,
                 std::uint64_t index);

} // namespace ringside::simulate
