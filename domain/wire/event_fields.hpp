#pragma once

#include "domain/audit/json.hpp"
#include "domain/bout/event.hpp"
#include "domain/wire/fact_fields.hpp"
#include "domain/wire/shared_fields.hpp"

#include <cstdint>
#include <variant>

/// INTERNAL to this room: how events look in JSON, for both directions. The
/// journal is read with the limits of the types only, so the ranges here are
/// what `decide` lets pass.
namespace ringside::wire {

template <class F>
void fields(F& f, bout::bout_created& x) {
  f.name("ruleset", x.ruleset);
  f.integer("ruleset_version", x.ruleset_version, 0, 1'000'000);
  f.integer("scheduled_rounds", x.scheduled_rounds, 0, limits::rounds_max);
  bout_fields(f, x);
}

template <class F>
void fields(F& f, bout::judge_assigned& x) {
  seat_field(f, x.seat);
  fields(f, x.judge);
}

template <class F>
void fields(F& f, bout::seat_bound& x) {
  seat_field(f, x.seat);
  f.optional_name("account", x.account);
  f.optional_name("device", x.device);
  f.flag("forced", x.forced, false);
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::round_opened& x) {
  round_field(f, x.round);
}

template <class F>
void fields(F& f, bout::clock_started& x) {
  moment_fields(f, x.round, x.at);
}

template <class F>
void fields(F& f, bout::clock_stopped& x) {
  moment_fields(f, x.round, x.at);
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::round_closed& x) {
  moment_fields(f, x.round, x.at);
}

/// The kind of the event says which fact it is.
template <class F>
void fields(F& f, bout::fact_logged& x) {
  std::visit([&f](auto& what) { fields(f, what); }, x.what);
  moment_fields(f, x.round, x.at);
  f.integer_or("err_us", x.err_us, std::int64_t{0}, 0, json::integer_max);
}

template <class F>
void fields(F& f, bout::event_retracted& x) {
  f.event_id("event_id", x.no);
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::fact_replaced& x) {
  f.event_id("event_id", x.replaces);
  f.nested("fact", [&x](auto& sub) { typed_fact(sub, x.what, false); });
  moment_fields(f, x.round, x.at);
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::card_filed& x) {
  seat_field(f, x.seat);
  round_or_bout(f, x.round);
  fields(f, x.entry);
  f.optional_text("reason", x.reason);
  f.flag("late", x.late, false);
}

template <class F>
void fields(F& f, bout::card_revised& x) {
  seat_field(f, x.seat);
  round_or_bout(f, x.round);
  fields(f, x.entry);
  f.optional_name("authorised_by", x.authorised_by);
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::round_locked& x) {
  round_field(f, x.round);
}

template <class F>
void fields(F& f, bout::round_unlocked& x) {
  round_field(f, x.round);
  f.optional_name("authorised_by", x.authorised_by);
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::finish_recorded& x) {
  f.optional_corner("corner", x.winner);
  f.word("method", x.method);
  moment_fields(f, x.round, x.at);
}

template <class F>
void fields(F& f, bout::stoppage_recorded& x) {
  f.word("cause", x.cause);
  f.corner("injured", x.injured);
  moment_fields(f, x.round, x.at);
}

template <class F>
void fields(F& f, bout::extension_ordered& x) {
  round_field(f, x.round);
}

template <class F>
void fields(F& f, bout::picks_requested& x) {
  f.integers("seats", x.seats, 1, limits::seats_max);
}

template <class F>
void fields(F& f, bout::result_derived& x) {
  f.object("result", x.result);
}

template <class F>
void fields(F&, bout::result_withdrawn&) {
  // nop
}

template <class F>
void fields(F&, bout::result_approved&) {
  // nop
}

template <class F>
void fields(F&, bout::result_published&) {
  // nop
}

template <class F>
void fields(F& f, bout::result_overturned& x) {
  f.object("result", x.result);
  f.optional_name("ground", x.ground);
  f.optional_name("authorised_by", x.authorised_by);
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::bout_cancelled& x) {
  f.optional_text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::note_added& x) {
  f.text("text", x.text);
  round_or_bout(f, x.round);
}

template <class F>
void fields(F& f, bout::protest_raised& x) {
  f.text("text", x.text);
  f.optional_corner("by", x.by);
}

template <class F>
void fields(F& f, bout::protest_ruled& x) {
  f.event_id("event_id", x.protest);
  ruling_field(f, x.upheld);
  f.optional_text("reason", x.reason);
}

} // namespace ringside::wire
