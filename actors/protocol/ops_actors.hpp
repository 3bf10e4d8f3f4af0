#pragma once

#include "actors/protocol/clock_messages.hpp"
#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/query_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// What the people who run the node deal with.
namespace ringside::protocol {

/// The ACCOUNTS: people, roles, tokens; a fold over the journal.
/// `node/accounts`
using accounts_actor
  = caf::typed_actor<caf::replies_to<create_account>::with<text_answer>,
                     caf::replies_to<issue_token>::with<text_answer>,
                     caf::replies_to<revoke_tokens>::with<text_answer>,
                     caf::replies_to<set_role>::with<text_answer>,
                     caf::replies_to<list_accounts>::with<text_answer>,
                     caf::replies_to<claim_admin>::with<text_answer>>;

/// HEALTH: every component by name, with reason. `node/health`
using health_actor
  = caf::typed_actor<caf::reacts_to<report_health>, caf::reacts_to<hub_started>,
                     caf::replies_to<get_health>::with<health_view>>;

/// The CLOCK: what is known of every device's clock, and steps of the wall
/// clock. `node/clock`
using clock_actor = caf::typed_actor<
  /// After every exchange with a device.
  caf::reacts_to<clock_reading>, caf::reacts_to<clock_gone>,
  /// All clocks, the worst first.
  caf::replies_to<get_clocks>::with<text_answer>>;

} // namespace ringside::protocol
