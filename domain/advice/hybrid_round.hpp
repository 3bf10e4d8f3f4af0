#pragma once

#include "domain/advice/hybrid_entry.hpp"
#include "domain/advice/in_force.hpp"
#include "domain/scoring/bout_tally.hpp"
#include "domain/scoring/hybrid/round.hpp"

#include <string>
#include <vector>

/// The hybrid round of a running bout: a function of the bout's journal, of
/// what cameras reported, and of what is in force. Nothing else is kept, so
/// that a restart makes the same of it.
namespace ringside::advice {

/// One round with everything it depends on beside the settings.
struct hybrid_inputs {
  const bout_id& bout;
  const bout::state& now;
  const scoring::bout_tally& tallies;
  const hybrid_book& book;
  int round = 0;
};

/// The standing facts of a round as reports of people, who are sure of what
/// they say. Fouls, deductions and what did not land are no acts. A report
/// names its act by the id of the event, so that cameras can, too.
std::vector<scoring::hybrid::evidence> human_evidence(const hybrid_inputs& at);

/// True once the officials lock the round, and for every round once the result
/// is approved: a finish leaves its round unlocked.
bool hybrid_closed(const bout::state& now, int round) noexcept;

/// The last lock, if the round is to be locked and nothing came after it.
const hybrid_lock* standing_lock(const hybrid_inputs& at);

/// What of the news is new; nothing at all is not an error.
/// @returns `not_found` for a round that was not opened and where no hybrid
/// profile is in force, `round_locked`, `too_large`, and what
/// `scoring::hybrid::decide` says of a report.
result<hybrid_news> admit(const hybrid_inputs& at, const in_force& f,
                          const std::string& by, const hybrid_news& wanted);

/// The next lock of a round. `not_found` where no hybrid profile is in force.
result<hybrid_lock> make_lock(const hybrid_inputs& at, const in_force& f);

/// The hybrid result as every surface shows it: as it was locked where a lock
/// stands, else as it is now. `not_found` as above.
result<json::object> hybrid_json(const hybrid_inputs& at, const in_force& f);

} // namespace ringside::advice
