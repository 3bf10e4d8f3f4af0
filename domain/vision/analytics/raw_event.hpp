#pragma once

#include "domain/base/result.hpp"
#include "domain/vision/analytics/event_report.hpp"
#include "domain/vision/analytics/settings.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// What a vendor reports that finds actions itself: the second level at which
/// raw output is taken.
struct raw_event {
  /// Rising within the source, from 1.
  std::uint64_t seq = 0;
  mono_us at;
  std::int32_t err_us = 0;
  /// Who did it; of a knockdown, who scored it.
  corner by = corner::red;
  action what = action::punch;
  bout::strike_target target = bout::strike_target::unknown;
  ppm conf;
  impact_level impact = impact_level::none;
  std::optional<knockdown_tier> tier;
  ppm view{1'000'000};
};

/// Makes reports of a vendor's events: checks them, and lets one action
/// through once, by the same rule that parts actions of pictures.
class event_gate {
public:
  explicit event_gate(const settings& by = {});

  /// @returns the report; nothing if it is the same action again; or
  /// `invalid_value` for what is not an event (a state such as a clinch, a
  /// number that does not rise, a value out of range).
  result<std::optional<event_report>> take(const raw_event& e);

private:
  settings by_;
  std::uint64_t last_seq_ = 0;
  std::uint64_t next_seq_ = 1;
  per_corner<std::array<std::optional<mono_us>, action_count>> last_;
};

} // namespace ringside::analytics
