#include "persistence/sqlite/open_database.hpp"

#include "persistence/sqlite/migrate.hpp"
#include "persistence/sqlite/statement.hpp"

#include <string>

namespace ringside::persistence::sqlite {

namespace {

/// `cell_size_check` makes damaged pages an error instead of a guess;
/// a memory map would turn a cut file into a signal, so there is none.
constexpr auto common_pragmas = "PRAGMA foreign_keys = ON;"
                                "PRAGMA cell_size_check = ON;"
                                "PRAGMA mmap_size = 0;"
                                "PRAGMA temp_store = MEMORY;"
                                "PRAGMA cache_size = -16384;";

/// `secure_delete` from the first entry on: what is freed becomes zeros.
constexpr auto writer_pragmas = "PRAGMA synchronous = FULL;"
                                "PRAGMA secure_delete = ON;"
                                "PRAGMA wal_autocheckpoint = 1000;"
                                "PRAGMA journal_size_limit = 16777216;";

/// Migrations of a journal without the table of personal parts.
constexpr std::size_t before_personal = 1;

result<unit> enter_wal(connection& db) {
  auto mode = statement::prepare(db, "PRAGMA journal_mode = WAL");
  if (!mode)
    return mode.reason();
  auto row = mode->step("entering WAL mode");
  if (!row)
    return row.reason();
  if (!*row || mode->text(0) != "wal")
    return refuse(ec::io_error, "this file system does not support WAL mode");
  return unit{};
}

/// Moves what an earlier process left in the WAL into the database and syncs
/// it. After a failed fsync those pages may exist in memory only; building on
/// them could lose later commits with them. A busy reader may keep it from
/// finishing, which is no failure.
result<unit> settle_wal(connection& db) {
  return db.exec("PRAGMA wal_checkpoint(TRUNCATE)", "settling the WAL");
}

result<unit> prepare_writer(connection& db, const sqlite_options& options) {
  if (auto ok = enter_wal(db); !ok)
    return ok;
  if (auto ok = db.exec(writer_pragmas, "configuring"); !ok)
    return ok;
  if (auto ok = settle_wal(db); !ok)
    return ok;
  if (options.pages_max == 0)
    return unit{};
  return db.exec("PRAGMA max_page_count = " + std::to_string(options.pages_max),
                 "limiting the size");
}

/// A reader changes nothing, so a journal from before there were personal parts
/// gets an empty table of them for this connection only.
result<unit> accept_older(connection& db) {
  auto count = applied(db, sqlite_migrations());
  if (!count)
    return count.reason();
  if (*count != before_personal)
    return migrate(db, sqlite_migrations(), true);
  return db.exec("CREATE TEMP TABLE personal (seq INTEGER PRIMARY KEY, "
                 "erased INTEGER, salt BLOB, payload BLOB)",
                 "reading an older journal");
}

} // namespace

result<connection> open_database(const std::filesystem::path& file,
                                 const sqlite_options& options) {
  auto db = connection::open(
    file, {options.read_only, options.busy_timeout_ms, options.vfs});
  if (!db)
    return db;
  if (auto ok = db->exec(common_pragmas, "configuring"); !ok)
    return ok.reason();
  if (!options.read_only)
    if (auto ok = prepare_writer(*db, options); !ok)
      return ok.reason();
  auto ok = options.read_only ? accept_older(*db)
                              : migrate(*db, sqlite_migrations(), false);
  if (!ok)
    return ok.reason();
  return db;
}

} // namespace ringside::persistence::sqlite
