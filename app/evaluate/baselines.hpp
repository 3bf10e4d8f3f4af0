#pragma once

#include "app/evaluate/measures.hpp"
#include "domain/scoring/engine.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ringside::evaluate {

/// Another way to score, for the table.
struct baseline {
  std::string id;
  std::function<forecast(const fit::labelled_round&)> judge;
  /// False where it names a winner without a probability: log loss, Brier and
  /// ECE mean nothing then.
  bool has_chances = false;
};

/// More significant strikes; knockdown, then 5 strikes, then 60 seconds of
/// control, then strikes.
std::vector<baseline> plain_baselines();

/// The engines of the earlier system, fed with the counts of a round as their
/// room spreads them.
std::vector<baseline> peer_baselines();

/// A winner without a probability, as a forecast: sure of it, or one half.
/// @param lead Above 0 for A.
/// @param steps Points between winner and loser on the card.
forecast certain(std::int64_t lead, int steps);

/// Another engine as a baseline; it gets the round as facts, see `facts_of`.
baseline baseline_of(scoring::engine engine);

/// A round as facts spread evenly over its running time, control as intervals:
/// what an engine that needs events gets from a row of counts.
std::vector<scoring::timed_fact> facts_of(const scoring::round_tally& t,
                                          round_ms length);

/// A line of the table.
struct baseline_result {
  std::string id;
  bool has_chances = false;
  measured figures;
};

/// Every baseline on the same rounds as `like`: those that have a forecast.
std::vector<baseline_result>
run_baselines(const std::vector<baseline>& all,
              const std::vector<fit::labelled_round>& rounds,
              const forecasts& like, int draws);

} // namespace ringside::evaluate
