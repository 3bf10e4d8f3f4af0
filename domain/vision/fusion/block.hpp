#pragma once

#include "domain/vision/fusion/model.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace ringside::fusion {

/// One report made ready: seconds from the block's origin, latency taken off.
struct observation {
  double t = 0;
  /// Jitter and clock bound together: sigma squared + err squared / 3.
  double var = 0;
  double err = 0;
  /// Log likelihood ratio of the confidence.
  double confidence = 0;
  source_index src = 0;
  /// Place among the reports of the block.
  std::uint8_t index = 0;
  bool has_kind = false;
  bool has_corner = false;
  bool blue = false;
  kind_index kind = 0;
  /// The report behind it; valid while the solver runs.
  const fusion::report* from = nullptr;
};

/// Reports of one exchange, at most `block_reports_max`, sorted by time,
/// source and number; duplicates are gone.
struct block {
  std::span<const observation> seen;
  const fusion::model* with = nullptr;
  /// Sources that saw the fighters during all of the block.
  std::uint32_t always = 0;
  /// Sources that saw them during parts; `views` knows.
  std::uint32_t sometimes = 0;
  const class presence* views = nullptr;
  mono_us origin;
  /// Per source: reports up to here (seconds) have arrived.
  std::array<double, sources_max> heard{};

  /// The sources of which a strike at `t` would have been heard by now:
  /// their silence counts.
  std::uint32_t expected(double t) const noexcept;
};

} // namespace ringside::fusion
