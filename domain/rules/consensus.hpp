#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/number.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Points that several judges press at once (amateur boxing, 1989 to 2008).
namespace ringside::rules {

struct consensus_plan;

/// One push of a button.
struct press {
  /// From 1.
  int seat = 0;
  corner side = corner::red;
  /// Any clock that all seats share, milliseconds.
  std::int64_t at_ms = 0;

  friend bool operator==(const press&, const press&) = default;
};

/// A point that enough judges agreed on.
struct scored_point {
  corner side = corner::red;
  /// The first press of the window.
  std::int64_t opened_ms = 0;
  /// The press that completed the number of judges.
  std::int64_t scored_ms = 0;
  /// Judges whose press belongs to this point, in order of their presses;
  /// late ones of the same window included.
  std::vector<int> seats;

  friend bool operator==(const scored_point&, const scored_point&) = default;
};

/// The points of a bout, from the presses of all judges in any order.
///
/// For each corner on its own: the window opens at the first press that
/// belongs to no point and stays open for `window_ms`, both ends included.
/// When the last of `judges_needed` different judges presses, one point is
/// scored at once and those presses are used up. A press in the same window
/// by a judge who is not yet part of the point belongs to that point; a second
/// press by one who is, is a new blow. If the window ends without a point, its
/// first press is dropped and the window opens again at the next one.
/// Sources: rule sets note, section 5; test vectors 22 and 23.
std::vector<scored_point> consensus_hits(std::span<const press> presses,
                                         const consensus_plan& plan);

/// What the buttons gave.
struct consensus_tally {
  /// Points by agreement.
  per_corner<int> points;
  /// Each judge's own presses, index 0 is seat 1; for breaking ties.
  std::vector<per_corner<int>> presses_by_seat;

  friend bool operator==(const consensus_tally&, const consensus_tally&)
    = default;
};

/// Adds up points and presses.
/// @param seats Number of judges; presses of other seats are not counted.
consensus_tally tally_of(std::span<const press> presses,
                         std::span<const scored_point> points, int seats);

/// How well the panel worked together.
struct consensus_report {
  int presses = 0;
  int points = 0;
  /// Presses for each point in thousandths; empty where nothing was scored.
  /// A published study found about 2000.
  std::optional<std::int64_t> presses_per_point_milli;
  /// By seat: the share of the judge's presses that belong to a point; empty
  /// for a judge who never pressed.
  std::vector<std::optional<ppm>> used;
  /// By seat: the judge's own count names the same winner as the points.
  std::vector<bool> agrees;
  /// Judges that agree; the study found about 4.5 of 5.
  int consistency = 0;
};

/// Figures about one bout or one round.
consensus_report report_of(std::span<const press> presses,
                           std::span<const scored_point> points, int seats);

} // namespace ringside::rules
