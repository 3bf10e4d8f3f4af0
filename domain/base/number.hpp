#pragma once

#include <compare>
#include <cstdint>

namespace ringside {

/// An integer with a unit. Adding two of the same unit is allowed, mixing
/// units is a compile error; `.count` is the plain number for the wire.
template <class Tag, class Rep = std::int64_t>
struct quantity {
  using rep = Rep;

  Rep count = 0;

  friend constexpr auto operator<=>(quantity, quantity) = default;

  friend constexpr quantity operator+(quantity a, quantity b) noexcept {
    return {static_cast<Rep>(a.count + b.count)};
  }

  friend constexpr quantity operator-(quantity a, quantity b) noexcept {
    return {static_cast<Rep>(a.count - b.count)};
  }

  constexpr quantity& operator+=(quantity other) noexcept {
    count = static_cast<Rep>(count + other.count);
    return *this;
  }

  constexpr quantity& operator-=(quantity other) noexcept {
    count = static_cast<Rep>(count - other.count);
    return *this;
  }
};

struct tenths_tag {};
struct ppm_tag {};

/// Points in tenths: 10 points are `{100}`, 9.5 are `{95}`. Half points exist
/// in some rule sets, so no score is ever a float.
using points = quantity<tenths_tag, std::int32_t>;

/// A probability or share in parts per million, 0 to 1'000'000.
using ppm = quantity<ppm_tag, std::int32_t>;

/// Parts per million in a whole, for shares that are computed.
inline constexpr double million = 1'000'000;

/// Whole points as fixed point.
constexpr points whole_points(std::int32_t n) noexcept {
  return {n * 10};
}

} // namespace ringside
