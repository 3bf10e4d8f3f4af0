#include "app/node/metrics.hpp"

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside {

namespace {

using snapshots = std::vector<std::pair<std::string, probe_snapshot>>;

/// One family: a line of help, a type, and a value for each actor.
void family(std::string& out, const snapshots& all, std::string_view name,
            std::string_view type, std::string_view help,
            const std::function<std::uint64_t(const probe_snapshot&)>& value) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
  for (const auto& [actor, snapshot] : all)
    out.append(name)
      .append("{actor=\"")
      .append(actor)
      .append("\"} ")
      .append(std::to_string(value(snapshot)))
      .append("\n");
}

} // namespace

std::string actor_metrics(const probe_board& probes) {
  auto all = probes.snapshots();
  std::string out;
  family(out, all, "ringside_actor_messages_total", "counter",
         "Messages handled since the name exists.",
         [](const auto& p) { return p.handled; });
  family(out, all, "ringside_actor_mailbox_depth", "gauge",
         "Messages waiting now.", [](const auto& p) { return p.depth; });
  family(out, all, "ringside_actor_mailbox_depth_max", "gauge",
         "Most messages that ever waited.",
         [](const auto& p) { return p.depth_max; });
  family(out, all, "ringside_actor_busy_ns_total", "counter",
         "Nanoseconds on a worker.", [](const auto& p) { return p.busy_ns; });
  family(out, all, "ringside_actor_queue_wait_p99_ns", "gauge",
         "99th percentile of the wait in the mailbox, nanoseconds.",
         [](const auto& p) { return p.queue_wait.p99_ns; });
  family(out, all, "ringside_actor_handler_p99_ns", "gauge",
         "99th percentile of the handler time, nanoseconds.",
         [](const auto& p) { return p.handler.p99_ns; });
  return out;
}

} // namespace ringside
