#pragma once

#include "domain/bout/decide.hpp"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A bout to test with: one state, a clock that the test moves, and the people
/// around the ring. Every refusal is checked to have changed nothing, every
/// decision to be one that `apply` can fold.
namespace ringside::bout::test {

/// Three rounds of five minutes, three judges, the 10-point must; accidental
/// fouls: no contest before two (of three) completed rounds.
rules::ruleset mma_rules();

/// One pick for the whole bout.
rules::ruleset whole_bout_rules();

/// Damage 50, aggression 30, control 20; an even card names a winner.
rules::ruleset weighted_rules();

/// Up to two extra rounds after a draw, then every judge names a winner.
rules::ruleset extension_rules();

/// Five judges, the buttons: three within a second.
rules::ruleset buttons_rules();

inline const issuer supervisor{role::supervisor, "sue"};
inline const issuer commission{role::commission, "carl"};
inline const issuer timekeeper{role::timekeeper, "tim"};
inline const issuer op{role::operator_, "olga"};
inline const issuer other_op{role::operator_, "otto"};

/// The judge of a seat.
issuer judge(int seat);

/// The account of the judge of a seat.
std::string account_of(int seat);

/// A card of whole points.
card_entry scores(int red, int blue);

/// A card that names a winner.
card_entry pick(std::optional<corner> winner);

/// A card by criteria; `winners` in the order damage, aggression, control.
card_entry criteria(std::vector<std::optional<corner>> winners);

/// A significant strike to the head from distance.
log_fact jab(corner c, bool landed = true);
log_fact take_control(corner c, std::string kind = "top");
log_fact give_control(corner c);
log_fact take_point(corner c, int points = 1);

/// The state as text, every field of it. Without numbers it leaves out what
/// tells which events made it: then two histories can be compared.
std::string describe(const state& s, bool with_numbers);

class ring {
public:
  explicit ring(rules::ruleset set = mma_rules());

  /// Runs a command: its events, or why not. At the present moment, or with
  /// the time of a tap.
  result<std::vector<event>> send(const issuer& by, command_body body);

  /// Runs a command that must be accepted; the number of its first event.
  event_no must(const issuer& by, command_body body);

  /// Runs a command that must be refused; nothing if it was accepted.
  std::optional<ec> refused(const issuer& by, command_body body);

  /// Moves the clock of the test on.
  ring& pass(std::int64_t ms);

  /// The next command says it happened so long ago.
  ring& tapped_ago(std::int64_t ms);

  /// Events of the last accepted command.
  const std::vector<event>& last() const noexcept {
    return last_;
  }

  // -- shortcuts --------------------------------------------------------------

  /// Creates the bout and binds every seat.
  ring& ready(int rounds = 0);
  /// Opens the next round and starts its clock.
  ring& bell();
  /// Opens the next round, fights it to the end and closes it.
  ring& fight_round();
  /// Every judge files the same card for a round.
  ring& all_file(int round, const card_entry& entry);
  /// One card for each seat.
  ring& file(int round, const std::vector<card_entry>& entries);
  ring& lock(int round);
  /// Fights `rounds` rounds that end 10-9 on every card for `winner`, locked.
  ring& won_rounds(int rounds, corner winner = corner::red);

  const round_state& round(int n) const;
  const box_score& box(corner c, int n = 1) const;
  /// Control of a corner in a round so far, milliseconds.
  std::int64_t control_ms(corner c, int n = 1) const;

  state s;
  std::vector<event> log;
  mono_us now;
  std::shared_ptr<const rules::ruleset> set;
  ruleset_lookup lookup;

private:
  void remember_last(const command& c, event_no first);

  std::vector<event> last_;
  std::optional<claimed_time> occurred_;
  std::uint8_t ids_ = 0;
};

/// The fold of these events.
state fold(const std::vector<event>& log, const ruleset_lookup& lookup);

} // namespace ringside::bout::test
