#pragma once

#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/query_messages.hpp"
#include "actors/protocol/router_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// Vision workers and the pictures they look at.
namespace ringside::protocol {

/// What a SOURCE does beside `source_actor`: as a worker it asks the ROUTER, as
/// a camera it hears what workers saw. `source/<id>`
using worked_source_actor
  = caf::typed_actor<caf::replies_to<get_work>::with<text_answer>,
                     caf::replies_to<work_result>::with<work_noted>>;

/// The ROUTER: which worker looks at the pictures of which camera.
/// `vision/router`
using router_actor = caf::typed_actor<
  caf::replies_to<worker_asks>::with<text_answer>, caf::reacts_to<worker_beats>,
  caf::reacts_to<worker_drains>, caf::reacts_to<work_offered>,
  caf::replies_to<get_routing>::with<text_answer>,
  /// The HUB needs everything again.
  caf::reacts_to<hub_started>>;

} // namespace ringside::protocol
