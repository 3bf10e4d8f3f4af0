#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/time.hpp"
#include "domain/bout/box_score.hpp"
#include "domain/scoring/peer/log_event.hpp"

#include <cstdint>
#include <vector>

namespace ringside::scoring::peer {

/// What one fighter did in one round, as a row of FightMetric has it.
struct round_counts {
  bout::box_score box;
  std::int32_t control_s = 0;

  friend bool operator==(const round_counts&, const round_counts&) = default;
};

/// Counts as a log in the words of engine A. A row says how many, not when nor
/// with what, so every count becomes its most ordinary word, spread evenly over
/// the round; the same counts give the same log, and exchanged corners the
/// mirrored one. The whole mapping:
///
/// | count | word |
/// |---|---|
/// | knockdown | `KD` without tier, a flash to all peers |
/// | significant strike on the ground | `GnP Hard` |
/// | significant strike to the head, elsewhere | `SS Cross` |
/// | significant strike to the body, elsewhere | `SS Hook` |
/// | significant strike to the leg, elsewhere | `SS Kick` |
/// | other strike that landed | `Jab` |
/// | takedown, failed takedown | `Takedown`, the opponent's `TD Stuffed` |
/// | submission attempt | `Sub Light` |
/// | reversal | `Sweep/Reversal` |
/// | control | `Top Control` in segments of 60 s and the rest |
///
/// Which targets the strikes on the ground had is not in a row: they are taken
/// from the head first, then from the body. Strikes without a target go to the
/// head. What missed, fouls and deductions have no word.
/// @param length Of the round; at least a millisecond.
std::vector<log_event> from_counts(const per_corner<round_counts>& counts,
                                   round_ms length);

} // namespace ringside::scoring::peer
