#pragma once

#include "domain/vision/analytics/segment.hpp"
#include "domain/vision/analytics/smoothing.hpp"

#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// Cuts the actions of one family of one fighter out of the pictures of one
/// camera: one action, one segment, however long it is held and however the
/// classes waver. Two thresholds open and close; inside, a dip and a rise of
/// the valley's depth part two actions, unless they are closer than two of
/// their class can be.
class segmenter {
public:
  /// The next picture. @returns an action that has ended, if any.
  std::optional<segment> take(const look& l, family f, const settings& by);

  /// The stream broke off: ends what runs and begins anew.
  std::optional<segment> flush(const settings& by);

  /// True while an action is on.
  bool is_on() const noexcept {
    return phase_ == phase::on;
  }

private:
  enum class phase { idle, rising, on, spent };

  std::optional<segment> close(phase next, const settings& by);
  std::optional<segment> part(const settings& by);
  std::optional<segment> emit(const segment& s, const settings& by);
  void keep();

  phase phase_ = phase::idle;
  smoothed level_;
  /// Up to the lowest point since the peak, and what came after it.
  segment main_;
  segment tail_;
  std::int64_t peak_ = 0;
  std::int64_t low_ = 0;
  /// The middle of the last action and its class.
  std::optional<mono_us> last_;
};

} // namespace ringside::analytics
