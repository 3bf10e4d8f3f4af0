#pragma once

#include "domain/vision/failover/failover_entry.hpp"
#include "domain/vision/failover/machine.hpp"

namespace ringside::failover {

/// What people see of an arena: its mode, since when, a person's word, and how
/// each mode does. Says nothing that changes by the second on its own, so that
/// the topic rests while nothing happens.
json::object arena_json(const machine& m, const arena_record& known);

/// The latest of what happened, the last one first.
json::array history_json(const arena_record& known);

} // namespace ringside::failover
