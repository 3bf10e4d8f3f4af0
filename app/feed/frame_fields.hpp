#pragma once

#include "domain/audit/json.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// Members of what a node says; nothing where they are missing or of another
/// type.
namespace ringside::feed {

inline std::string_view text_in(const json::value& o, std::string_view key) {
  const auto* found = o.find(key);
  const auto* text = found != nullptr ? found->as_string() : nullptr;
  return text != nullptr ? std::string_view{*text} : std::string_view{};
}

inline std::optional<std::int64_t> number_in(const json::value& o,
                                             std::string_view key) {
  const auto* found = o.find(key);
  const auto* number = found != nullptr ? found->as_int() : nullptr;
  return number != nullptr ? std::optional{*number} : std::nullopt;
}

} // namespace ringside::feed
