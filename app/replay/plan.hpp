#pragma once

#include "app/replay/rounds_file.hpp"
#include "domain/base/number.hpp"
#include "domain/base/time.hpp"
#include "domain/bout/fact.hpp"

#include <string_view>
#include <vector>

namespace ringside::replay {

/// One thing that somebody logs in a round.
struct planned {
  /// When, in running time of the round.
  round_ms at;
  bout::fact what;
  /// For marks of control: which one of the round, from 1. They have to reach
  /// the node in this order, from whichever desk.
  int mark = 0;
};

/// What the officials of one round log, each list in order of time.
struct round_plan {
  per_corner<std::vector<planned>> desks;
  /// Deductions.
  std::vector<planned> referee;
  int marks = 0;
};

/// Spreads the counts of a row over its round. The same bout and round give
/// the same plan on every machine. What the row does not say stays open or is
/// the plainest word of the rule set: the technique `strike`, the knockdown
/// tier `flash`, the control kind `top`.
/// @pre The row was read by `read_rounds`, which checks its sums.
round_plan make_plan(std::string_view bout, const round_record& row);

} // namespace ringside::replay
