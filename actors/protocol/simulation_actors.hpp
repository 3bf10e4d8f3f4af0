#pragma once

#include "actors/protocol/query_messages.hpp"
#include "actors/protocol/simulation_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// Invented and scripted bouts beside the real ones.
namespace ringside::protocol {

/// The SIMULATION runs invented and scripted bouts beside the real ones, one
/// at a time. `node/simulation`
using simulation_actor = caf::typed_actor<
  /// Queues a simulation; the answer is its record, or `rate_limited`.
  caf::replies_to<start_simulation>::with<text_answer>,
  /// The record of one, with its result when it is done.
  caf::replies_to<get_simulation>::with<text_answer>,
  /// All that are kept, the newest first.
  caf::replies_to<list_simulations>::with<text_answer>,
  /// Takes it out of the queue or stops it; the answer is its record.
  caf::replies_to<cancel_simulation>::with<text_answer>>;

} // namespace ringside::protocol
