#pragma once

#include "domain/base/limits.hpp"
#include "domain/bout/event.hpp"
#include "domain/wire/fact_fields.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

/// INTERNAL to this room: how events look in JSON, for both directions. The
/// journal is read with the limits of the types only, so the ranges here are
/// what `decide` lets pass.
namespace ringside::wire {

/// Longest time on a round clock that makes sense: one day, milliseconds.
inline constexpr std::int64_t round_ms_max = 86'400'000;
inline constexpr std::int64_t tenths_max = 100'000;

template <class F>
void seat_field(F& f, int& seat) {
  f.integer("seat", seat, 1, limits::seats_max);
}

template <class F>
void round_field(F& f, int& round) {
  f.integer("round", round, 1, limits::rounds_max);
}

/// 0, the default, is the whole bout or no round at all.
template <class F>
void round_or_bout(F& f, int& round) {
  f.integer_or("round", round, 0, 0, limits::rounds_max);
}

template <class F>
void moment_fields(F& f, int& round, round_ms& at) {
  round_field(f, round);
  f.integer("round_ms", at.count, 0, round_ms_max);
}

template <class F>
void ruling_field(F& f, bool& upheld) {
  constexpr std::array<std::string_view, 2> names{"denied", "upheld"};
  std::size_t index = upheld ? 1 : 0;
  f.choice("ruling", names, index);
  upheld = index == 1;
}

template <class F>
void score_fields(F& f, per_corner<points>& score) {
  f.integer("red_x10", score.red.count, -tenths_max, tenths_max);
  f.integer("blue_x10", score.blue.count, -tenths_max, tenths_max);
}

template <class F>
void fields(F& f, bout::fighter& x) {
  f.name("name", x.name);
  f.optional_name("nickname", x.nickname);
  f.optional_name("record", x.record);
  f.optional_name("country", x.country);
}

template <class F>
void fields(F& f, bout::official& x) {
  f.name("name", x.name);
  f.optional_name("account", x.account);
}

template <class F>
void fields(F& f, rules::card_total& x) {
  score_fields(f, x.total);
  f.word("says", x.says);
}

template <class F>
void fields(F& f, rules::outcome& x) {
  f.word("kind", x.kind);
  f.optional_corner("winner", x.winner);
  f.list("cards", x.cards, limits::seats_max);
  f.optional_word("panel", x.panel);
  f.optional_name("tuple", x.tuple);
  f.optional_text("explanation", x.explanation);
}

/// A card as the journal has it; criteria stand in rule-set order.
template <class F>
void fields(F& f, bout::card_entry& x) {
  if constexpr (F::reads)
    if (f.has("red_x10") || f.has("blue_x10"))
      x.score.emplace();
  if (x.score)
    score_fields(f, x.score->raw);
  f.optional_corner("pick", x.pick);
  f.corners("criteria", x.criteria);
}

/// What both corners bring and where they meet.
template <class F, class T>
void bout_fields(F& f, T& x) {
  f.object("red", x.fighters.red);
  f.object("blue", x.fighters.blue);
  f.list("judges", x.judges, limits::seats_max);
  f.optional_name("arena", x.arena);
  f.optional_name("event", x.event);
  f.optional_name("weight_class", x.weight_class);
  f.flag("title_bout", x.title_bout, false);
}

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
