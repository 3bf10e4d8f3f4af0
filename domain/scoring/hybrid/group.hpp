#pragma once

#include "domain/scoring/hybrid/config.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ringside::scoring::hybrid {

/// A report that counts, and how much of its stated confidence does.
struct heard {
  const evidence* said = nullptr;
  /// As a camera would have had it: without the lag of people.
  std::int64_t at_ms = 0;
  std::int32_t effective_ppm = 0;
};

/// One act: the surest report of each kind of source; null where there is none.
struct group {
  std::int64_t at_ms = 0;
  per_source<const heard*> best;
};

/// Finds which reports are of one act. Control must not be among them.
/// @param all In order of time and id; must outlive the groups.
/// @returns The acts in order of time.
std::vector<group> group_reports(std::span<const heard> all, const config& c);

} // namespace ringside::scoring::hybrid
