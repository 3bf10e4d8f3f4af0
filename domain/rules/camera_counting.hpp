#pragma once

#include "domain/base/enum_text.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace ringside::rules {

/// What may be counted of what cameras saw, without an official's doing. It
/// counts in the hybrid result only, which is advice: an official's score, a
/// card and a deduction are never made by a camera.
enum class camera_counting : std::uint8_t {
  /// Cameras are shown and kept, and count nothing.
  none,
  /// Strikes that are sure count.
  strikes,
  /// Such of them count that a person reported, too.
  strikes_with_human,
};

constexpr bool may_count(camera_counting c) noexcept {
  return c != camera_counting::none;
}

} // namespace ringside::rules

template <>
struct ringside::enum_names<ringside::rules::camera_counting> {
  static constexpr std::array<std::string_view, 3> value{"none", "strikes",
                                                         "strikes_with_human"};
};
