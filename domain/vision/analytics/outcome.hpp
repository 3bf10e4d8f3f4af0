#pragma once

#include "domain/vision/analytics/event_report.hpp"
#include "domain/vision/analytics/kinematics.hpp"
#include "domain/vision/analytics/settings.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace ringside::analytics {

/// What becomes of knockdowns and takedowns after they were told of: how hard
/// the knockdown was and whether the takedown led to control. One of each may
/// be open for each fighter.
class outcome {
public:
  /// A strike that landed; it may cause a fall.
  void struck(const event_report& r);

  /// A fall of the other fighter; one before it is final now. @returns the
  /// knockdown to tell of at once, or nothing if he was thrown.
  std::optional<event_report> fell(event_report r, const settings& by,
                                   std::vector<event_report>& out);

  /// A takedown; one before it is final now. @returns it as an attempt.
  event_report took_down(event_report r, std::vector<event_report>& out);

  /// A takedown is being seen: a fall is part of it.
  void taking_down(corner who, mono_us at);

  /// `who` got up.
  void stood_up(corner who, mono_us at, std::vector<event_report>& out);

  /// What a picture shows of `who` after what is open.
  void watch(corner who, mono_us at, std::int64_t dt_us, const movement& moves,
             bool in_control, const settings& by,
             std::vector<event_report>& out);

  /// The stream broke off: what is open is final as it is known.
  void settle(std::vector<event_report>& out);

private:
  struct blow {
    mono_us at;
    ppm severity;
  };

  struct fall {
    event_report report;
    ppm cause;
    /// How long the hips have been up again.
    std::int64_t up_us = 0;
  };

  void judge(corner by, std::int64_t down_us, std::vector<event_report>& out);
  ppm cause_of(const event_report& r, const settings& by) const;
  bool was_thrown(const event_report& r, const settings& by) const;

  // By the fighter who did it.
  per_corner<std::optional<blow>> blow_;
  per_corner<std::optional<mono_us>> takedown_at_;
  per_corner<std::optional<fall>> fall_;
  per_corner<std::optional<event_report>> takedown_;
};

} // namespace ringside::analytics
