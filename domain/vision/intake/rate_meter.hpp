#pragma once

#include "domain/base/time.hpp"

#include <algorithm>
#include <cstdint>

namespace ringside::intake {

/// How many a second, over the last whole ten seconds, or over what there is
/// of the first ten.
class rate_meter {
public:
  void add(std::int64_t n, mono_us now) noexcept {
    roll(now);
    count_ += n;
  }

  /// Thousandths a second.
  std::int64_t milli(mono_us now) const noexcept {
    auto copy = *this;
    copy.roll(now);
    if (copy.whole_)
      return copy.last_ * 1'000 / (span / 1'000'000);
    auto us = std::max<std::int64_t>(elapsed(copy.from_, now).count, 1'000'000);
    return copy.count_ * 1'000'000'000 / us;
  }

private:
  static constexpr std::int64_t span = 10'000'000;

  void roll(mono_us now) noexcept {
    if (!started_) {
      started_ = true;
      from_ = now;
    }
    auto spans = elapsed(from_, now).count / span;
    if (spans <= 0)
      return;
    whole_ = true;
    last_ = spans == 1 ? count_ : 0;
    count_ = 0;
    from_ = {from_.count + spans * span};
  }

  bool started_ = false;
  bool whole_ = false;
  mono_us from_;
  std::int64_t count_ = 0;
  std::int64_t last_ = 0;
};

} // namespace ringside::intake
