#pragma once

#include "domain/scoring/round_tally.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace ringside::scoring {

/// What any engine says of a round, so that different ones can be compared.
struct verdict {
  /// Who is ahead; empty: even.
  std::optional<corner> winner;
  /// Points between winner and loser on its card, 0 for 10-10.
  int steps = 0;
  /// Its own lead for red, in thousandths of its own unit; ranks rounds.
  std::int64_t lead_milli = 0;
  /// Its probability that red wins, where it has one.
  std::optional<ppm> red_wins;
  std::optional<ppm> wide;

  friend bool operator==(const verdict&, const verdict&) = default;
};

/// An engine as a function of the facts of a round in order of time, control
/// as start and end marks. Pure.
struct engine {
  std::string id;
  std::function<verdict(std::span<const timed_fact> facts, round_ms until)>
    judge;
};

} // namespace ringside::scoring
