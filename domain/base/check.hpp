#pragma once

namespace ringside {

/// Prints the failed condition and ends the process. Programmer errors only:
/// never reachable from outside input.
[[noreturn]] void check_failed(const char* condition, const char* file,
                               int line) noexcept;

} // namespace ringside

/// An assertion that stays on in release builds.
#define RINGSIDE_CHECK(condition)                                              \
  (static_cast<bool>(condition)                                                \
     ? static_cast<void>(0)                                                    \
     : ::ringside::check_failed(#condition, __FILE__, __LINE__))
