#pragma once

#include "domain/audit/hash.hpp"

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace ringside::audit {

/// SHA-256 of one text.
hash sha256(std::string_view bytes) noexcept;

/// SHA-256 of the parts one after another, without joining them first. Callers
/// put a label of their own in front (audit reference 2.2).
hash sha256(std::initializer_list<std::string_view> parts) noexcept;

/// The bytes of a text or hash as another kind of view.
inline const std::uint8_t* octets(std::string_view text) noexcept {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

inline std::string_view as_text(const hash& value) noexcept {
  return {reinterpret_cast<const char*>(value.data()), value.size()};
}

} // namespace ringside::audit
