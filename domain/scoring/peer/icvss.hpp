#pragma once

#include "domain/base/corner.hpp"
#include "domain/scoring/peer/log_event.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ringside::scoring::peer {

/// What engine E (ICVSS) says of a round.
struct icvss_report {
  per_corner<double> total;
  per_corner<double> camera;
  per_corner<double> judge;
  /// Empty: even.
  std::optional<corner> winner;
  per_corner<int> card;
  /// The fighter who was given 50 points for damage.
  std::optional<corner> primacy;
};

/// What engine E lets in of a log in order of arrival: confidence from 0.6,
/// and nothing within 100 ms of the same type by the same fighter among the
/// last 50 it took. Its service keeps one such window for all bouts; here it
/// begins anew with every list.
std::vector<log_event> admit_icvss(std::span<const log_event> log);

/// Scores a round as engine E does, with its quirks: control once per event,
/// judges' words by substring, no card of 10-8. Everything in the list counts;
/// `admit_icvss` is a step before.
icvss_report score_icvss(std::span<const log_event> log);

} // namespace ringside::scoring::peer
