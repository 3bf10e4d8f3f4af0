#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ringside::vendor {

/// A decimal number as fixed point, without a binary fraction in between:
/// `read_fixed("0.873", 6)` is 873000. The rest is rounded, half away from
/// zero. @param shift Digits behind the point that are kept, 0 to 9.
/// @returns nothing if `text` is no number of JSON or does not fit.
std::optional<std::int64_t> read_fixed(std::string_view text, int shift);

} // namespace ringside::vendor
