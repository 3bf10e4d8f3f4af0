#pragma once

#include "domain/base/number.hpp"
#include "domain/base/time.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace ringside::failover {

/// What share of a count that grows another one was in the last while, from
/// samples of both. Bounded: `samples_max`.
class share_window {
public:
  static constexpr std::size_t samples_max = 128;

  void add(std::uint64_t part, std::uint64_t whole, mono_us now,
           span_us length) {
    // Who counts began anew.
    if (!samples_.empty() && whole < samples_.back().whole)
      samples_.clear();
    samples_.push_back({part, whole, now});
    // One sample older than the window is where it begins.
    while (samples_.size() > samples_max
           || (samples_.size() > 1 && elapsed(samples_[1].at, now) >= length))
      samples_.pop_front();
  }

  /// Nothing if the whole grew by less than `least`.
  std::optional<ppm> share(std::uint64_t least) const {
    if (samples_.empty())
      return std::nullopt;
    const auto& from = samples_.front();
    const auto& to = samples_.back();
    auto whole = to.whole - from.whole;
    if (whole < std::max<std::uint64_t>(least, 1))
      return std::nullopt;
    // What was missing may have come late.
    auto part = to.part > from.part ? to.part - from.part : 0;
    return ppm{static_cast<std::int32_t>(
      std::min<std::uint64_t>(part * 1'000'000 / whole, 1'000'000))};
  }

  void clear() noexcept {
    samples_.clear();
  }

private:
  struct sample {
    std::uint64_t part = 0;
    std::uint64_t whole = 0;
    mono_us at;
  };

  std::deque<sample> samples_;
};

} // namespace ringside::failover
