#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ringside {

/// A 128-bit id made by a client; names one command for ever.
struct uuid {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const uuid&, const uuid&) = default;
};

/// Reads the 36-character form, any case; nothing else is accepted.
std::optional<uuid> parse_uuid(std::string_view text) noexcept;

/// The 36-character form in lower case.
std::string to_string(const uuid& id);

} // namespace ringside

template <>
struct std::hash<ringside::uuid> {
  std::size_t operator()(const ringside::uuid& id) const noexcept;
};
