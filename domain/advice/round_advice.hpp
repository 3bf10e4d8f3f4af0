#pragma once

#include "domain/advice/in_force.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/scoring/assessment.hpp"
#include "domain/scoring/bout_tally.hpp"
#include "domain/scoring/explain.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ringside::advice {

/// Reasons given with an assessment.
inline constexpr std::size_t reasons_max = 5;

/// One of the facts that moved an assessment most.
struct reason {
  scoring::contribution what;
  /// The event it was logged by; 0 if it is none of them alone.
  bout::event_no no = 0;

  friend bool operator==(const reason&, const reason&) = default;
};

/// What Fight Judge thinks of one round, and what that rests on. Advice: no
/// result, card or total ever depends on it.
struct round_advice {
  int round = 0;
  /// The last event that may have changed it: later versions of the bout have
  /// the same assessment of this round.
  bout::event_no version = 0;
  /// Running time up to which the round is counted.
  round_ms until;
  bool closed = false;
  scoring::assessment assessment;
  std::vector<reason> reasons;
  int calibration_version = 0;
  std::uint64_t calibration_position = 0;
  /// Names bout, version, round, profile and calibration; whoever shows this
  /// assessment shows this text.
  std::string receipt;

  friend bool operator==(const round_advice&, const round_advice&) = default;
};

/// Assesses a round.
/// @returns `not_found` for a round that was not opened, and where no profile
/// knows the discipline of the bout.
result<round_advice> advise(const in_force& f, const bout::state& s,
                            const scoring::bout_tally& tallies,
                            const bout_id& id, int round);

/// The same without reasons, for whoever compares cards only.
result<scoring::assessment> assess_round(const in_force& f,
                                         const bout::state& s,
                                         const scoring::bout_tally& tallies,
                                         int round);

/// The text of a receipt.
std::string receipt_of(const bout_id& id, bout::event_no version, int round,
                       const scoring::assessment& a, int calibration_version);

/// The assessment as every surface shows it.
json::object advice_json(const round_advice& a, const bout_id& id);

/// The day of a moment on the server's timeline, as an ISO date.
std::string iso_date(mono_us moment);

} // namespace ringside::advice
