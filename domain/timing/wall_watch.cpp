#include "domain/timing/wall_watch.hpp"

#include <cstdlib>
#include <utility>

namespace ringside::timing {

std::optional<wall_step> wall_watch::look(mono_us mono, utc_ns wall) noexcept {
  auto before = std::exchange(last_, anchor{mono, wall});
  if (!before)
    return std::nullopt;
  auto run_us = elapsed(before->mono, mono).count;
  utc_ns expected{before->wall.count + run_us * 1'000};
  auto off_us = std::abs(wall.count - expected.count) / 1'000;
  if (off_us <= step_min_us + run_us * slew_ppm / 1'000'000)
    return std::nullopt;
  return wall_step{expected, wall};
}

} // namespace ringside::timing
