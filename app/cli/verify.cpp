#include "app/cli/cli.hpp"
#include "app/node/disk_world.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/json.hpp"
#include "domain/audit/verifier_key.hpp"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

namespace ringside::cli {

namespace {

struct verify_arguments {
  std::string path;
  std::string origin;
  bool json = false;
};

json::value finding_json(const audit::finding& f) {
  json::object o;
  o["kind"] = text_of(f.kind);
  o["index"] = f.index;
  o["bout"] = f.bout;
  o["detail"] = f.detail;
  return o;
}

void print_json(const opened_disk& disk) {
  const auto& r = disk.report;
  json::array findings;
  for (const auto& f : r.findings)
    findings.push_back(finding_json(f));
  json::object o;
  o["sound"] = r.sound();
  o["entries"] = r.entries;
  o["bouts"] = r.bouts;
  o["checkpoints"] = r.checkpoints;
  o["signed_size"] = r.signed_size;
  o["root"] = audit::to_hex(r.root);
  o["log_key"] = audit::vkey_text(disk.key->verifier());
  o["findings"] = std::move(findings);
  std::cout << json::to_text(json::value{std::move(o)}) << '\n';
}

void print_text(const opened_disk& disk) {
  const auto& r = disk.report;
  std::cout << (r.sound() ? "SOUND" : "ALTERED") << ": " << r.entries
            << " entries of " << r.bouts << " bouts, " << r.checkpoints
            << " checkpoints; signed up to entry " << r.signed_size << '\n'
            << "root    " << audit::to_hex(r.root) << '\n'
            << "log key " << audit::vkey_text(disk.key->verifier()) << '\n';
  for (const auto& f : r.findings) {
    std::cout << (audit::is_warning(f.kind) ? "warning" : "FINDING")
              << " entry " << f.index;
    if (!f.bout.empty())
      std::cout << " of bout " << f.bout;
    std::cout << ": " << text_of(f.kind) << ", " << f.detail << '\n';
  }
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

void add_verify(CLI::App& app, action& chosen) {
  auto args = std::make_shared<verify_arguments>();
  auto* sub = app.add_subcommand(
    "verify", "Check a data directory offline: exit 0 sound, 1 altered (names "
              "the entry), 2 unusable input");
  sub->add_option("PATH", args->path, "The data directory")->required();
  sub->add_option("--origin", args->origin,
                  "Name the log must have; default: what it says itself");
  sub->add_flag("--json", args->json, "Machine-readable output");
  sub->callback([args, &chosen] { chosen = [args] { return verify(*args); }; });
}

} // namespace ringside::cli
