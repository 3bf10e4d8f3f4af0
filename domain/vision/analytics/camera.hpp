#pragma once

#include "domain/vision/analytics/event_report.hpp"
#include "domain/vision/analytics/frame.hpp"
#include "domain/vision/analytics/kinematics.hpp"
#include "domain/vision/analytics/outcome.hpp"
#include "domain/vision/analytics/position.hpp"
#include "domain/vision/analytics/segmenter.hpp"
#include "domain/vision/analytics/settings.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace ringside::analytics {

/// What a camera's stream was like.
struct camera_counts {
  std::uint64_t frames = 0;
  std::uint64_t refused = 0;
  /// Pictures that never came, by the gaps in their numbers.
  std::uint64_t missing = 0;
  /// Holes after which everything began anew.
  std::uint64_t breaks = 0;

  friend bool operator==(const camera_counts&, const camera_counts&) = default;
};

/// The analytics of one camera: pictures in, one report for each action out.
/// Holds a fixed amount of memory and does a fixed amount of work for each
/// picture; calls with the same pictures give the same reports.
class camera {
public:
  /// @param by Valid settings.
  explicit camera(const settings& by = {});

  /// The next picture; actions that have ended, or whose outcome is known, are
  /// appended to `out`. @returns `invalid_value` for a picture that is not
  /// one, or that is not after the last; it changes nothing.
  result<unit> take(const frame& f, std::vector<event_report>& out);

  /// The bell or the end of the stream: what runs ends here.
  void flush(std::vector<event_report>& out);

  /// What this camera says of the position now; nothing before the first
  /// picture with a fighter.
  std::optional<position_vote> vote() const;

  const camera_counts& counts() const noexcept {
    return counts_;
  }

private:
  struct track {
    std::array<segmenter, family_count> cutters;
    analytics::kinematics joints;
    std::optional<mono_us> seen_at;
  };

  result<unit> check(const frame& f) const;
  look look_at(corner c, const frame& f);
  void cut(const per_corner<std::optional<look>>& looks,
           std::vector<event_report>& out);
  void watch_outcomes(const per_corner<std::optional<look>>& looks, mono_us at,
                      std::vector<event_report>& out);
  void tell(corner c, family f, const segment& s,
            std::vector<event_report>& out);
  void break_off(std::vector<event_report>& out);
  void flush_tracks(const per_corner<bool>& which,
                    std::vector<event_report>& out);
  std::int32_t error_us() const noexcept;

  settings by_;
  per_corner<track> tracks_;
  outcome outcome_;
  position_reader position_;
  camera_counts counts_;
  std::uint64_t next_seq_ = 1;
  std::uint64_t last_seq_ = 0;
  std::optional<mono_us> last_at_;
  std::optional<mono_us> position_at_;
  std::int64_t spacing_us_ = 0;
  std::int32_t clock_err_us_ = 0;
  ppm view_;
};

} // namespace ringside::analytics
