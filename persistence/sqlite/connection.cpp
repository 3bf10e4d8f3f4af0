#include "persistence/sqlite/connection.hpp"

namespace ringside::persistence::sqlite {

namespace fs = std::filesystem;

ec code_of(int rc) noexcept {
  // A file that ends too early was cut; the disk itself did nothing wrong.
  if (rc == SQLITE_IOERR_SHORT_READ || rc == SQLITE_IOERR_CORRUPTFS)
    return ec::corrupt;
  switch (rc & 0xff) {
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_FORMAT:
  case SQLITE_SCHEMA:
  case SQLITE_CONSTRAINT:
  case SQLITE_MISMATCH:
  // Our SQL is constant: it fails to compile only over a damaged schema.
  case SQLITE_ERROR:
    return ec::corrupt;
  default:
    return ec::io_error;
  }
}

result<connection> connection::open(const fs::path& file,
                                    const connection_options& options) {
  std::error_code ignored;
  if (options.read_only && !fs::exists(file, ignored))
    return refuse(ec::not_found, "no journal at " + file.string());
  // Absolute, because a name that starts with "file:" would be an URI.
  auto name = fs::absolute(file).string();
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= options.read_only ? SQLITE_OPEN_READONLY
                             : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* raw = nullptr;
  auto vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
  int rc = sqlite3_open_v2(name.c_str(), &raw, flags, vfs);
  connection db;
  db.db_.reset(raw);
  if (rc != SQLITE_OK)
    return db.failure(rc, "opening " + name);
  sqlite3_busy_timeout(raw, options.busy_timeout_ms);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return db;
}

result<unit> connection::exec(const std::string& sql, std::string_view doing) {
  int rc = sqlite3_exec(raw(), sql.c_str(), nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK)
    return failure(rc, doing);
  return unit{};
}

error failure_of(sqlite3* db, int rc, std::string_view doing) {
  auto text = std::string{doing} + ": " + sqlite3_errstr(rc);
  if (db && sqlite3_extended_errcode(db) == rc) {
    text = std::string{doing} + ": " + sqlite3_errmsg(db);
    if (int system = sqlite3_system_errno(db); system != 0)
      text += ", errno " + std::to_string(system);
  }
  text += " (sqlite " + std::to_string(rc) + ")";
  auto full = (rc & 0xff) == SQLITE_FULL;
  return refuse(code_of(rc), std::move(text), {},
                full ? "free disk space, then start again" : "");
}

} // namespace ringside::persistence::sqlite
