#include "app/cli/verify_output.hpp"

#include "app/bundle/check_bundle.hpp"
#include "app/cli/cli.hpp"
#include "app/config/load_rulesets.hpp"
#include "app/config/node_config.hpp"
#include "app/node/disk_world.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/text.hpp"
#include "persistence/durable_file.hpp"

#include <iostream>
#include <memory>
#include <utility>

namespace ringside::cli {

namespace {

using key_list = std::vector<audit::log_key>;

constexpr std::size_t key_file_max = 64 * 1024;

/// One key per line, or a keyring.
result<key_list> parse_keys(std::string_view text) {
  if (auto ring = audit::parse_keyring(text))
    return ring;
  key_list keys;
  while (!text.empty()) {
    auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r'))
      line.remove_suffix(1);
    if (line.empty())
      continue;
    auto key = audit::parse_vkey(line);
    if (!key)
      return key.reason();
    keys.push_back({std::move(*key)});
  }
  return keys;
}

/// A key as text, or a file with keys in it.
result<key_list> read_keys(const std::vector<std::string>& given) {
  key_list all;
  for (const auto& what : given) {
    auto keys = parse_keys(what);
    if (!keys)
      if (auto text = persistence::read_small_file(what, key_file_max))
        keys = parse_keys(*text);
    if (!keys || keys->empty())
      return refuse(ec::invalid_value,
                    "'" + what + "' is neither a key nor a file with keys",
                    "--key",
                    "a key looks like NAME+xxxxxxxx+BASE64; keyring.txt of a "
                    "bundle, `ringside verify DATA_DIR` and whoever runs the "
                    "log have it");
    all.insert(all.end(), keys->begin(), keys->end());
  }
  return all;
}

void print_json(const audit::bundle_report& r) {
  const auto& m = r.manifest;
  json::array keys;
  for (const auto& k : r.keys)
    keys.push_back(audit::vkey_text(k.key));
  json::object o;
  o["sound"] = r.sound();
  o["bout_id"] = m.bout;
  o["origin"] = m.origin;
  o["program"] = m.program;
  o["entries"] = m.entries;
  o["proved"] = r.proved;
  o["proved_beside"] = r.proved_beside;
  json::array beside;
  for (const auto& chain : m.beside)
    beside.push_back(
      json::object{{"chain", chain.name}, {"entries", chain.entries}});
  o["beside"] = std::move(beside);
  o["personal"] = r.personal;
  o["erased"] = r.erased;
  o["checkpoint_size"] = m.size;
  o["root"] = audit::to_hex(m.root);
  o["log_keys"] = std::move(keys);
  o["key_given"] = r.keys_given;
  o["findings"] = findings_json(r.findings);
  std::cout << json::to_text(json::value{std::move(o)}) << '\n';
}

void print_text(const audit::bundle_report& r) {
  const auto& m = r.manifest;
  std::cout << (r.sound() ? "SOUND" : "ALTERED") << ": bout " << m.bout << ", "
            << r.proved << " of " << m.entries
            << " entries proved, checkpoint of size " << m.size << '\n'
            << "log     " << m.origin << '\n'
            << "root    " << audit::to_hex(m.root) << '\n';
  for (const auto& chain : m.beside)
    std::cout << "beside  " << chain.name << ", " << chain.entries
              << " entries\n";
  for (const auto& k : r.keys)
    std::cout << "log key " << audit::vkey_text(k.key)
              << (r.keys_given ? "" : " (from the bundle itself)") << '\n';
  print_personal(r.personal, r.erased);
  print_findings(r.findings);
}

std::shared_ptr<const bout::ruleset_lookup> known_rulesets() {
  auto sets = config::load_rulesets(config::default_node_config().rulesets);
  if (!sets)
    return nullptr;
  return make_lookup(std::make_shared<const rules::catalog>(std::move(*sets)));
}

int unusable(const error& reason, bool json) {
  if (json)
    std::cout << error_json(reason) << '\n';
  print_error(reason);
  return exit_usage;
}

} // namespace

int verify_bundle_file(const std::string& path,
                       const std::vector<std::string>& keys, bool json) {
  auto trusted = read_keys(keys);
  if (!trusted)
    return unusable(trusted.reason(), json);
  audit::bundle_options options;
  options.keys = std::move(*trusted);
  auto rulesets = known_rulesets();
  auto report = bundle::check_bundle(path, options, rulesets.get());
  if (!report)
    return unusable(report.reason(), json);
  if (json)
    print_json(*report);
  else
    print_text(*report);
  return report->sound() ? exit_done : exit_failed;
}

} // namespace ringside::cli
