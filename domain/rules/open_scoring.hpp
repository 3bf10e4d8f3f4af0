#pragma once

#include "domain/rules/ruleset.hpp"

namespace ringside::rules {

/// True if cards are revealed to `ruleset::open_scoring.audience` once round
/// `round` (from 1) is judged and more rounds are to come.
bool reveal_after_round(const ruleset& rules, int round) noexcept;

} // namespace ringside::rules
