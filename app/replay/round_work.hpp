#pragma once

#include "app/officials/crew.hpp"
#include "app/replay/plan.hpp"

#include <cstdint>

namespace ringside::replay {

/// How fast the fight runs.
struct pace {
  /// Seconds of the fight per second; 0: as fast as the node answers.
  double speed = 0;
  /// What control runs at then: an interval has to last to be measured.
  static constexpr double control_speed = 1'000;

  /// Microseconds that `span` of the fight takes here.
  std::int64_t us(round_ms span) const noexcept {
    return static_cast<std::int64_t>(static_cast<double>(span.count) * 1'000
                                     / scale());
  }

  /// Fight time per time of the node's clock.
  double scale() const noexcept {
    return speed > 0 ? speed : control_speed;
  }
};

/// What control must have come out as, by the operators' own clocks: between
/// the latest start and the earliest end the node can have seen, and the other
/// way round. Microseconds of the node's clock, per round and corner.
struct control_bounds {
  std::int64_t low_us = 0;
  std::int64_t high_us = 0;
  int intervals = 0;
};

/// Lets the operators and the supervisor log a round side by side, each from a
/// thread and a connection of their own.
/// @param began When the clock was started.
result<per_corner<control_bounds>>
log_round(officials::crew& crew, const bout_id& bout, const round_plan& plan,
          const pace& speed, officials::clock::time_point began);

} // namespace ringside::replay
