#pragma once

#include "persistence/sqlite/connection.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"

#include <filesystem>

namespace ringside::persistence::sqlite {

/// Opens the database of a journal, configured and with the schema that this
/// program knows; what an earlier process left in the WAL is settled first. A
/// reader also takes the schema from before there were personal parts.
/// Errors as `sqlite_journal_store::open`.
result<connection> open_database(const std::filesystem::path& file,
                                 const sqlite_options& options);

} // namespace ringside::persistence::sqlite
