#pragma once

#include <chrono>

/// How patient everybody at a node is.
namespace ringside::feed {

/// Between two looks at what is to be done.
inline constexpr std::chrono::milliseconds breath{20};
/// Before what was turned away is tried again.
inline constexpr std::chrono::milliseconds pause{200};
/// Before what was not answered is sent again.
inline constexpr std::chrono::milliseconds patience{2'000};

} // namespace ringside::feed
