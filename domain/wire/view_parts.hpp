#pragma once

#include "domain/audit/json.hpp"
#include "domain/bout/state.hpp"
#include "domain/wire/audience.hpp"

/// INTERNAL to this room: the parts of a view.
namespace ringside::wire {

/// {round_1: [{seat, red_x10, ...}], ..., picks: [...], totals: [...]} of the
/// cards this audience may see; `picks_wanted` are the seats that still have
/// to name a winner.
json::object cards_json(const bout::state& s, const audience& who);

/// [{seat, name, bound, filed}], for control with account and device.
json::array seats_json(const bout::state& s, const audience& who);

/// `red_x10` and `blue_x10`.
void put_score(json::object& out, const per_corner<points>& score);

} // namespace ringside::wire
