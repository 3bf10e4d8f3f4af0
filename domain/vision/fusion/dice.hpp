#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace ringside::fusion {

/// Chance from a seed, the same on every platform and library version
/// (splitmix64). For synthetic fights; never for secrets.
class dice {
public:
  explicit dice(std::uint64_t seed) : state_(seed) {
    // nop
  }

  std::uint64_t next() noexcept {
    auto z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  /// At least 0, below 1.
  double uniform() noexcept {
    return static_cast<double>(next() >> 11) * 0x1p-53;
  }

  double between(double low, double high) noexcept {
    return low + (high - low) * uniform();
  }

  bool chance(double p) noexcept {
    return uniform() < p;
  }

  /// 0 to n - 1.
  std::uint64_t below(std::uint64_t n) noexcept {
    return next() % n;
  }

  double exponential(double mean) noexcept {
    return -mean * std::log1p(-uniform());
  }

  double normal() noexcept {
    auto radius = std::sqrt(-2 * std::log1p(-uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

  /// An independent stream for a part of the work.
  dice split() noexcept {
    return dice{next()};
  }

private:
  std::uint64_t state_;
};

} // namespace ringside::fusion
