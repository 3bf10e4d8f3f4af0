#include "app/node/server_setup.hpp"

#include "app/config/schema_file.hpp"
#include "app/node/metrics.hpp"
#include "app/node/static_files.hpp"
#include "domain/audit/json.hpp"
#include "domain/wire/ruleset_json.hpp"

#include <string>
#include <utility>

#include <caf/actor_system.hpp>

namespace ringside {

namespace {

net::rate rate_of(const config::rate_config& r) {
  return {r.per_second, r.burst};
}

std::string all_rulesets(const rules::catalog& sets) {
  json::array list;
  for (const auto& set : sets.all())
    list.push_back(wire::ruleset_json(set));
  json::object body;
  body["rulesets"] = std::move(list);
  return json::to_text(json::value{std::move(body)});
}

void set_limits(net::server_options& o, const config::node_config& c) {
  o.limits.judge = rate_of(c.judge_rate);
  o.limits.operators = rate_of(c.operator_rate);
  o.limits.viewer = rate_of(c.viewer_rate);
  o.limits.http_writes = rate_of(c.operator_rate);
  o.limits.connections = static_cast<std::size_t>(c.connections);
  o.limits.connections_per_address
    = static_cast<std::size_t>(c.connections_per_address);
}

void set_rulesets(net::server_options& o,
                  std::shared_ptr<const rules::catalog> sets) {
  o.rulesets = [text = all_rulesets(*sets)] { return text; };
  o.ruleset = [sets](std::string_view id) -> std::optional<std::string> {
    const auto* set = sets->find(id);
    if (set == nullptr)
      return std::nullopt;
    return json::to_text(wire::ruleset_json(*set));
  };
}

} // namespace

result<net::server_options>
server_options_for(const config::node_config& config, const node_world& world,
                   std::shared_ptr<const rules::catalog> sets,
                   const services_ptr& services) {
  net::server_options o;
  o.address = config.host;
  o.port = config.port;
  if (!config.tls_certificate.empty())
    o.tls = net::tls_files{config.tls_certificate, config.tls_key};
  o.hosts = config.hosts;
  o.origins = config.origins;
  set_limits(o, config);
  o.clock = [time = world.time, &system = services->system] {
    return time.at(system.clock().now());
  };
  o.wall_clock = world.utc_now;
  o.metrics = [services] { return actor_metrics(services->probes); };
  set_rulesets(o, std::move(sets));
  auto openapi = config::schema_as_json(config.schemas / "openapi.yaml");
  if (!openapi)
    return openapi.reason();
  o.openapi_json = std::move(*openapi);
  auto asyncapi = config::schema_as_json(config.schemas / "asyncapi.yaml");
  if (!asyncapi)
    return asyncapi.reason();
  o.asyncapi_json = std::move(*asyncapi);
  auto files = load_static_files(config.panels);
  if (!files)
    return files.reason();
  o.files = std::move(*files);
  return o;
}

} // namespace ringside
