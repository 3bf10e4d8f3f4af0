#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ringside {

/// Why something was refused or failed. A code is worth having only if some
/// caller reacts to it differently; the detail text says the rest. The text
/// form is the stable `code` of the wire contract.
enum class ec : std::uint8_t {
  /// Not JSON, not the shape of a request, or an unknown field.
  malformed,
  /// Well formed, but a value is out of range or of the wrong kind.
  invalid_value,
  /// Bigger than the limit for this kind of request.
  too_large,
  /// Nobody proved who they are.
  unauthenticated,
  /// The identity may not do this.
  forbidden,
  /// No such bout, round, event, seat, rule set or topic.
  not_found,
  /// The same command_id was used before with another body.
  command_id_reused,
  /// The command needs a running round clock.
  clock_not_running,
  /// The command needs a stopped round clock.
  clock_running,
  /// The command needs an open round.
  round_not_open,
  /// The command needs a closed round.
  round_not_closed,
  /// The round is locked; only an unlock may change it.
  round_locked,
  /// The order of rounds does not allow this one.
  round_out_of_order,
  /// This card is filed; only a revision with an authoriser may change it.
  card_already_filed,
  /// A decision needs cards that are not there yet.
  cards_missing,
  /// Another device holds the seat.
  seat_taken,
  /// The seat is not assigned, or the device does not hold it.
  seat_not_bound,
  /// The score is not one the rule set allows.
  score_not_allowed,
  /// The rule set asks for a reason with this score or act.
  reason_required,
  /// The bout is finished, cancelled or published; the command came too late.
  bout_over,
  /// The command does not fit the present state of the bout.
  wrong_state,
  /// The event was retracted or replaced before.
  already_retracted,
  /// The rule set does not know this act (a knockdown tier, a foul, a method).
  not_in_ruleset,
  /// A second person has to allow this.
  approval_required,
  /// Too many requests; try again after the given time.
  rate_limited,
  /// A queue is full; try again.
  overloaded,
  /// The journal cannot be written; the node is read-only.
  read_only,
  /// The node is starting or stopping.
  unavailable,
  /// The answer did not come in time; ask again with the same command_id.
  timeout,
  /// The journal or a proof does not verify.
  corrupt,
  /// Reading or writing a file, socket or database failed.
  io_error,
  /// A defect of this program; the detail goes to the log.
  internal,
};

/// The stable wire text of a code, for example `round_locked`.
std::string_view to_string(ec code) noexcept;

/// A refusal or failure: the code for programs, the rest for people.
struct error {
  ec code = ec::internal;
  /// One sentence: what is wrong, with the offending value.
  std::string detail;
  /// The request field it is about, empty if none.
  std::string field;
  /// What to do about it, empty if obvious.
  std::string hint;

  friend bool operator==(const error&, const error&) = default;
};

} // namespace ringside
