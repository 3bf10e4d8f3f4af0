#include "app/node/server_setup.hpp"

#include "app/config/schema_file.hpp"
#include "app/node/metrics.hpp"
#include "app/node/static_files.hpp"
#include "domain/audit/json.hpp"
#include "domain/wire/ruleset_json.hpp"

#include <filesystem>
#include <string>
#include <system_error>
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

result<std::string> read_schema(const config::node_config& config,
                                const std::string& name) {
  auto file = config.schemas / name;
  std::error_code none;
  if (!std::filesystem::is_regular_file(file, none))
    return refuse(ec::not_found,
                  "the description of the interface is missing: there is no "
                    + file.string(),
                  "schemas",
                  "set 'schemas' in the configuration to the directory of "
                    + name);
  return config::schema_as_json(file);
}

} // namespace

result<site_files> load_site(const config::node_config& config) {
  auto openapi = read_schema(config, "openapi.yaml");
  if (!openapi)
    return openapi.reason();
  auto asyncapi = read_schema(config, "asyncapi.yaml");
  if (!asyncapi)
    return asyncapi.reason();
  auto files = load_static_files(config.panels);
  if (!files)
    return files.reason();
  return site_files{std::move(*openapi), std::move(*asyncapi),
                    std::move(*files)};
}

net::server_options
server_options_for(const config::node_config& config, const node_world& world,
                   site_files site, std::shared_ptr<const rules::catalog> sets,
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
  o.openapi_json = std::move(site.openapi_json);
  o.asyncapi_json = std::move(site.asyncapi_json);
  o.files = std::move(site.panels);
  return o;
}

} // namespace ringside
