#pragma once

#include <algorithm>
#include <chrono>

#include <caf/actor_clock.hpp>

namespace ringside {

/// When the rounds of a spectators' stream begin. In the long run they are
/// `least` apart; after a quiet moment a few may follow each other at once, so
/// that strikes which come about as fast as rounds may, but never evenly, are
/// not held back. A FEED that takes longer than that to reach all its screens
/// stretches the rounds to what it takes: then several strikes share a frame,
/// and no queue grows in front of the screens.
class pace {
public:
  using time_point = caf::actor_clock::time_point;
  using duration = caf::actor_clock::duration_type;

  /// Rounds that may be ahead of their time.
  static constexpr int ahead_max = 3;
  /// However slow the screens are, they are told twice a second.
  static constexpr std::chrono::milliseconds most{500};

  explicit pace(duration least) : least_(least), round_(least) {
    // nop
  }

  /// The earliest time for the next round, `now` or later.
  time_point next(time_point now) const noexcept {
    return std::max(now, due_ - ahead_max * least_);
  }

  /// A round begins.
  void begin(time_point now) noexcept {
    due_ = std::max(due_, now) + round_;
    round_ = std::max(least_, round_ - round_ / 8);
  }

  /// A FEED needed `span` to hand a frame to all its screens.
  void took(duration span) noexcept {
    round_
      = std::clamp<duration>(span, round_, std::max(least_, duration{most}));
  }

private:
  duration least_;
  duration round_;
  /// When the next round would begin if none was ever ahead of its time.
  time_point due_{};
};

} // namespace ringside
