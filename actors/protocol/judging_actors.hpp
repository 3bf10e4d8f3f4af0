#pragma once

#include "actors/protocol/judging_messages.hpp"
#include "actors/protocol/query_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// Judges and fighters over many bouts.
namespace ringside::protocol {

/// The SHADOWS: judges in training beside the panels, a fold over a chain of
/// the journal that no bout ever reads. `node/shadows`
using shadows_actor
  = caf::typed_actor<caf::replies_to<give_shadow_seat>::with<text_answer>,
                     caf::replies_to<file_shadow_card>::with<text_answer>,
                     caf::replies_to<get_shadows>::with<text_answer>>;

/// The HISTORY of judges and fighters, a fold over all bouts of the journal;
/// it reads what is new when somebody asks. `node/history`
using history_actor
  = caf::typed_actor<caf::replies_to<get_reliability>::with<text_answer>,
                     caf::replies_to<get_career>::with<text_answer>>;

} // namespace ringside::protocol
