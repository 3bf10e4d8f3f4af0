#pragma once

#include "domain/audit/json.hpp"
#include "domain/rules/ruleset.hpp"

namespace ringside::wire {

/// A rule set as clients see it: what a panel needs to show the right keys and
/// what a reader needs to judge where the facts come from.
json::value ruleset_json(const rules::ruleset& set);

} // namespace ringside::wire
