#pragma once

#include "domain/base/corner.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ringside::scoring::peer {

/// Where an event of a peer comes from; only the hybrid engine asks.
enum class log_source : std::uint8_t { camera, judge };

/// One line of a peer's event log, in the peer's own words. The reals are
/// theirs: these engines are compared with, they decide nothing here.
struct log_event {
  ringside::corner corner = ringside::corner::red;
  /// For example `SS Jab` (V3), `strike_jab` (ICVSS), `strike_sig` (E1).
  std::string type;
  /// When it was logged, not when it began.
  std::int64_t at_ms = 0;
  /// Length of a control segment; absent is not zero.
  std::optional<double> duration_s;
  /// Refinements of `KD`, `Submission Attempt` and `Ground Strike`.
  std::string tier;
  std::string depth;
  std::string quality;
  /// 0 to 1, as a camera states them.
  double severity = 1;
  double confidence = 1;
  log_source source = log_source::camera;

  friend bool operator==(const log_event&, const log_event&) = default;
};

} // namespace ringside::scoring::peer
