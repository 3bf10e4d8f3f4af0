#include "actors/runtime/settings.hpp"

#include <algorithm>
#include <thread>

#include <caf/actor_system_config.hpp>
#include <caf/atom.hpp>

namespace ringside {

namespace {

caf::atom_value policy_name(scheduler_kind kind) {
  switch (kind) {
  case scheduler_kind::stealing:
    return caf::atom("stealing");
  case scheduler_kind::testing:
    return caf::atom("testing");
  default:
    return caf::atom("sharing");
  }
}

} // namespace

std::size_t worker_threads(const runtime_settings& settings) {
  if (settings.max_threads > 0)
    return settings.max_threads;
  auto cores = static_cast<std::size_t>(std::thread::hardware_concurrency());
  return std::max<std::size_t>(2, cores > 0 ? cores - 1 : 0);
}

void apply_settings(caf::actor_system_config& cfg,
                    const runtime_settings& settings) {
  cfg.set("scheduler.policy", policy_name(settings.scheduler));
  cfg.set("scheduler.max-threads", worker_threads(settings));
  cfg.set("scheduler.max-throughput", settings.max_throughput);
  cfg.set("middleman.heartbeat-interval",
          caf::timespan{settings.heartbeat_interval});
  cfg.set("middleman.connection-timeout",
          caf::timespan{settings.connection_timeout});
  cfg.set("middleman.workers", settings.middleman_workers);
}

} // namespace ringside
