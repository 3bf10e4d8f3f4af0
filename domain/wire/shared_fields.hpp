#pragma once

#include "domain/base/limits.hpp"
#include "domain/bout/command.hpp"
#include "domain/rules/decision.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// INTERNAL to this room: fields that events and commands have in common, for
/// both directions.
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

/// A card as the journal has it.
template <class F>
void fields(F& f, bout::card_entry& x) {
  if constexpr (F::reads)
    if (f.has("red_x10") || f.has("blue_x10"))
      x.score.emplace();
  if (x.score)
    score_fields(f, x.score->raw);
  f.optional_corner("pick", x.pick);
  f.criteria("criteria", x.criteria);
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

} // namespace ringside::wire
