#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/time.hpp"
#include "domain/bout/control.hpp"
#include "domain/bout/fact.hpp"
#include "domain/scoring/column.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ringside::scoring {

/// What one corner did in one round, one counter per column; control time in
/// milliseconds. Never negative after a fact was taken out that was put in.
struct corner_tally {
  std::array<std::int32_t, column_count> counts{};

  constexpr std::int32_t& operator[](column c) noexcept {
    return counts[static_cast<std::size_t>(c)];
  }

  constexpr std::int32_t operator[](column c) const noexcept {
    return counts[static_cast<std::size_t>(c)];
  }

  friend bool operator==(const corner_tally&, const corner_tally&) = default;
};

/// A fact and its running time, for whoever needs more than the counts.
struct timed_fact {
  bout::fact what;
  round_ms at;

  friend bool operator==(const timed_fact&, const timed_fact&) = default;
};

/// The whole input of an assessment: counters of both corners. Two rounds with
/// the same facts have the same tally, whatever the order they came in and
/// whatever was taken back in between.
struct round_tally {
  per_corner<corner_tally> corners;

  friend bool operator==(const round_tally&, const round_tally&) = default;
};

/// Counts a fact. Control marks count nothing here: control needs the clock
/// and comes in by `set_control`.
void add(round_tally& t, const bout::fact& what) noexcept;

/// Takes a fact out again; the exact inverse of `add`.
void remove(round_tally& t, const bout::fact& what) noexcept;

/// Sets the control time of both corners to what the control log says at
/// `until`.
void set_control(round_tally& t, const bout::control_log& log,
                 round_ms until) noexcept;

/// Sets the control time of one corner; negative counts as none.
void set_control(round_tally& t, corner c, round_ms time) noexcept;

/// Significant strikes of a corner that landed.
std::int32_t significant_landed(const corner_tally& t) noexcept;

/// All strikes of a corner that landed.
std::int32_t total_landed(const corner_tally& t) noexcept;

/// The control marks among the facts of a round as a log.
/// @param facts In any order; equal times keep the order of the list.
bout::control_log control_of(std::span<const timed_fact> facts);

/// The tally of a whole round: its facts, control from the marks among them
/// up to `until`.
round_tally recount(std::span<const timed_fact> facts, round_ms until);

/// The same round with the corners exchanged.
round_tally mirrored(const round_tally& t) noexcept;

} // namespace ringside::scoring
