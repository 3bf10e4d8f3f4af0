#pragma once

#include "domain/vision/analytics/position.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// Cameras of one bout.
inline constexpr std::size_t cameras_max = 32;

/// A stretch of time in one position. Of a hold: control of `holder`.
struct position_interval {
  analytics::position position;
  mono_us start;
  mono_us end;

  friend bool operator==(const position_interval&, const position_interval&)
    = default;
};

/// How cameras agree.
struct consensus_settings {
  /// A vote counts for this long.
  std::int64_t vote_life_us = 500'000;
  /// A new position has to prevail for this long, less what speaks against it.
  std::int64_t dwell_us = 700'000;
  /// Less total view than this, and nobody has seen anything.
  std::int64_t view_min_ppm = 300'000;
};

/// What several cameras together say of the position: the one with more than
/// half of the views behind it, once it has prevailed long enough. A change is
/// dated back to where it began to prevail. One camera is a majority.
class position_consensus {
public:
  explicit position_consensus(consensus_settings by = {});

  /// The vote of camera `index`, below `cameras_max`; others, older ones and
  /// ones without a view between 0 and one million are refused. @returns an
  /// interval that has ended, if this vote ended one.
  result<std::optional<position_interval>> take(std::size_t index,
                                                const position_vote& vote);

  /// The bell: @returns what still runs, ended there.
  std::optional<position_interval> finish(mono_us at);

  const analytics::position& current() const noexcept {
    return current_;
  }

  /// What runs, as if it ended at `at`; nothing before the first vote.
  std::optional<position_interval> running(mono_us at) const;

private:
  struct tally {
    analytics::position position;
    std::int64_t view = 0;
  };

  std::optional<analytics::position> majority() const;
  std::optional<position_interval> change(const analytics::position& to,
                                          mono_us at);

  consensus_settings by_;
  std::array<std::optional<position_vote>, cameras_max> votes_;
  std::optional<mono_us> began_;
  std::optional<mono_us> now_;
  analytics::position current_;
  analytics::position challenger_;
  mono_us challenged_at_;
  std::int64_t support_us_ = 0;
};

} // namespace ringside::analytics
