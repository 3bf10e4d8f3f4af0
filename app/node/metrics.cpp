#include "app/node/metrics.hpp"

#include "domain/base/series_text.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ringside {

namespace {

using snapshots = std::vector<std::pair<std::string, probe_snapshot>>;

/// A value of each actor.
template <class Value>
void of_all(series_text& out, const snapshots& all, Value value) {
  for (const auto& [actor, snapshot] : all)
    out.value("actor", actor, value(snapshot));
}

} // namespace

std::string actor_metrics(const probe_board& probes) {
  auto all = probes.snapshots();
  series_text out;
  of_all(out.counter("ringside_actor_messages_total",
                     "Messages handled since the name exists."),
         all, [](const auto& p) { return p.handled; });
  of_all(out.gauge("ringside_actor_mailbox_depth", "Messages waiting now."),
         all, [](const auto& p) { return p.depth; });
  of_all(out.gauge("ringside_actor_mailbox_depth_max",
                   "Most messages that ever waited."),
         all, [](const auto& p) { return p.depth_max; });
  of_all(
    out.counter("ringside_actor_busy_ns_total", "Nanoseconds on a worker."),
    all, [](const auto& p) { return p.busy_ns; });
  of_all(out.gauge("ringside_actor_queue_wait_p99_ns",
                   "99th percentile of the wait in the mailbox, nanoseconds."),
         all, [](const auto& p) { return p.queue_wait.p99_ns; });
  of_all(out.gauge("ringside_actor_handler_p99_ns",
                   "99th percentile of the handler time, nanoseconds."),
         all, [](const auto& p) { return p.handler.p99_ns; });
  return out.text();
}

} // namespace ringside
