#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/bout/state.hpp"
#include "domain/wire/audience.hpp"

namespace ringside::wire {

/// Whether the whole journal of a bout may be handed out to `who`. The bytes of
/// an entry cannot be redacted without breaking every proof, so this is no as
/// long as there is a card, press or result in it that `who` may not see yet;
/// `wrong_state`, and the hint says until when.
result<unit> may_export(const bout::state& s, const audience& who);

/// What follows from the entries of a bout by its rule set: phase, rounds,
/// cards and result as control sees them.
json::value derived_result(const bout::state& s, const bout_id& id);

} // namespace ringside::wire
