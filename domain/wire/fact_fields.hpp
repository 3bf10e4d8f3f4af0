#pragma once

#include "domain/base/limits.hpp"
#include "domain/bout/fact.hpp"

#include <array>
#include <cstddef>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

/// INTERNAL to this room: how facts look in JSON, for both directions.
namespace ringside::wire {

inline constexpr std::size_t fact_count = std::variant_size_v<bout::fact>;

/// Names of the facts in the order of `bout::fact`: inside a replacement, as a
/// command, and as an event of their own.
inline constexpr std::array<std::string_view, fact_count> fact_types{
  "strike",        "knockdown",   "takedown", "submission_attempt", "reversal",
  "control_start", "control_end", "foul",     "deduction",          "press"};
inline constexpr std::array<std::string_view, fact_count> fact_commands{
  "log_strike",   "log_knockdown", "log_takedown", "log_submission_attempt",
  "log_reversal", "start_control", "end_control",  "log_foul",
  "deduct_point", "log_press"};
inline constexpr std::array<std::string_view, fact_count> fact_kinds{
  "strike_logged",   "knockdown_logged",
  "takedown_logged", "submission_attempt_logged",
  "reversal_logged", "control_started",
  "control_ended",   "foul_logged",
  "point_deducted",  "press_logged"};

/// The alternative `index` of a variant with default values.
template <class Variant, std::size_t I = 0>
Variant alternative(std::size_t index) {
  if constexpr (I + 1 < std::variant_size_v<Variant>)
    if (index != I)
      return alternative<Variant, I + 1>(index);
  return Variant{std::in_place_index<I>};
}

template <class F>
void fields(F& f, bout::strike& x) {
  f.corner("corner", x.corner);
  f.name("technique", x.technique);
  f.word_or("target", x.target, bout::strike_target::unknown);
  f.word_or("position", x.position, bout::strike_position::unknown);
  f.word_or("quality", x.quality, bout::strike_quality::normal);
  f.flag("landed", x.landed, true);
  f.flag("significant", x.significant, true);
}

template <class F>
void fields(F& f, bout::knockdown& x) {
  f.corner("corner", x.corner);
  f.name("tier", x.tier);
}

template <class F>
void fields(F& f, bout::takedown& x) {
  f.corner("corner", x.corner);
  f.flag("landed", x.landed, true);
}

template <class F>
void fields(F& f, bout::submission_attempt& x) {
  f.corner("corner", x.corner);
  f.word_or("depth", x.depth, bout::submission_depth::normal);
}

template <class F>
void fields(F& f, bout::reversal& x) {
  f.corner("corner", x.corner);
}

template <class F>
void fields(F& f, bout::control_start& x) {
  f.corner("corner", x.corner);
  f.name("kind", x.kind);
}

template <class F>
void fields(F& f, bout::control_end& x) {
  f.corner("corner", x.corner);
}

template <class F>
void fields(F& f, bout::foul& x) {
  f.corner("corner", x.corner);
  f.name("code", x.code);
  f.flag("intentional", x.intentional, false);
}

template <class F>
void fields(F& f, bout::deduction& x) {
  f.corner("corner", x.corner);
  f.integer("points_x10", x.taken.count, 1, 1'000);
  f.text("reason", x.reason);
}

template <class F>
void fields(F& f, bout::press& x) {
  f.integer("seat", x.seat, 1, limits::seats_max);
  f.corner("corner", x.corner);
}

/// A fact as a client asks for it: the same fields, but the referee takes
/// whole points.
template <class F, class T>
void request_fields(F& f, T& x) {
  if constexpr (std::is_same_v<T, bout::deduction>) {
    auto whole = x.taken.count / 10;
    f.corner("corner", x.corner);
    f.integer("points", whole, 1, 100);
    f.text("reason", x.reason);
    if constexpr (F::reads)
      x.taken = whole_points(whole);
  } else {
    fields(f, x);
  }
}

/// A fact with its `type`, by the names a client uses (`as_request`) or the
/// journal's own.
template <class F>
void typed_fact(F& f, bout::fact& x, bool as_request) {
  auto index = x.index();
  f.choice("type", as_request ? fact_commands : fact_types, index);
  if constexpr (F::reads)
    x = alternative<bout::fact>(index);
  std::visit(
    [&f, as_request](auto& what) {
      if (as_request)
        request_fields(f, what);
      else
        fields(f, what);
    },
    x);
}

} // namespace ringside::wire
