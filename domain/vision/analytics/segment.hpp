#pragma once

#include "domain/base/time.hpp"
#include "domain/vision/analytics/frame.hpp"
#include "domain/vision/analytics/kinematics.hpp"
#include "domain/vision/analytics/settings.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// What one picture adds to what it shows of one fighter.
struct look {
  mono_us at;
  /// Time it stands for.
  std::int64_t dt_us = 0;
  const fighter_view* view = nullptr;
  movement moves;
  std::int32_t view_ppm = 0;
};

/// A stretch of pictures that show one action, as sums of fixed size.
struct segment {
  mono_us start;
  mono_us end;
  /// Scores times time, in thousandths times microseconds, and their moment
  /// about `start`.
  std::int64_t weight = 0;
  std::int64_t moment = 0;
  std::array<std::int64_t, action_count> label{};
  std::int32_t peak_ppm = 0;
  std::int32_t frames = 0;
  std::array<std::int64_t, impact_count> impact_us{};
  /// The greatest speed and the nearest approach of each limb.
  std::array<reach, strike_count> limbs;
  std::int64_t view_sum = 0;
  std::int64_t seen_us = 0;

  /// Adds a picture to a family's segment. `frames_from_ppm`: scores from here
  /// up support the action.
  void add(const look& l, family f, std::int32_t frames_from_ppm);

  /// Adds a later stretch.
  void join(const segment& later);

  /// The middle of the action by its scores.
  mono_us centre() const;

  /// True if an impact or a fast limb says the same as the scores.
  bool is_borne_out(const settings& by) const;

  /// The class with the largest share.
  action likeliest() const;
};

/// Score of a family in one picture: the classes together, at most 1'000'000.
std::int32_t family_score(const fighter_view& v, family f);

} // namespace ringside::analytics
