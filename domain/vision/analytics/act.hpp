#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/number.hpp"
#include "domain/base/time.hpp"
#include "domain/vision/analytics/action.hpp"
#include "domain/vision/analytics/event_report.hpp"

#include <optional>

namespace ringside::analytics {

/// One thing a fighter did, counted once: a final report of one camera, or
/// what several sources agreed on.
struct act {
  mono_us at;
  /// Who did it.
  corner by = corner::red;
  action what = action::punch;
  bool landed = false;
  ppm severity;
  std::optional<knockdown_tier> tier;
};

/// Strikes from here up are of visible effect.
inline constexpr ppm significant_from{400'000};
inline constexpr ppm heavy_from{700'000};

constexpr bool is_strike(const act& a) noexcept {
  return a.what <= action::elbow;
}

/// The act of a report; nothing while a later revision may come.
inline std::optional<act> act_of(const event_report& r) {
  if (!r.final)
    return std::nullopt;
  return act{r.at, r.by, r.what, r.landed, r.severity, r.tier};
}

} // namespace ringside::analytics
