#pragma once

#include "domain/base/time.hpp"

#include <algorithm>
#include <cstdint>

namespace ringside::intake {

/// How many reports a source may send now: twice its declared rate on average,
/// and four seconds of it at once. The rest is its credit.
class credit {
public:
  static constexpr std::int64_t burst_min = 64;

  explicit credit(int rate_hz = 1)
    : per_second_(2 * std::int64_t{rate_hz}),
      burst_(std::max(4 * std::int64_t{rate_hz}, burst_min)) {
    // nop
  }

  std::int64_t left(mono_us now) noexcept {
    fill(now);
    return micro_ / million;
  }

  bool take(std::int64_t n, mono_us now) noexcept {
    fill(now);
    if (micro_ < n * million)
      return false;
    micro_ -= n * million;
    return true;
  }

private:
  static constexpr std::int64_t million = 1'000'000;

  void fill(mono_us now) noexcept {
    if (!started_ || now < last_) {
      micro_ = started_ ? micro_ : burst_ * million;
      started_ = true;
      last_ = now;
      return;
    }
    // Longer ones fill it to the brim anyway.
    auto span = std::min(elapsed(last_, now).count, 100 * million);
    micro_ = std::min(micro_ + span * per_second_, burst_ * million);
    last_ = now;
  }

  std::int64_t per_second_;
  std::int64_t burst_;
  bool started_ = false;
  mono_us last_;
  /// Millionths of a report.
  std::int64_t micro_ = 0;
};

/// Sees a flood: more than five times the declared rate over two seconds. It
/// is over after five such spans in a row with at most one and a half times.
class flood_watch {
public:
  static constexpr std::int64_t span = 2'000'000;
  static constexpr int calm_needed = 5;

  explicit flood_watch(int rate_hz = 1) : rate_hz_(rate_hz) {
    // nop
  }

  /// Counts what was offered, taken or not. @returns true if it is a flood.
  bool add(std::int64_t n, mono_us now) noexcept {
    roll(now);
    count_ += n;
    last_rate_ = std::max(last_rate_, count_ / 2);
    return count_ > 10 * std::int64_t{rate_hz_};
  }

  /// True if it was calm for long enough.
  bool calm(mono_us now) noexcept {
    roll(now);
    return calm_ >= calm_needed;
  }

  /// Reports a second over the last whole span, or more if it is more already.
  std::int64_t rate() const noexcept {
    return last_rate_;
  }

private:
  void roll(mono_us now) noexcept {
    if (!started_ || now < from_) {
      started_ = true;
      from_ = now;
      return;
    }
    auto spans = elapsed(from_, now).count / span;
    if (spans == 0)
      return;
    calm_ = 2 * count_ <= 6 * std::int64_t{rate_hz_} ? calm_ + 1 : 0;
    last_rate_ = spans == 1 ? count_ / 2 : 0;
    // The spans between were silent.
    calm_ = static_cast<int>(
      std::min<std::int64_t>(calm_ + spans - 1, calm_needed));
    count_ = 0;
    from_ = {from_.count + spans * span};
  }

  int rate_hz_;
  bool started_ = false;
  mono_us from_;
  std::int64_t count_ = 0;
  std::int64_t last_rate_ = 0;
  int calm_ = 0;
};

} // namespace ringside::intake
