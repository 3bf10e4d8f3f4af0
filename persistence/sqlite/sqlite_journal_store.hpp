#pragma once

#include "persistence/journal_store.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ringside::persistence {

/// How to open a SQLite journal.
struct sqlite_options {
  /// Readers take no lock and may come and go while a writer is active.
  bool read_only = false;
  /// How long a call waits for another connection, in milliseconds.
  int busy_timeout_ms = 5'000;
  /// Greatest size of the database in pages of 4096 bytes, 0 for no cap. A
  /// commit that needs more fails with `io_error`.
  std::uint32_t pages_max = 0;
  /// Name of a registered SQLite VFS, empty for the platform's own. Tests put
  /// failing disks here.
  std::string vfs;
};

/// The embedded journal: one file in WAL mode, every commit on the disk before
/// it is answered. One writer per directory, guarded by `journal.lock` beside
/// the file. An object is for one thread at a time; open one per thread.
class sqlite_journal_store final : public journal_store {
public:
  /// Opens or creates the journal `file`; migrates its schema if it writes.
  /// Errors: `unavailable` (another process writes this directory),
  /// `not_found` (nothing to read), `corrupt` (not a database, or damaged),
  /// `wrong_state` (schema newer than this program), `io_error`.
  static result<std::unique_ptr<sqlite_journal_store>>
  open(const std::filesystem::path& file, const sqlite_options& options = {});

  ~sqlite_journal_store() override;

  result<unit> append(std::span<const journal_entry> entries,
                      const journal_head& head) override;
  result<bool> erase_personal(std::uint64_t seq) override;
  result<journal_head> head() override;
  result<std::vector<journal_entry>> read(std::uint64_t seq,
                                          std::size_t limit) override;
  result<std::vector<journal_entry>> read_bout(const bout_id& bout,
                                               std::uint32_t bseq,
                                               std::size_t limit) override;
  result<std::vector<bout_tail>> tails() override;
  result<std::vector<audit::hash>> leaves(std::uint64_t seq,
                                          std::size_t limit) override;
  result<unit> put_checkpoint(const checkpoint_row& row) override;
  result<std::vector<checkpoint_row>> checkpoints() override;
  result<std::optional<checkpoint_row>> last_checkpoint() override;

  /// Walks the whole file: every page, index and constraint, and that no entry
  /// is missing. Reads everything, so it is for start-up after a crash and for
  /// the verifier, not for the running node. `corrupt` names the first fault.
  result<unit> check();

private:
  struct impl;

  explicit sqlite_journal_store(std::unique_ptr<impl> data);

  std::unique_ptr<impl> impl_;
};

} // namespace ringside::persistence
