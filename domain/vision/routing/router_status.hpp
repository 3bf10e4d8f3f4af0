#pragma once

#include "domain/audit/json.hpp"
#include "domain/vision/routing/work_router.hpp"

#include <string>

namespace ringside::routing {

/// The router as `GET /vision/router` and the topic `vision/router` show it:
/// `workers`, `streams`, `totals` and the latest `dead_letters`.
json::object status_json(const work_router& r, mono_us now);

/// The same in short as Prometheus reads it: `ringside_vision_router_*`.
std::string status_series(const work_router& r);

} // namespace ringside::routing
