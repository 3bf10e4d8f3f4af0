#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/vision/failover/arena_sample.hpp"
#include "domain/vision/failover/settings.hpp"
#include "domain/vision/failover/share_window.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ringside::failover {

enum class mode_state : std::uint8_t {
  /// No source of it, or none that ever said anything.
  unheard,
  silent,
  /// The fusion does not believe it.
  doubted,
  slow,
  lossy,
  good,
};

/// Worth listening to, well or badly.
constexpr bool usable(mode_state s) noexcept {
  return s >= mode_state::slow;
}

/// Watches one mode of machines and says how it does. What is bad once has to
/// become clearly better before it is good again.
class mode_watch {
public:
  /// @param active The arena listens to it.
  void look(const mode_sample& s, bool active, mono_us now,
            const failover_settings& by);

  mode_state state() const noexcept {
    return state_;
  }

  /// For how long it has been in this state, has been usable; 0 if it is not.
  span_us in_state(mono_us now) const noexcept {
    return elapsed(since_, now);
  }
  span_us usable_for(mono_us now) const noexcept {
    return usable(state_) ? elapsed(usable_since_, now) : span_us{};
  }
  span_us good_for(mono_us now) const noexcept {
    return state_ == mode_state::good ? elapsed(since_, now) : span_us{};
  }
  /// Slow or lossy, whichever.
  span_us poor_for(mono_us now) const noexcept {
    return usable(state_) && state_ != mode_state::good
             ? elapsed(poor_since_, now)
             : span_us{};
  }

  const mode_sample& sample() const noexcept {
    return sample_;
  }

  /// Of the last while; nothing: too little came to tell.
  std::optional<ppm> loss() const noexcept {
    return loss_now_;
  }
  std::optional<ppm> doubt() const noexcept {
    return doubt_now_;
  }

  /// What is to be said of it: `is silent for 3200 ms`.
  std::string why(mono_us now) const;

private:
  void judge_doubt(bool active, mono_us now, const failover_settings& by);
  mode_state judge(mono_us now, const failover_settings& by) const;

  mode_sample sample_;
  mode_state state_ = mode_state::unheard;
  mono_us since_;
  mono_us usable_since_;
  mono_us poor_since_;
  share_window loss_;
  share_window doubt_;
  std::optional<ppm> loss_now_;
  std::optional<ppm> doubt_now_;
  bool lossy_ = false;
  bool slow_ = false;
  /// The last moment at which there was reason to doubt it.
  std::optional<mono_us> doubted_at_;
};

} // namespace ringside::failover

template <>
struct ringside::enum_names<ringside::failover::mode_state> {
  static constexpr std::array<std::string_view, 6> value{
    "unheard", "silent", "doubted", "slow", "lossy", "good"};
};
