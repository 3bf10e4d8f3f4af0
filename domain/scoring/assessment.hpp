#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/number.hpp"
#include "domain/rules/ruleset.hpp"
#include "domain/scoring/profile.hpp"
#include "domain/scoring/round_tally.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::scoring {

/// One line of a breakdown.
struct breakdown_line {
  /// The criterion of the rule set, or the aspect where the rule set names
  /// none that fits.
  std::string criterion;
  scoring::aspect aspect = aspect::damage;
  /// Log-odds in thousandths, positive for red. The lines of an assessment add
  /// up to `assessment::lead_milli`, up to rounding of each line.
  std::int64_t lead_milli = 0;

  friend bool operator==(const breakdown_line&, const breakdown_line&)
    = default;
};

/// What the engine thinks of a round. Advice; it stays behind the wall.
struct assessment {
  std::string profile;
  int version = 0;
  int calibration_version = 0;

  /// The chance of each outcome; the three add up to exactly 1'000'000.
  per_corner<ppm> wins;
  ppm even;
  /// The chance that the corner wins by two points or more, and by three or
  /// more; never above its chance to win.
  per_corner<ppm> wide;
  per_corner<ppm> wider;

  /// The card that fits, under the scale of the rule set.
  per_corner<points> card;
  /// Empty where the card is even.
  std::optional<corner> card_winner;
  bool too_close = false;

  /// Log-odds that red wins, in thousandths.
  std::int64_t lead_milli = 0;
  /// In the order of priority of the rule set.
  std::vector<breakdown_line> breakdown;

  friend bool operator==(const assessment&, const assessment&) = default;
};

/// The numbers of an assessment, without its words: what an update of a
/// running round costs.
struct outlook {
  per_corner<ppm> wins;
  ppm even;
  per_corner<ppm> wide;
  per_corner<ppm> wider;
  per_corner<points> card;
  std::optional<corner> card_winner;
  bool too_close = false;
  std::int64_t lead_milli = 0;
  /// Log-odds in thousandths, positive for red.
  std::array<std::int64_t, aspect_count> aspects{};

  friend bool operator==(const outlook&, const outlook&) = default;
};

/// Assesses a round. A pure function: the same profile, scale and tally give
/// the same bits live, after a restart, in replay, in simulation and on
/// another machine; exchanged corners give the mirrored answer exactly.
/// @param p A validated profile.
/// @param scale Of the rule set of the bout.
/// @param date ISO date for profiles whose practice drifted; empty: now.
outlook look_at(const profile& p, const rules::score_scale& scale,
                const round_tally& t, std::string_view date = {});

/// As `look_at`, with the breakdown by the criteria of the rule set and the
/// versions behind it.
assessment assess(const profile& p, const rules::ruleset& rules,
                  const round_tally& t, std::string_view date = {});

/// The aspects in the order in which a rule set names its criteria, with the
/// name the rule set gives them; what it does not name comes last.
std::vector<std::pair<aspect, std::string>>
criteria_of(const rules::ruleset& rules);

} // namespace ringside::scoring
