#pragma once

#include "actors/protocol/command_messages.hpp"
#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/query_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// The actors of one bout, and the list of all bouts.
namespace ringside::protocol {

/// The BOUT decides about one bout, alone. `bout/<id>/bout`
using bout_actor = caf::typed_actor<
  /// Decides a command, makes it durable, answers its sender.
  caf::reacts_to<submit>,
  /// The state as an audience may see it.
  caf::replies_to<get_bout>::with<text_answer>,
  /// The events as an audience may see them.
  caf::replies_to<get_bout_events>::with<text_answer>>;

/// The SEAT of one judge: who sits there, and the only door for the judge's
/// commands. `bout/<id>/seat/<n>`
using seat_actor = caf::typed_actor<
  /// Checks rate and holder, passes the command on to the BOUT.
  caf::reacts_to<submit>,
  /// A life sign of the tablet.
  caf::reacts_to<contact>,
  /// The HUB needs the presence topic again.
  caf::reacts_to<hub_started>,
  /// Who is there, since when nobody was heard.
  caf::replies_to<get_presence>::with<presence>>;

/// The DESK of a role (operator, supervisor, timekeeper, commission): the door
/// for its commands. `bout/<id>/desk/<role>`
using desk_actor = seat_actor;

/// The BOUTS of this node: makes new ones, wakes resting ones, lists all.
/// `bouts`
using bouts_actor = caf::typed_actor<
  /// A `create_bout` command: makes the bout's actors and passes it on.
  caf::reacts_to<submit>,
  /// A BOUT's place in the list changed.
  caf::reacts_to<bout_changed>,
  /// The HUB needs the list again.
  caf::reacts_to<hub_started>,
  /// A page of the list as JSON.
  caf::replies_to<list_bouts>::with<text_answer>,
  /// Makes sure that the bout's actors run; the id, or not_found.
  caf::replies_to<wake_bout>::with<text_answer>>;

} // namespace ringside::protocol
