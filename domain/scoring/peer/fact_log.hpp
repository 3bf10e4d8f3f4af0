#pragma once

#include "domain/base/time.hpp"
#include "domain/bout/control.hpp"
#include "domain/bout/fact.hpp"
#include "domain/scoring/peer/log_event.hpp"

#include <vector>

namespace ringside::scoring::peer {

/// Turns the facts of one round into a log in the words of engine A. A strike
/// is `SS` if it counts as significant and was not light; one on the ground is
/// ground and pound. Techniques without a word of their own take the nearest
/// (`overhand` is a hook, `strike` a cross). Control becomes one segment per
/// interval, logged when it ended; in the clinch it is cage control. What
/// missed, fouls, deductions and presses have no word.
class fact_log {
public:
  /// Facts may come in any order.
  void add(const bout::fact& what, round_ms at);

  /// The log in order of time.
  /// @param until Running time of the round so far; it ends open control.
  std::vector<log_event> events(round_ms until) const;

private:
  std::vector<log_event> acts_;
  bout::control_log control_;
  bout::event_no marks_ = 0;
};

} // namespace ringside::scoring::peer
