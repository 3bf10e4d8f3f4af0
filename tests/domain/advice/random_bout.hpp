#pragma once

#include "domain/advice/in_force.hpp"
#include "domain/advice/round_advice.hpp"
#include "domain/synthetic/play.hpp"
#include "tests/domain/bout/model.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// Random bouts with everything that an assessment of them depends on, and the
/// roads by which their events can reach whoever assesses them.
namespace ringside::advice::test {

/// Where a test's choices come from; the same seed makes the same ones.
class dealer {
public:
  explicit dealer(std::uint32_t seed) : source_(seed) {
    // nop
  }

  /// 0 to below `n`.
  int operator()(int n) {
    return static_cast<int>(source_() % static_cast<unsigned>(n));
  }

private:
  std::mt19937 source_;
};

/// A sound profile for MMA with any terms, thresholds and eras.
scoring::profile any_profile(dealer& choose);

/// One such profile under any settings and versions.
in_force_ptr any_in_force(dealer& choose);

/// Events of one bout as its BOUT decided them, one after another.
struct random_bout {
  bout_id id;
  std::shared_ptr<const rules::ruleset> rules;
  bout::ruleset_lookup lookup;
  std::vector<bout::event> log;
};

/// One to three rounds of anything: facts in time and late, undo, replacement
/// also after the bell, clocks that stop, cards, unlocked rounds, endings.
random_bout any_bout(dealer& choose);

/// A bout as the generator drew it and the simulator assessed it, and the same
/// bout as officials log it: late, with slips that they correct.
struct drawn_bout {
  synthetic::played_bout played;
  random_bout logged;
  /// The event that a fact stands by, by round and place in the round.
  std::vector<std::vector<bout::event_no>> numbers;
};

/// @param engine Of the simulator, too.
drawn_bout draw(const synthetic::series& with, std::uint64_t index,
                dealer& choose);

/// The same bout with its facts and corrections in another order of arrival:
/// each correction behind what it corrects, facts of one moment as they were.
struct rearrangement {
  std::vector<bout::event> log;
  /// Old number of each new one; at 0 nothing.
  std::vector<bout::event_no> old_of;
};
rearrangement rearranged(const random_bout& b, dealer& choose);

/// The entries of the bout as the journal keeps them: canonical bytes.
std::vector<std::string> entries_of(const random_bout& b);

} // namespace ringside::advice::test
