#pragma once

#include "domain/base/result.hpp"
#include "domain/rules/ruleset.hpp"

namespace ringside::rules {

/// Checks every relation that must hold inside a rule set.
///
/// The rest of the room relies on it: a rule set that did not pass must never
/// reach a bout.
/// @returns `invalid_value` with the dotted name of the first field that is
/// wrong (`rounds.count_default`) and a sentence that says why.
result<unit> validate(const ruleset& rules);

} // namespace ringside::rules
