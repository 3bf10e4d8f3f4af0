#pragma once

#include "domain/base/result.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace ringside::persistence::sqlite {

/// How to open a database file.
struct connection_options {
  bool read_only = false;
  /// How long a call waits for another connection's lock.
  int busy_timeout_ms = 5'000;
  /// Name of a registered SQLite VFS, empty for the platform's own.
  std::string vfs;
};

/// What SQLite complains about, after a call on `db` answered `rc`. `doing`
/// names the work.
error failure_of(sqlite3* db, int rc, std::string_view doing);

/// Owns one SQLite handle. For one thread at a time.
class connection {
public:
  /// Opens the file, creating it unless `read_only`. `not_found` if there is
  /// nothing to read.
  static result<connection> open(const std::filesystem::path& file,
                                 const connection_options& options);

  sqlite3* raw() const noexcept {
    return db_.get();
  }

  /// Runs SQL that answers nothing. `doing` names the work in the error.
  result<unit> exec(const std::string& sql, std::string_view doing);

  /// What the last call on this handle complained about.
  error failure(int rc, std::string_view doing) const {
    return failure_of(raw(), rc, doing);
  }

private:
  struct closer {
    void operator()(sqlite3* db) const noexcept {
      sqlite3_close_v2(db);
    }
  };

  std::unique_ptr<sqlite3, closer> db_;
};

/// `corrupt` if the file's content is wrong, `io_error` for everything that
/// the disk, the system or another process did.
ec code_of(int rc) noexcept;

} // namespace ringside::persistence::sqlite
