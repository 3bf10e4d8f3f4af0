#pragma once

#include "actors/runtime/services.hpp"

#include <string>

namespace ringside {

/// What the mailboxes of all actors say about themselves, in the Prometheus
/// text format. Nothing here is invented: a name without samples has zeros.
std::string actor_metrics(const probe_board& probes);

} // namespace ringside
