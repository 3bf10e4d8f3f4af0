#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace ringside {

/// The wire names of an enum whose values count up from zero. Specialise as
/// `template <> struct enum_names<my_enum> { static constexpr std::array
/// value{...}; };` next to the enum; `text_of` and `parse_enum` do the rest.
template <class Enum>
struct enum_names;

/// The wire name of an enum value.
template <class Enum>
constexpr std::string_view text_of(Enum value) noexcept {
  constexpr auto& names = enum_names<Enum>::value;
  auto index = static_cast<std::size_t>(value);
  return index < names.size() ? names[index] : std::string_view{"?"};
}

/// The enum value of a wire name, or nothing.
template <class Enum>
constexpr std::optional<Enum> parse_enum(std::string_view text) noexcept {
  constexpr auto& names = enum_names<Enum>::value;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == text)
      return static_cast<Enum>(i);
  return std::nullopt;
}

} // namespace ringside
