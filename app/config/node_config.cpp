#include "app/config/node_config.hpp"

#include "app/config/yaml_file.hpp"
#include "app/config/yaml_reader.hpp"

#include <cstdlib>

#ifndef RINGSIDE_SHARE_DIR
#  error "RINGSIDE_SHARE_DIR says where config/ and schemas/ are"
#endif

namespace ringside::config {

namespace {

constexpr int port_max = 65'535;
constexpr int delay_max_ms = 600'000;
constexpr int repeat_max_ms = 1'000;
constexpr int rate_max = 1'000'000;
constexpr int connections_max = 100'000;

void read_text(yaml_reader& r, const std::string& key, std::string& into) {
  if (r.has(key))
    into = r.text_or_empty(key);
}

void read_path(yaml_reader& r, const std::string& key,
               std::filesystem::path& into) {
  if (r.has(key))
    into = r.text(key);
}

void read_small(yaml_reader& r, const std::string& key, int& into, int low,
                int high) {
  if (r.has(key))
    into = r.small(key, low, high);
}

void read_rate(yaml_reader& r, const std::string& key, rate_config& into) {
  if (!r.has(key))
    return;
  auto rate = r.section(key);
  into.per_second = rate.small("per_second", 1, rate_max);
  into.burst = rate.small("burst", 1, rate_max);
}

void read_listen(yaml_reader& r, node_config& c) {
  if (!r.has("listen"))
    return;
  auto listen = r.section("listen");
  read_text(listen, "host", c.host);
  int port = c.port;
  read_small(listen, "port", port, 0, port_max);
  c.port = static_cast<std::uint16_t>(port);
}

void read_tls(yaml_reader& r, node_config& c) {
  if (!r.has("tls"))
    return;
  auto tls = r.section("tls");
  read_text(tls, "certificate", c.tls_certificate);
  read_text(tls, "key", c.tls_key);
  if (c.tls_certificate.empty() != c.tls_key.empty())
    tls.refuse_value(c.tls_key.empty() ? "key" : "certificate",
                     "certificate and key are set together or not at all");
}

void read_limits(yaml_reader& r, node_config& c) {
  if (!r.has("limits"))
    return;
  auto limits = r.section("limits");
  read_rate(limits, "judge", c.judge_rate);
  read_rate(limits, "operator", c.operator_rate);
  read_rate(limits, "viewer", c.viewer_rate);
  read_small(limits, "repeat_ms", c.repeat_ms, 0, repeat_max_ms);
  read_small(limits, "connections", c.connections, 1, connections_max);
  read_small(limits, "connections_per_address", c.connections_per_address, 1,
             connections_max);
}

node_config read_node(yaml_reader& r) {
  auto c = default_node_config();
  read_listen(r, c);
  read_tls(r, c);
  if (r.has("hosts"))
    c.hosts = r.texts("hosts");
  if (r.has("origins"))
    c.origins = r.texts("origins");
  read_path(r, "data", c.data);
  read_text(r, "origin", c.origin);
  read_path(r, "rulesets", c.rulesets);
  read_path(r, "scoring", c.scoring);
  read_path(r, "fusion", c.fusion);
  read_path(r, "vendors", c.vendors);
  read_path(r, "panels", c.panels);
  read_path(r, "schemas", c.schemas);
  read_small(r, "board_delay_ms", c.board_delay_ms, 0, delay_max_ms);
  read_small(r, "spectator_round_ms", c.spectator_round_ms, 5, 1'000);
  read_limits(r, c);
  read_small(r, "threads", c.threads, 0, 1'024);
  return c;
}

/// Where the files of this installation are.
std::filesystem::path share_directory() {
  const auto* from_environment = std::getenv("RINGSIDE_SHARE");
  return from_environment != nullptr ? from_environment : RINGSIDE_SHARE_DIR;
}

} // namespace

node_config default_node_config() {
  node_config c;
  auto share = share_directory();
  c.rulesets = share / "config" / "rulesets";
  c.scoring = share / "config" / "scoring";
  c.fusion = share / "config" / "fusion" / "standard.yaml";
  c.vendors = share / "config" / "vendors";
  c.schemas = share / "schemas";
  c.panels = share / "panels" / "plain";
  return c;
}

std::filesystem::path known_errors_file() {
  return share_directory() / "config" / "replay" / "known_errors.csv";
}

result<node_config> load_node_config(const std::filesystem::path& file) {
  return read_yaml<node_config>(file, read_node);
}

} // namespace ringside::config
