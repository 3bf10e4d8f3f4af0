#pragma once

#include "actors/protocol/failover_messages.hpp"
#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/query_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

namespace ringside::protocol {

/// The FAILOVER: which mode every arena listens to; a fold over the chain
/// `_failover`. `vision/failover`
using failover_actor
  = caf::typed_actor<caf::replies_to<get_failover>::with<text_answer>,
                     /// Acts at once; answered when it is journaled, or cannot
                     /// be now.
                     caf::replies_to<set_failover>::with<text_answer>,
                     /// The HUB needs the arenas again.
                     caf::reacts_to<hub_started>>;

/// The SOURCES as the FAILOVER sees them. `vision/sources`
using moded_actor
  = caf::typed_actor<caf::reacts_to<mode_is>,
                     caf::replies_to<get_mode_health>::with<mode_health>>;

} // namespace ringside::protocol
