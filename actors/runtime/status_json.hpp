#pragma once

#include "actors/protocol/runtime_messages.hpp"
#include "domain/audit/json.hpp"

namespace ringside {

/// A node of the status tree with everything below it, as the console and
/// `GET /actors` show it.
json::value status_json(const actor_status& status);

} // namespace ringside
