#pragma once

#include <array>
#include <cstdint>

namespace ringside::audit {

/// A SHA-256 value: a leaf, a node, a root or a digest of something else.
using hash = std::array<std::uint8_t, 32>;

} // namespace ringside::audit
