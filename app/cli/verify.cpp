#include "app/cli/cli.hpp"
#include "app/cli/verify_output.hpp"
#include "app/node/disk_world.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/json.hpp"
#include "domain/audit/verifier_key.hpp"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace ringside::cli {

namespace {

struct verify_arguments {
  std::string path;
  std::string origin;
  std::vector<std::string> keys;
  bool json = false;
};

void print_json(const opened_disk& disk) {
  const auto& r = disk.report;
  json::object o;
  o["sound"] = r.sound();
  o["entries"] = r.entries;
  o["bouts"] = r.bouts;
  o["system_chain"] = r.system_chain;
  o["checkpoints"] = r.checkpoints;
  o["signed_size"] = r.signed_size;
  o["personal"] = r.personal;
  o["erased"] = r.erased;
  o["root"] = audit::to_hex(r.root);
  o["log_key"] = audit::vkey_text(disk.key->verifier());
  o["findings"] = findings_json(r.findings);
  std::cout << json::to_text(json::value{std::move(o)}) << '\n';
}

void print_text(const opened_disk& disk) {
  const auto& r = disk.report;
  std::cout << (r.sound() ? "SOUND" : "ALTERED") << ": " << r.entries
            << " entries of " << r.bouts << " bouts"
            << (r.system_chain ? " and the system chain, " : ", ")
            << r.checkpoints << " checkpoints; signed up to entry "
            << r.signed_size << '\n'
            << "root    " << audit::to_hex(r.root) << '\n'
            << "log key " << audit::vkey_text(disk.key->verifier()) << '\n';
  print_personal(r.personal, r.erased);
  print_findings(r.findings);
}

disk_progress progress_bar(bool wanted) {
  if (!wanted)
    return {};
  return [](std::uint64_t done, std::uint64_t of) {
    std::cerr << "\rchecked " << done << " of " << of << " entries"
              << (done >= of ? "\n" : "") << std::flush;
  };
}

int verify(const verify_arguments& args) {
  std::error_code missing;
  if (std::filesystem::is_regular_file(args.path, missing))
    return verify_bundle_file(args.path, args.keys, args.json);
  if (!args.keys.empty()) {
    print_error(refuse(ec::invalid_value,
                       "--key is for bundles; a data directory has its own "
                       "log.key",
                       "--key"));
    return exit_usage;
  }
  auto disk = inspect_disk(args.path, args.origin,
                           progress_bar(!args.json && on_terminal()));
  if (!disk) {
    if (args.json)
      std::cout << error_json(disk.reason()) << '\n';
    print_error(disk.reason());
    return exit_usage;
  }
  if (args.json)
    print_json(*disk);
  else
    print_text(*disk);
  return disk->report.sound() ? exit_done : exit_failed;
}

} // namespace

json::array findings_json(const std::vector<audit::finding>& findings) {
  json::array all;
  for (const auto& f : findings) {
    json::object o;
    o["kind"] = text_of(f.kind);
    o["index"] = f.index;
    o["bout"] = f.bout;
    o["detail"] = f.detail;
    all.push_back(std::move(o));
  }
  return all;
}

void print_personal(std::uint64_t there, std::uint64_t erased) {
  if (there + erased > 0)
    std::cout << "texts   " << there << " about people, " << erased
              << " more erased\n";
}

void print_findings(const std::vector<audit::finding>& findings) {
  for (const auto& f : findings) {
    auto warning = audit::is_warning(f.kind);
    std::cout << (warning ? "warning" : "FINDING");
    // A file beside the entries has no position.
    if (!warning && f.kind != audit::finding_kind::bad_file) {
      std::cout << " entry " << f.index;
      if (!f.bout.empty())
        std::cout << " of bout " << f.bout;
    }
    std::cout << ": " << text_of(f.kind) << ", " << f.detail << '\n';
  }
}

void add_verify(CLI::App& app, action& chosen) {
  auto args = std::make_shared<verify_arguments>();
  auto* sub = app.add_subcommand(
    "verify", "Check an evidence bundle or a data directory offline: exit 0 "
              "sound, 1 altered (names the entry), 2 unusable input");
  sub->add_option("PATH", args->path, "BUNDLE.zip, or a data directory")
    ->required();
  sub->add_option("--key", args->keys,
                  "Public key of the log, or a file with keys; without one a "
                  "bundle is checked with the keys in it");
  sub->add_option("--origin", args->origin,
                  "Name the log must have; default: what it says itself");
  sub->add_flag("--json", args->json, "Machine-readable output");
  sub->callback([args, &chosen] { chosen = [args] { return verify(*args); }; });
}

} // namespace ringside::cli
