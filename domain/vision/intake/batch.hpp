#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/time.hpp"
#include "domain/timing/clock_estimate.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace ringside::intake {

/// The clock of the device behind a session.
struct device_clock_view {
  timing::clock_mapping line;
  /// Since its last exchange.
  std::int64_t age_us = 0;
};

/// What a source sent at once.
struct batch {
  /// Counts up from 1 within the source; the same number is the same batch.
  std::uint64_t seq = 0;
  std::shared_ptr<const json::array> items;
  mono_us arrived;
  std::optional<device_clock_view> clock;
};

} // namespace ringside::intake
