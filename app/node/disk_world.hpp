#pragma once

#include "app/config/node_config.hpp"
#include "app/node/journal_gate.hpp"
#include "app/node/world.hpp"
#include "domain/audit/verifier.hpp"
#include "domain/rules/catalog.hpp"
#include "persistence/sqlite/data_directory.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ringside {

/// What a node finds in its data directory before it starts.
struct opened_disk {
  persistence::data_directory directory;
  std::shared_ptr<const audit::signing_key> key;
  /// All keys the log ever had, the present one last.
  std::vector<audit::log_key> keys;
  std::optional<audit::signer_state> signed_last;
  /// What the check of the whole journal found.
  audit::verify_report report;
  /// Wall clock of the last entry; zero for a fresh journal.
  utc_ns last_entry;
};

/// How far the check of the journal has come.
using disk_progress = std::function<void(std::uint64_t, std::uint64_t)>;

/// Opens or creates the data directory, its log key and its journal, and checks
/// the whole journal. A journal that does not verify is no error here: the
/// report says so, and the node starts read-only.
result<opened_disk> open_disk(const std::filesystem::path& root,
                              const std::string& origin,
                              const disk_progress& progress = {});

/// The same without making or changing anything: for `ringside verify`, also
/// beside a running node. A journal that cannot be opened at all is a finding
/// if the signer remembers one, else an error.
result<opened_disk> inspect_disk(const std::filesystem::path& root,
                                 std::string origin,
                                 const disk_progress& progress = {});

/// The lookup of a catalogue for bouts. Version 0 asks for the present one.
/// Other versions than the one in the catalogue are not known.
std::shared_ptr<const bout::ruleset_lookup>
make_lookup(std::shared_ptr<const rules::catalog> sets);

/// Randomness of this machine, fit for secrets.
void system_random(std::span<std::uint8_t> bytes);

/// Wall clock of this machine.
utc_ns system_utc_now();

/// The world of a real node over an opened disk.
std::shared_ptr<node_world>
make_disk_world(const config::node_config& config, const opened_disk& disk,
                std::shared_ptr<const rules::catalog> sets);

} // namespace ringside
