#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/time.hpp"
#include "domain/bout/command.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ringside::bout {

/// Control of one round, kept as the marks that were logged; the intervals are
/// derived, so that taking a mark out leaves what would have been without it.
/// A start ends whatever ran before; the bell ends the rest.
class control_log {
public:
  struct mark {
    event_no no = 0;
    round_ms at;
    bool start = false;
    ringside::corner corner = ringside::corner::red;
    std::string kind;
  };

  struct interval {
    ringside::corner corner = ringside::corner::red;
    std::string kind;
    round_ms from;
    round_ms to;

    friend bool operator==(const interval&, const interval&) = default;
  };

  /// Puts a mark at its place in time; equal times keep the order of `no`.
  void add(mark m);

  /// Takes the mark of an event out again.
  void remove(event_no no);

  /// The mark that runs now, or null.
  const mark* open() const noexcept;

  /// Control time of a corner, with an open interval counted up to `until`.
  round_ms total(ringside::corner c, round_ms until) const noexcept;

  /// All intervals in order of time; an open one ends at `until`.
  std::vector<interval> intervals(round_ms until) const;

private:
  /// Folds the mark at `i` into the totals.
  void step(std::size_t i) noexcept;
  void recount() noexcept;

  std::vector<mark> marks_;
  /// Closed intervals, kept so that the usual append stays constant in cost.
  per_corner<round_ms> closed_;
  /// Index of the open mark plus one; 0 for none.
  std::size_t open_ = 0;
};

} // namespace ringside::bout
