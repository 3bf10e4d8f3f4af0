#pragma once

#include "actors/protocol/feed_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// The way out to the sessions.
namespace ringside::protocol {

/// The HUB: topics, snapshots, deltas; the only way out. `node/hub`
using hub_actor = caf::typed_actor<
  /// Events of a bout, from its BOUT.
  caf::reacts_to<bout_news>,
  /// The state of a plain topic, from whoever owns it.
  caf::reacts_to<set_topic>,
  /// A FEED wants the deltas of a stream.
  caf::reacts_to<follow>,
  /// A FEED no longer wants them.
  caf::reacts_to<unfollow>,
  /// A FEED was slow: let the spectators' rounds be longer.
  caf::reacts_to<feed_took>,
  /// The start of a stream for one subscriber.
  caf::replies_to<join>::with<join_answer>>;

} // namespace ringside::protocol
