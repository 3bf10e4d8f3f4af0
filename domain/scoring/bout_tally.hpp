#pragma once

#include "domain/bout/event.hpp"
#include "domain/bout/state.hpp"
#include "domain/scoring/round_tally.hpp"

#include <vector>

namespace ringside::scoring {

/// The tallies of all rounds of one bout, folded beside its state: each event
/// costs the same, whatever came before, and what is taken back leaves no
/// trace. Live, after a restart and counted again they are equal to the bit.
class bout_tally {
public:
  /// What is known of a round without its state.
  struct round_fold {
    /// Everything but control.
    round_tally counts;
    /// The last event that may have changed what the round is worth. As long
    /// as it stays, so does every assessment of the round.
    bout::event_no version = 0;
    /// The latest moment of such an event: up to there an open round is
    /// counted, so that looking at it later does not change it.
    mono_us latest;

    friend bool operator==(const round_fold&, const round_fold&) = default;
  };

  /// Folds the next event.
  /// @param before The state of the bout without the event.
  /// @returns the round that it touched, 0 for none.
  int add(const bout::state& before, const bout::event& e);

  /// The round, or null if nothing happened in it. `round` counts from 1.
  const round_fold* find(int round) const noexcept;

  /// Running time up to which a round is counted: all of it once it is closed,
  /// else to its latest event.
  /// @param now The state with all events folded here.
  round_ms until(const bout::state& now, int round) const noexcept;

  /// The tally of a round, with control.
  round_tally of(const bout::state& now, int round) const noexcept;

  friend bool operator==(const bout_tally&, const bout_tally&) = default;

private:
  round_fold& reach(int round);

  std::vector<round_fold> rounds_;
};

/// A standing fact in its place, with the event it came from.
struct placed_fact {
  timed_fact fact;
  bout::event_no no = 0;
};

/// The standing facts of a round in order of time, as the clock stands now.
std::vector<placed_fact> facts_of(const bout::state& now, int round);

/// The tally of a round from its standing facts alone: what `bout_tally::of`
/// has to be equal to.
round_tally count_again(const bout::state& now, int round, round_ms until);

} // namespace ringside::scoring
