#pragma once

#include "domain/base/number.hpp"
#include "domain/vision/fusion/step_map.hpp"

#include <cstddef>
#include <cstdint>

namespace ringside::fusion {

/// Settings of one harmonizer, frozen during a bout. Defaults are those of the
/// fusion reference, section 3.
struct fusion_settings {
  /// Kinds of strikes, 1 to 16.
  std::uint8_t kinds = 8;
  /// Weight of a silent source that should have seen it: 1.0 for precision,
  /// 0.7 for recall.
  ppm miss_weight{700'000};
  /// Strikes in microhertz while they fight.
  std::int32_t strike_rate_uhz = 550'000;
  /// How an assignment is valued: by log odds alone, as the reference writes
  /// it, or (soft) by the likelihood that a group is a strike or clutter, which
  /// keeps reports from propping up a hypothesis that is hardly one.
  bool soft_value = true;
  /// Share of a camera's evidence that counts beside another camera, and
  /// beside one of the same vendor.
  ppm camera_weight{850'000};
  ppm vendor_weight{500'000};
  /// Reports of one source and corner closer than this are one.
  std::int32_t duplicate_us = 60'000;
  /// Hypotheses farther apart are never one strike.
  std::int32_t merge_us = 400'000;
  /// Width of the gate in thousandths of a standard deviation.
  std::int32_t gate_milli = 3'500;
  /// In a long exchange, what is this old is decided although the exchange
  /// goes on; 0 waits for its end.
  std::int32_t settle_us = 330'000;
  /// Cameras are heard this long before an event is shown provisionally; 0
  /// shows only what is final.
  std::int32_t announce_us = 140'000;
  /// Thresholds of the probability: kept, review, shown, sure.
  ppm keep{50'000};
  ppm review{200'000};
  ppm accept{500'000};
  ppm sure{900'000};
  /// From the solver's probability to a calibrated one; empty: as it is.
  step_map output;

  friend bool operator==(const fusion_settings&, const fusion_settings&)
    = default;
};

/// Caps of one harmonizer; none grows with the length of a bout.
inline constexpr std::size_t pending_max = 4'096;
inline constexpr std::size_t block_reports_max = 128;
/// Reports of one strike by one source that are kept: one that says it with
/// every picture must not fill the block. A surer one is kept beyond that.
inline constexpr std::size_t repeats_max = 4;
inline constexpr std::size_t history_max = 256;
inline constexpr std::int64_t history_us = 3'000'000;
/// Longer, for what is handed over when an arena turns to other sources.
inline constexpr std::int64_t handed_over_us = 12'000'000;

} // namespace ringside::fusion
