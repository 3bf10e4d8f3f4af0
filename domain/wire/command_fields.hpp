#pragma once

#include "domain/bout/command.hpp"
#include "domain/wire/event_fields.hpp"

#include <variant>

/// INTERNAL to this room: how commands look in JSON, for both directions.
/// Cards, which have several forms, are in card_form.cpp.
namespace ringside::wire {

template <class F>
void fields(F& f, bout::create_bout& x) {
  f.name("ruleset", x.ruleset);
  f.integer_or("scheduled_rounds", x.scheduled_rounds, 0, 1,
               limits::rounds_max);
  bout_fields(f, x);
}

template <class F>
void fields(F& f, bout::assign_judge& x) {
  seat_field(f, x.seat);
  fields(f, x.judge);
}

template <class F>
void fields(F& f, bout::bind_seat& x) {
  seat_field(f, x.seat);
  f.optional_name("account", x.account);
  f.optional_name("device", x.device);
  f.flag("force", x.force, false);
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::open_round& x) {
  round_field(f, x.round);
}

template <class F>
void fields(F&, bout::start_clock&) {
  // nop
}

template <class F>
void fields(F& f, bout::stop_clock& x) {
  f.optional_text("reason", x.reason);
}

/// Without `round` it is the one that is open.
template <class F>
void fields(F& f, bout::close_round& x) {
  f.integer_or("round", x.round, 0, 1, limits::rounds_max);
}

template <class F>
void fields(F& f, bout::log_fact& x) {
  std::visit([&f](auto& what) { request_fields(f, what); }, x.what);
  f.optional_integer("round", x.round, 1, limits::rounds_max);
}

template <class F>
void fields(F& f, bout::retract_event& x) {
  f.event_id("event_id", x.no);
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::replace_event& x) {
  f.event_id("event_id", x.no);
  f.nested("fact", [&x](auto& sub) { typed_fact(sub, x.what, true); });
  f.optional_text("reason", x.reason);
}

/// All but the entry of the card.
template <class F>
void fields(F& f, bout::submit_card& x) {
  seat_field(f, x.seat);
  round_or_bout(f, x.round);
  f.optional_text("reason", x.reason);
}

/// All but the entry of the card.
template <class F>
void fields(F& f, bout::revise_card& x) {
  seat_field(f, x.seat);
  round_or_bout(f, x.round);
  f.name("authorised_by", x.authorised_by);
  f.text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::lock_round& x) {
  round_field(f, x.round);
}

template <class F>
void fields(F& f, bout::unlock_round& x) {
  round_field(f, x.round);
  f.name("authorised_by", x.authorised_by);
  f.text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::record_finish& x) {
  f.optional_corner("corner", x.winner);
  f.word("method", x.method);
  // Round 0: the bout was called off before the first bell.
  f.integer("round", x.round, 0, limits::rounds_max);
  f.integer("round_ms", x.at.count, 0, round_ms_max);
}

template <class F>
void fields(F& f, bout::record_stoppage& x) {
  f.word("cause", x.cause);
  f.corner("injured", x.injured);
  moment_fields(f, x.round, x.at);
}

template <class F>
void fields(F&, bout::approve_result&) {
  // nop
}

template <class F>
void fields(F&, bout::publish_result&) {
  // nop
}

template <class F>
void fields(F& f, bout::overturn_result& x) {
  f.word("kind", x.kind);
  f.optional_corner("winner", x.winner);
  f.name("ground", x.ground);
  f.name("authorised_by", x.authorised_by);
  f.text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::cancel_bout& x) {
  f.text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::add_note& x) {
  f.text("text", x.text);
  round_or_bout(f, x.round);
}

template <class F>
void fields(F& f, bout::raise_protest& x) {
  f.text("text", x.text);
  f.optional_corner("by", x.by);
}

template <class F>
void fields(F& f, bout::rule_on_protest& x) {
  f.event_id("protest", x.protest);
  ruling_field(f, x.upheld);
  f.text("reason", x.reason);
}

} // namespace ringside::wire
