#include "actors/runtime/status_json.hpp"

#include <utility>

namespace ringside {

namespace {

json::value latency_json(const latency_view& x) {
  return json::object{{"count", x.count},
                      {"p50_ns", x.p50_ns},
                      {"p95_ns", x.p95_ns},
                      {"p99_ns", x.p99_ns},
                      {"max_ns", x.max_ns}};
}

} // namespace

json::value status_json(const actor_status& status) {
  json::array children;
  for (const auto& child : status.children)
    children.push_back(status_json(child));
  return json::object{{"name", status.name},
                      {"state", text_of(status.state)},
                      {"supervisor", status.supervisor},
                      {"restarts", status.restarts},
                      {"last_failure", status.last_failure},
                      {"depth", status.probe.depth},
                      {"depth_max", status.probe.depth_max},
                      {"handled", status.probe.handled},
                      {"busy_ns", status.probe.busy_ns},
                      {"queue_wait", latency_json(status.probe.queue_wait)},
                      {"handler", latency_json(status.probe.handler)},
                      {"children", std::move(children)}};
}

} // namespace ringside
