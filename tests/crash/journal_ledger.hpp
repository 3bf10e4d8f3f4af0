#pragma once

#include "domain/audit/hash.hpp"
#include "domain/bout/apply.hpp"
#include "domain/rules/catalog.hpp"
#include "domain/wire/entry_codec.hpp"
#include "persistence/journal_store.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace ringside::test {

/// Where the journal has a command.
struct placed_command {
  std::string bout;
  /// Leaf index of its first entry.
  std::uint64_t position = 0;
  /// Version of the bout after its last entry.
  std::uint64_t version = 0;
  std::uint32_t parts = 0;
  std::uint32_t of = 0;
};

/// What the journal of a data directory says, read past the server: entries
/// straight from the database, folded by the same functions. Remembers what it
/// saw, so that a later reading that differs is noticed.
class journal_ledger {
public:
  explicit journal_ledger(std::filesystem::path data);

  /// Reads what is new. Complaints go to `faults`.
  void catch_up();

  /// The command, or null. A command that is torn or there twice is a fault.
  const placed_command* find(const std::string& command_id) const;

  /// What a supervisor is shown of a bout, from its entries alone.
  std::string view_of(const std::string& bout) const;

  std::uint64_t size() const noexcept {
    return leaves_.size();
  }

  std::vector<std::string> faults;

private:
  void check_old_leaves(persistence::journal_store& store);
  void take(const persistence::journal_entry& entry);
  void take_command(const audit::entry_fields& fields);

  std::filesystem::path data_;
  std::shared_ptr<const rules::catalog> sets_;
  bout::ruleset_lookup lookup_;
  std::vector<audit::hash> leaves_;
  std::map<std::string, wire::bout_folder> bouts_;
  std::unordered_map<std::string, placed_command> commands_;
};

} // namespace ringside::test
