#pragma once

#include <cstddef>
#include <cstdint>

namespace ringside::evaluate {

/// Seeded random numbers that are the same on every machine (splitmix64).
class dice {
public:
  explicit dice(std::uint64_t seed) noexcept : state_(seed) {
    // nop
  }

  std::uint64_t next() noexcept {
    state_ += 0x9E3779B97F4A7C15ULL;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  /// A place of a list of `n`, n above 0.
  std::size_t below(std::size_t n) noexcept {
    return static_cast<std::size_t>(next() % n);
  }

  /// True once in 1'000'000 / `ppm` throws.
  bool hits(std::int32_t ppm) noexcept {
    return static_cast<std::int32_t>(next() % 1'000'000) < ppm;
  }

private:
  std::uint64_t state_;
};

} // namespace ringside::evaluate
