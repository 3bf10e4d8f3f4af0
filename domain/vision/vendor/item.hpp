#pragma once

#include "domain/audit/json.hpp"
#include "domain/vision/vendor/mapping.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// Values of an item in somebody else's format.
namespace ringside::vendor {

/// The value at the first of the paths that is there and not empty, or null.
const json::value* look_up(const json::value& item, const paths& where);

/// A number, or a text that is one, as fixed point. @see read_fixed.
std::optional<std::int64_t> number_of(const json::value& v, int shift);

/// A share of a million; nothing beyond 0 to 1'000'000.
std::optional<std::int32_t> share_of(const json::value& v, share_unit unit);

/// Microseconds.
std::optional<std::int64_t> time_of(const json::value& v, time_unit unit);

/// What a person should see of a value, cut between characters.
std::string short_text(const json::value& v);

/// A word: a text, or a whole number as text.
std::optional<std::string> name_of(const json::value& v);

} // namespace ringside::vendor
