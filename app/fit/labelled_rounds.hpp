#pragma once

#include "domain/base/result.hpp"
#include "domain/scoring/round_tally.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// Published rounds with the judges' cards, as counters and labels. Fighter A
/// is red, fighter B is blue.
namespace ringside::fit {

/// One judge's card of a round, deductions added back: what the judge saw.
struct judged {
  std::string judge;
  per_corner<int> score;

  /// Points by which red is ahead.
  int margin() const noexcept {
    return score.red - score.blue;
  }
};

/// One round of a bout: what happened and what the judges made of it.
struct labelled_round {
  /// Line of the file, the header is line 1.
  std::size_t line = 0;
  std::string bout;
  /// The bout where the file names no event.
  std::string event;
  /// ISO date; empty where the file has none.
  std::string date;
  int round = 0;
  bool last = false;
  scoring::round_tally tally;
  /// False where control was not recorded; it counts as none then.
  bool control_known = true;
  per_corner<int> deducted;
  std::vector<judged> cards;

  /// 0 where there is no date.
  int year() const noexcept;
  /// Judges who gave the round to a corner.
  int votes(corner c) const noexcept;
  int even_votes() const noexcept;
  /// Who has more than half of the judges.
  std::optional<corner> majority() const noexcept;
  /// Judges who gave the corner 10-8 or wider.
  int wide_votes(corner c) const noexcept;
  /// True if more than half of the judges gave the majority's corner 10-8 or
  /// wider.
  bool wide_majority() const noexcept;
  /// At least two judges and a majority: what accuracy is measured on.
  bool counts() const noexcept;
};

/// Reads a file in the columns of FightMetric, one row per bout and round.
/// `bout_id`, `round`, the fighters and the counts must be there; event, date,
/// deductions, control and cards may be missing.
/// @returns `io_error`, `malformed` or `invalid_value` with the file, the line
/// and the column of the first fault; nothing is half loaded. Faults: missing
/// columns, text where a number is due, more landed than attempted, splits
/// beyond their whole, a round twice, a fighter without a name or another one
/// than in the bout's first row, a card with one score.
result<std::vector<labelled_round>>
read_labelled_rounds(const std::filesystem::path& file);

} // namespace ringside::fit
