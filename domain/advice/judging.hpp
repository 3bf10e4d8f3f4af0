#pragma once

#include "domain/advice/in_force.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/scoring/analytics/reliability.hpp"
#include "domain/scoring/bout_tally.hpp"
#include "domain/wire/audience.hpp"

#include <vector>

/// How a panel judged a bout: beside each other and beside the engine. For
/// whoever trains and assigns judges; no card, total or result depends on it.
namespace ringside::advice {

/// A round with the card of every seat.
struct panel_round {
  int round = 0;
  /// Cards by seat; judges by their accounts.
  scoring::analytics::judged_round what;
};

/// The rounds of a bout whose cards and assessment this audience may see all.
/// Only rounds with the scores of a whole panel: none where a bout is judged
/// as a whole or by presses.
/// @param tallies The fold of the same events as `s`.
std::vector<panel_round> panel_rounds(const in_force& f, const bout::state& s,
                                      const scoring::bout_tally& tallies,
                                      const wire::audience& who);

/// {bout_id, version, rounds, worst_first, judges}: agreement, variance and
/// flags of the rounds above.
json::object judging_json(const in_force& f, const bout::state& s,
                          const scoring::bout_tally& tallies, const bout_id& id,
                          const wire::audience& who);

/// The record of one judge beside the mean of all.
json::object reliability_json(const scoring::analytics::judge_reliability& j);

} // namespace ringside::advice
