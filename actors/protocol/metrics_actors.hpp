#pragma once

#include "actors/protocol/metrics_messages.hpp"
#include "actors/protocol/query_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

namespace ringside::protocol {

/// The SOURCES as whoever measures sees them. `vision/sources`
using vision_metrics_actor
  = caf::typed_actor<caf::replies_to<get_vision_metrics>::with<text_answer>>;

/// Whoever has numbers for Prometheus: `vision/sources`, `vision/router`.
using series_actor
  = caf::typed_actor<caf::replies_to<get_series>::with<text_answer>>;

} // namespace ringside::protocol
