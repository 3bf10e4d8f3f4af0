#include "persistence/sqlite/migrate.hpp"

#include "persistence/sqlite/statement.hpp"

#include <string>

namespace ringside::persistence::sqlite {

namespace {

constexpr auto doing = "reading the schema";

result<bool> has_rows(connection& db, std::string_view sql) {
  auto found = statement::prepare(db, sql);
  if (!found)
    return found.reason();
  return found->step(doing);
}

/// False if the database is empty; an error if it belongs to something else.
result<bool> is_journal(connection& db) {
  auto ours = has_rows(
    db, "SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'");
  if (!ours || *ours)
    return ours;
  auto foreign = has_rows(db, "SELECT 1 FROM sqlite_master");
  if (foreign && *foreign)
    return refuse(ec::wrong_state, "the database file is not a journal");
  return foreign;
}

result<unit> check_applied(const statement& row, std::size_t index,
                           std::span<const migration> known) {
  auto number = row.integer(0);
  if (number != index + 1)
    return refuse(ec::corrupt, "schema migration " + std::to_string(index + 1)
                                 + " is missing in the database");
  if (index >= known.size())
    return refuse(ec::wrong_state,
                  "the database has schema " + std::to_string(number)
                    + ", this program knows up to "
                    + std::to_string(known.size()),
                  {}, "use the newer program that wrote it");
  if (row.text(1) != known[index].name || row.text(2) != known[index].sha256)
    return refuse(ec::corrupt, "schema migration " + std::to_string(number)
                                 + " (" + std::string{known[index].name}
                                 + ") is not the one that was applied");
  return unit{};
}

/// How many migrations are applied, after comparing each with ours.
result<std::size_t> count_applied(connection& db,
                                  std::span<const migration> known) {
  auto rows = statement::prepare(
    db, "SELECT number, name, sha256 FROM schema_migration ORDER BY number");
  if (!rows)
    return rows.reason();
  std::size_t count = 0;
  for (;;) {
    auto more = rows->step(doing);
    if (!more)
      return more.reason();
    if (!*more)
      return count;
    if (auto ok = check_applied(*rows, count, known); !ok)
      return ok.reason();
    ++count;
  }
}

result<unit> apply(connection& db, const migration& step) {
  auto name = "migration " + std::string{step.name};
  if (auto ok = db.exec(std::string{step.sql}, name); !ok)
    return ok;
  auto row = statement::prepare(
    db, "INSERT INTO schema_migration (number, name, sha256) VALUES (?,?,?)");
  if (!row)
    return row.reason();
  row->bind(1, step.number).bind_text(2, step.name).bind_text(3, step.sha256);
  auto done = row->step(name);
  return done ? result<unit>{unit{}} : done.reason();
}

result<unit> apply_missing(connection& db, std::span<const migration> known) {
  auto table = db.exec("CREATE TABLE IF NOT EXISTS schema_migration ("
                       "number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                       "sha256 TEXT NOT NULL) STRICT",
                       "creating schema_migration");
  if (!table)
    return table;
  auto applied = count_applied(db, known);
  if (!applied)
    return applied.reason();
  for (const auto& step : known.subspan(*applied))
    if (auto ok = apply(db, step); !ok)
      return ok;
  return unit{};
}

} // namespace

result<std::size_t> applied(connection& db, std::span<const migration> known) {
  auto ours = is_journal(db);
  if (!ours)
    return ours.reason();
  return *ours ? count_applied(db, known) : result{std::size_t{0}};
}

result<unit> migrate(connection& db, std::span<const migration> known,
                     bool read_only) {
  auto count = applied(db, known);
  if (!count)
    return count.reason();
  if (*count == known.size())
    return unit{};
  if (read_only)
    return refuse(ec::wrong_state,
                  "the database has schema " + std::to_string(*count) + " of "
                    + std::to_string(known.size()),
                  {}, "open it once for writing");
  transaction changes{db};
  if (auto ok = changes.begin(); !ok)
    return ok;
  if (auto ok = apply_missing(db, known); !ok)
    return ok;
  return changes.commit();
}

} // namespace ringside::persistence::sqlite
