#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/time.hpp"
#include "domain/bout/command.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ringside::bout {

/// Control of one round, kept as the marks that were logged; the intervals are
/// derived, so that taking a mark out leaves what would have been without it,
/// and marks may come in any order. A start ends whatever ran before; the bell
/// ends the rest. A mark that says what is known already counts nothing.
class control_log {
public:
  struct mark {
    /// The event that logged it first; a replacement keeps this number.
    event_no no = 0;
    /// Where it stands; the running time follows from it by the clock.
    mono_us moment;
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

  /// Puts a mark at its place in time; equal moments keep the order of `no`.
  void add(mark m);

  /// Takes the mark of an event out again.
  void remove(event_no no);

  /// Gives every mark from `from` on its running time anew, after the clock
  /// was set in their past. `time_of` maps a moment to a running time.
  template <class TimeOf>
  void retime(mono_us from, TimeOf time_of) {
    if (marks_.empty() || marks_.back().moment < from)
      return;
    for (auto& m : marks_)
      m.at = time_of(m.moment);
    recount();
  }

  /// The mark that runs now, or null.
  const mark* open() const noexcept;

  /// Control time of a corner up to `until`, an open interval included.
  round_ms total(ringside::corner c, round_ms until) const noexcept;

  /// All intervals in order of time, up to `until`. One that was started twice
  /// is one.
  std::vector<interval> intervals(round_ms until) const;

  /// All marks in order of time.
  const std::vector<mark>& marks() const noexcept {
    return marks_;
  }

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
