#pragma once

#include "app/replay/round_work.hpp"
#include "app/replay/rounds_file.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ringside::replay {

/// A count that came out differently from the file.
struct cell_difference {
  int round = 0;
  /// With `_a` or `_b`.
  std::string column;
  std::string file;
  std::string ours;
};

/// What became of one bout.
struct bout_report {
  std::string id;
  /// The bout's id on the node.
  std::string node_id;
  std::string date;
  per_corner<std::string> fighters;
  std::string ruleset;
  int rounds = 0;
  /// Ours, for example `split_decision a`; empty if there is none.
  std::string result;
  /// The announced one in the same words; empty if that cannot be said.
  std::string official;
  std::string official_method;
  /// Empty: there is nothing to compare.
  std::optional<bool> equal;
  /// Why there is no result, or why it differs.
  std::string reason;
  /// What else is worth knowing.
  std::string note;
  /// True if the source itself is known to be wrong here.
  bool source_error = false;
  /// True if something happened that must not.
  bool failed = false;
  /// Events of the bout and acks of its commands.
  std::int64_t events = 0;
  std::int64_t acks = 0;
  std::int64_t resent = 0;
  std::vector<std::int64_t> ack_us;
  int cells = 0;
  std::vector<cell_difference> differences;
  /// Rounds with control, and by how many milliseconds of the node's clock
  /// their control was off, all and worst.
  int control_rounds = 0;
  std::int64_t control_off_ms = 0;
  std::int64_t control_worst_ms = 0;
};

/// The rule set of the day of a bout. One exception: `mma_legacy_2001` does not
/// score a round that a foul cut short; where such a round has published
/// cards, that commission did score it, and the bout runs under
/// `mma_unified_2009`, which has the same scale.
std::string ruleset_for(const bout_record& bout);

/// True if the referee stopped the bout inside this round and it went to the
/// cards.
bool stopped_in(const round_record& row) noexcept;

/// Runs one bout from creation to publication, as far as the file goes, and
/// compares what came out. Never makes up a card, a round or a count.
bout_report run_bout(officials::crew& crew, const bout_record& bout,
                     const source_errors& known, const pace& speed);

} // namespace ringside::replay
