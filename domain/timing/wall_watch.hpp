#pragma once

#include "domain/base/time.hpp"

#include <cstdint>
#include <optional>

namespace ringside::timing {

/// The wall clock was put elsewhere.
struct wall_step {
  /// What it should have shown, and what it shows.
  utc_ns expected;
  utc_ns shown;
};

/// Watches the wall clock from the monotonic one, which nothing can move. What
/// was recorded is never timed again: a step is only told (time reference,
/// section 2).
class wall_watch {
public:
  /// Slower changes are the work of a disciplined clock: 500 ppm.
  static constexpr std::int64_t slew_ppm = 500;
  static constexpr std::int64_t step_min_us = 20'000;

  /// Both clocks, read at one moment.
  std::optional<wall_step> look(mono_us mono, utc_ns wall) noexcept;

private:
  struct anchor {
    mono_us mono;
    utc_ns wall;
  };

  std::optional<anchor> last_;
};

} // namespace ringside::timing
