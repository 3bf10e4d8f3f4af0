#pragma once

#include "domain/audit/json.hpp"
#include "domain/vision/analytics/consensus.hpp"
#include "domain/vision/analytics/pace.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::intake {

/// What the cameras of one bout together say of the position. Each vote counts
/// once, however often it is told. Bounded: `analytics::cameras_max` cameras.
class watched_bout {
public:
  /// The votes of a source's last batch.
  void take(std::string_view source,
            std::span<const analytics::position_vote> votes);

  /// `cameras`, the position, and who was in control and how long.
  json::object consensus_json() const;

private:
  struct seat {
    std::string source;
    mono_us last{-1};
  };

  seat* seat_of(std::string_view source);

  std::vector<seat> seats_;
  analytics::position_consensus position_;
  analytics::pace_meter control_;
  mono_us now_;
};

} // namespace ringside::intake
