#pragma once

#include "domain/audit/hash.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::audit {

/// Lower-case hexadecimal, two digits per byte.
std::string to_hex(std::span<const std::uint8_t> bytes);

/// Reads lower-case hexadecimal of even length; nothing else is accepted, so
/// that one value has one text.
std::optional<std::vector<std::uint8_t>> parse_hex(std::string_view text);

/// Reads exactly 64 lower-case digits.
std::optional<hash> parse_hash_hex(std::string_view text) noexcept;

} // namespace ringside::audit
