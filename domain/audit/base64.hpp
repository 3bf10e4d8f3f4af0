#pragma once

#include "domain/audit/hash.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::audit {

/// Standard Base 64 (RFC 4648 section 4) with padding, without line breaks.
std::string to_base64(std::span<const std::uint8_t> bytes);

/// Reads what `to_base64` writes and nothing else: no white space, no missing
/// padding, no stray bits in the last character.
std::optional<std::vector<std::uint8_t>> parse_base64(std::string_view text);

/// Reads the Base 64 form of exactly 32 bytes.
std::optional<hash> parse_hash_base64(std::string_view text);

} // namespace ringside::audit
