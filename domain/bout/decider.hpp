#pragma once

#include "domain/bout/decide.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Internal to `decide`: one overload for each command, spread over the
/// `decide_*.cpp` files by subject.
namespace ringside::bout {

using decision = result<std::vector<decided_event>>;

class decider {
public:
  decider(const state& s, const command& c, const decide_context& context)
    : s_(s), c_(c), context_(context), now_(context.now) {
    // nop
  }

  // -- set-up (decide_setup.cpp) ----------------------------------------------

  decision operator()(const create_bout& x) const;
  decision operator()(const assign_judge& x) const;
  decision operator()(const bind_seat& x) const;

  // -- rounds and clock (decide_round.cpp) ------------------------------------

  decision operator()(const open_round& x) const;
  decision operator()(const start_clock& x) const;
  decision operator()(const stop_clock& x) const;
  decision operator()(const close_round& x) const;

  // -- facts (decide_facts.cpp) -----------------------------------------------

  decision operator()(const log_fact& x) const;
  decision operator()(const retract_event& x) const;
  decision operator()(const replace_event& x) const;

  // -- cards (decide_cards.cpp) -----------------------------------------------

  decision operator()(const submit_card& x) const;
  decision operator()(const revise_card& x) const;
  decision operator()(const lock_round& x) const;
  decision operator()(const unlock_round& x) const;

  // -- the end (decide_result.cpp) --------------------------------------------

  decision operator()(const record_finish& x) const;
  decision operator()(const record_stoppage& x) const;
  decision operator()(const approve_result& x) const;
  decision operator()(const publish_result& x) const;
  decision operator()(const overturn_result& x) const;
  decision operator()(const cancel_bout& x) const;

  // -- beside the fight (decide_result.cpp) -----------------------------------

  decision operator()(const add_note& x) const;
  decision operator()(const raise_protest& x) const;
  decision operator()(const rule_on_protest& x) const;

private:
  /// One event at the present moment.
  decision one(event_body body) const;

  /// The moment of a clock command: the tap's own time where it is believable.
  mono_us clock_moment(const round_state& r) const noexcept;

  result<unit> require_live() const;
  result<unit> require_unpublished() const;
  result<unit> check_seat_account(int seat, const std::string& account) const;
  result<const round_state*> require_open_round() const;

  // -- facts ------------------------------------------------------------------

  /// Where and when a fact happened.
  struct place {
    int round = 0;
    round_ms at;
    mono_us moment;
  };

  result<place> place_of(const log_fact& x) const;
  result<place> place_in(int round, bool asked_for) const;
  result<unit> check_fact(const fact& what, const place& where) const;
  result<unit> check_known(const fact& what) const;
  result<const standing_fact*> correctable(event_no no) const;
  result<unit> check_author(const std::string& author) const;
  decision retract_ending(const retract_event& x) const;

  // -- cards ------------------------------------------------------------------

  result<const seat_state*> require_seat(int seat) const;
  result<unit> check_entry(const card_entry& entry, int round,
                           std::string_view reason, bool pick_only) const;
  result<unit> check_criteria(const card_entry& entry) const;
  result<unit> check_card_round(int round) const;
  result<unit> check_bout_fought() const;
  /// The seat has to name a winner although it may have a card.
  bool pick_wanted(int seat) const noexcept;
  bool past_deadline(int round) const noexcept;

  const state& s_;
  const command& c_;
  const decide_context& context_;
  mono_us now_;
};

/// What follows once all rounds that count are locked and all picks are in: a
/// derived result, an extra round, or a request for picks; nothing while the
/// bout still goes on. `after` has the events of this decision applied.
result<std::vector<event_body>> conclude(const state& after);

/// `events`, followed by what they lead to according to `conclude`.
decision with_conclusion(const state& s, const command& c,
                         const decide_context& context,
                         std::vector<decided_event> events);

/// Refuses a text that is empty (`reason_required`) or too long.
result<unit> require_text(std::string_view text, std::string_view field,
                          std::size_t bytes_max);

/// Refuses a text that is too long; it may be empty.
result<unit> require_length(std::string_view text, std::string_view field,
                            std::size_t bytes_max);

/// Refuses nobody and the issuer himself as the second person.
result<unit> require_authoriser(const command& c, std::string_view who);

} // namespace ringside::bout
