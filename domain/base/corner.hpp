#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ringside {

/// The side of the ring a fighter is assigned to. Never derived from a name,
/// an order in a file or a screen position.
enum class corner : std::uint8_t { red, blue };

/// Both corners, for loops.
inline constexpr std::array<corner, 2> both_corners{corner::red, corner::blue};

/// The other corner.
constexpr corner opponent(corner c) noexcept {
  return c == corner::red ? corner::blue : corner::red;
}

/// `red` or `blue`, as on every wire.
constexpr std::string_view to_string(corner c) noexcept {
  return c == corner::red ? "red" : "blue";
}

/// Reads `red` or `blue`; nothing else is a corner.
constexpr std::optional<corner> parse_corner(std::string_view text) noexcept {
  if (text == "red")
    return corner::red;
  if (text == "blue")
    return corner::blue;
  return std::nullopt;
}

/// One value for each corner.
template <class T>
struct per_corner {
  T red{};
  T blue{};

  constexpr T& operator[](corner c) noexcept {
    return c == corner::red ? red : blue;
  }

  constexpr const T& operator[](corner c) const noexcept {
    return c == corner::red ? red : blue;
  }

  friend bool operator==(const per_corner&, const per_corner&) = default;
};

} // namespace ringside
