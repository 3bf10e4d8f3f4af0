#pragma once

#include "domain/vision/analytics/event_report.hpp"
#include "domain/vision/analytics/segment.hpp"
#include "domain/vision/analytics/settings.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// How hard a strike was: the level that was seen long enough, one lower if
/// it is a heavy one from a limb that hardly moved.
struct force {
  impact_level level = impact_level::none;
  ppm severity;
};

/// Force from the times at each level and the speed of the limb, if known.
force force_of(const std::array<std::int64_t, impact_count>& impact_us,
               std::optional<std::int32_t> speed_milli, const settings& by);

/// The report of a segment, without its number. `seen_on` is the fighter whose
/// scores it is made of; a knockdown is credited to the other one.
event_report report_of(const segment& s, family f, corner seen_on,
                       std::int32_t err_us, const settings& by);

/// The tier of a knockdown by what caused it and how long the fighter stayed
/// down: longer or harder never gives a lower tier.
knockdown_tier tier_of(ppm cause, std::int64_t down_us) noexcept;

} // namespace ringside::analytics
