#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/bout/career.hpp"
#include "domain/bout/event.hpp"
#include "domain/bout/state.hpp"
#include "domain/wire/audience.hpp"
#include "domain/wire/sections.hpp"

#include <optional>

/// What an audience sees of a bout, as JSON. Everything is a pure function of
/// the state: no clock is read, the present time of a running clock follows
/// from its last mark.
namespace ringside::wire {

/// The asked-for sections as top-level keys, with `bout_id` and `version`. A
/// section that an audience may see always renders all of its keys, empty if
/// need be, so that a client replaces key by key and nothing stale remains.
/// Notes and protests exist for control only.
json::object render(const bout::state& s, const bout_id& id,
                    const audience& who, section_set wanted);

/// A snapshot: `render` of everything.
json::object render_all(const bout::state& s, const bout_id& id,
                        const audience& who);

/// The columns of FightMetric over some rounds, and how many rounds. Presses
/// of judges, which may be hidden, are not among them.
json::object line_json(const bout::line_score& x);

/// An event as an audience may see it: {event_id, type, at_us, by, data}.
/// Nothing for events that are not for it at all. For what it may not see the
/// text does not depend on the hidden values, not even in its length.
/// @param after The state with the event in it.
std::optional<json::value>
redact(const bout::event& e, const bout::state& after, const audience& who);

} // namespace ringside::wire
