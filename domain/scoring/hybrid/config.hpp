#pragma once

#include "domain/base/result.hpp"
#include "domain/scoring/hybrid/evidence.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ringside::scoring::hybrid {

/// What can be the same act although two reports call it differently: a hard
/// knockdown and a flash, a blow to the head and one to the body.
enum class act_class : std::uint8_t {
  strike,
  impact,
  takedown,
  submission,
  reversal,
  other,
};

inline constexpr std::size_t act_class_count = 6;

/// The class of an act. Control has none: it is compared by the clock.
act_class class_of(act a) noexcept;

/// How one kind of source counts.
struct source_plan {
  /// Share of the score in thousandths; both together are 1000.
  std::int32_t weight_milli = 0;
  /// Confidence up to which a report counts nothing.
  ppm floor;
  /// Confidence from which it counts as it says; between the two it fades in.
  ppm full;

  friend bool operator==(const source_plan&, const source_plan&) = default;
};

/// The settings of hybrid scoring, as a file of `config/scoring/hybrid/`.
/// Never edited once used: a change is a new version.
struct config {
  std::string id;
  int version = 1;
  std::string title;
  /// The normalisation profile that weighs the acts.
  std::string normalise;
  per_source<source_plan> sources;
  /// How much later people report than cameras, on average.
  std::int32_t human_lag_ms = 0;
  /// How far two reports of one act may lie apart, by `act_class`.
  std::array<std::int32_t, act_class_count> window_ms{};
  /// Version of the calibration that was applied to what the file says.
  int calibration_version = 0;

  friend bool operator==(const config&, const config&) = default;
};

/// @returns `invalid_value` with the dotted field: weights that do not add up
/// to 1000, a floor above its full confidence or without a way to fade in, a
/// window or lag that is negative or above ten seconds.
result<unit> validate(const config& c);

/// What a stated confidence counts: nothing at the floor, itself from full, and
/// in between a straight fade, so that a little more never counts much more.
std::int32_t effective_ppm(const source_plan& plan, ppm stated) noexcept;

} // namespace ringside::scoring::hybrid

namespace ringside {

template <>
struct enum_names<scoring::hybrid::act_class> {
  static constexpr std::array<std::string_view, 6> value{
    "strike", "impact", "takedown", "submission", "reversal", "other"};
};

} // namespace ringside
