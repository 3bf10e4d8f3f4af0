#pragma once

#include "persistence/migration.hpp"
#include "persistence/sqlite/connection.hpp"

#include <cstddef>
#include <span>

namespace ringside::persistence {

/// The migrations of `schemas/sql/sqlite`, in order.
std::span<const migration> sqlite_migrations();

} // namespace ringside::persistence

namespace ringside::persistence::sqlite {

/// Brings a database to the newest schema in one transaction, or only checks
/// it if `read_only`. `corrupt` if a migration that was applied has changed
/// since; `wrong_state` if the database is newer than this program, older
/// than a reader needs, or not a journal at all.
result<unit> migrate(connection& db, std::span<const migration> known,
                     bool read_only);

/// How many of them a database has; 0 for an empty one. Errors as `migrate`.
result<std::size_t> applied(connection& db, std::span<const migration> known);

} // namespace ringside::persistence::sqlite
