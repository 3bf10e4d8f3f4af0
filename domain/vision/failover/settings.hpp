#pragma once

#include "domain/base/number.hpp"
#include "domain/base/time.hpp"

#include <cstdint>

namespace ringside::failover {

/// When a mode is left and when it is gone back to. Sources of the numbers: a
/// life sign is due twice a second; the fusion decides within 750 ms, so that
/// what takes longer is late; a source on standby keeps six seconds.
struct failover_settings {
  /// Without a life sign of any of its sources for so long a mode is dead, and
  /// left at once. Six life signs.
  span_us silent = seconds(3);
  /// A mode that is slow or lossy for so long is left for a good one.
  span_us poor_for = seconds(3);
  /// A better mode is gone back to when it was good for so long.
  span_us good_for = seconds(20);
  /// Manual is left for what was usable for so long. With `silent`, less than
  /// a source on standby keeps: nothing it saw meanwhile is lost.
  span_us rescue_after = seconds(2);
  /// Stay in a mode at least, unless it is dead or manual.
  span_us dwell = seconds(30);
  /// Strike to node, median of the sources: slow above, quick again below.
  std::int64_t slow_us = 600'000;
  std::int64_t quick_us = 400'000;
  /// Batches that never came, of those of the last ten seconds: lossy above,
  /// sound again below; from so many batches on.
  ppm lossy{200'000};
  ppm lossless{50'000};
  span_us loss_window = seconds(10);
  std::uint64_t loss_batches = 20;
  /// Reports that the fusion made nothing or little of, of those of the last
  /// minute: doubted above, believed again below; from so many reports on.
  ppm doubted{500'000};
  ppm believed{300'000};
  span_us doubt_window = seconds(60);
  std::uint64_t doubt_reports = 20;
  /// Nobody is listened to on standby, so nobody can be believed again: the
  /// doubt ends after so long, and the mode may try again.
  span_us doubt_for = seconds(60);
};

} // namespace ringside::failover
