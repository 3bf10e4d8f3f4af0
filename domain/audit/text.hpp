#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// Small strict text helpers of this room.
namespace ringside::audit {

/// Length of the UTF-8 sequence at the start of `text` (1 to 4), or 0 if it is
/// not well formed (overlong, surrogate, beyond U+10FFFF, cut off).
std::size_t utf8_sequence(std::string_view text) noexcept;

/// Position of the first byte that is not well-formed UTF-8, or npos.
std::size_t find_bad_utf8(std::string_view text) noexcept;

/// Reads a decimal number without sign, leading zeros or overflow.
std::optional<std::uint64_t> parse_decimal(std::string_view text) noexcept;

/// Takes the next line, without its newline, off the front of `rest`. Nothing
/// if `rest` holds no newline.
std::optional<std::string_view> take_line(std::string_view& rest) noexcept;

} // namespace ringside::audit
