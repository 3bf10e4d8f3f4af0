#pragma once

#include "domain/base/corner.hpp"
#include "domain/scoring/peer/words.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>

namespace ringside::scoring::peer {

/// The numbers of engine A. Its rules (fatigue, guards, caps, locks) are the
/// same for both sets and live in the code.
struct v3_config {
  /// By `v3_key`; control per started ten seconds.
  std::array<double, v3_keys> points{};
  /// Up to which lead of the opponent a lock decides: flash, hard and
  /// near-finish knockdown.
  std::array<double, 3> lock_knockdown{};
  /// The same for a near-finish submission; the code has no entry for it.
  std::optional<double> lock_submission;
  double wide_delta = 0;
  double wider_delta = 0;
};

/// What the code at hand pays, and what its requirements say it should.
const v3_config& v3_code() noexcept;
const v3_config& v3_prd() noexcept;

/// What engine A says of a round.
struct v3_report {
  per_corner<double> raw;
  /// Absolute lead, also where the winner is behind.
  double delta = 0;
  /// Empty: its DRAW.
  std::optional<corner> winner;
  std::string reason;
  per_corner<int> card;
  /// Control was discounted, because nothing else was done.
  per_corner<bool> discounted;
  /// Everything that was scored, also for no points.
  int events = 0;
};

/// Scores a round as engine A does, with its quirks: control in whole tens of
/// seconds, streaks by log time, distinct kinds of impact, the fatigue table
/// that ends at 1000. Events are taken in the order of the list.
v3_report score_v3(const v3_config& config, std::span<const log_event> log);

} // namespace ringside::scoring::peer
