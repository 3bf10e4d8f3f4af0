#pragma once

#include "domain/base/corner.hpp"
#include "domain/scoring/peer/log_event.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ringside::scoring::peer {

/// What engine F (FJAI "E1") says of a round.
struct e1_report {
  per_corner<double> total;
  per_corner<double> damage;
  per_corner<double> control;
  per_corner<double> aggression;
  /// Empty: even.
  std::optional<corner> winner;
  per_corner<int> card;
  /// The fighter with four fifths of the damage, lifted 20 above the other.
  std::optional<corner> primacy;
  double confidence = 0;
};

/// What engine F lets in: confidence from 0.5, and nothing nearer than 100 ms
/// to the same type by the same fighter.
std::vector<log_event> admit_e1(std::span<const log_event> log);

/// Scores a round as engine F does, with its quirks: confidence does not count,
/// control that starts at time zero or never ends is lost, a second start
/// replaces the first. Everything in the list counts.
e1_report score_e1(std::span<const log_event> log);

} // namespace ringside::scoring::peer
