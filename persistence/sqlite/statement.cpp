#include "persistence/sqlite/statement.hpp"

#include <limits>

namespace ringside::persistence::sqlite {

result<statement> statement::prepare(const connection& db,
                                     std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  int rc
    = sqlite3_prepare_v3(db.raw(), sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (rc != SQLITE_OK)
    return db.failure(rc, "preparing a statement");
  statement result;
  result.raw_.reset(raw);
  return result;
}

statement& statement::note(int rc) noexcept {
  if (bind_failure_ == SQLITE_OK)
    bind_failure_ = rc;
  return *this;
}

statement& statement::bind(int index, std::uint64_t value) {
  // SQLite counts in signed integers; nothing in a journal is that far out.
  constexpr std::uint64_t greatest = std::numeric_limits<sqlite3_int64>::max();
  auto number = static_cast<sqlite3_int64>(value < greatest ? value : greatest);
  return note(sqlite3_bind_int64(raw_.get(), index, number));
}

statement& statement::bind_text(int index, std::string_view value) {
  return note(sqlite3_bind_text64(raw_.get(), index, value.data(), value.size(),
                                  SQLITE_STATIC, SQLITE_UTF8));
}

statement& statement::bind_bytes(int index, std::string_view value) {
  // A null pointer would bind NULL, not an empty blob.
  auto data = value.empty() ? "" : value.data();
  return note(
    sqlite3_bind_blob64(raw_.get(), index, data, value.size(), SQLITE_STATIC));
}

statement& statement::bind_bytes(int index,
                                 std::span<const std::uint8_t> value) {
  return bind_bytes(
    index, {reinterpret_cast<const char*>(value.data()), value.size()});
}

result<bool> statement::step(std::string_view doing) {
  int rc
    = bind_failure_ == SQLITE_OK ? sqlite3_step(raw_.get()) : bind_failure_;
  if (rc == SQLITE_ROW || rc == SQLITE_DONE)
    return rc == SQLITE_ROW;
  return failure_of(sqlite3_db_handle(raw_.get()), rc, doing);
}

std::uint64_t statement::integer(int column) const {
  return static_cast<std::uint64_t>(sqlite3_column_int64(raw_.get(), column));
}

bool statement::is_null(int column) const {
  return sqlite3_column_type(raw_.get(), column) == SQLITE_NULL;
}

std::string_view statement::text(int column) const {
  auto data = sqlite3_column_text(raw_.get(), column);
  auto size = sqlite3_column_bytes(raw_.get(), column);
  if (data == nullptr)
    return {};
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

std::string_view statement::bytes(int column) const {
  auto data = sqlite3_column_blob(raw_.get(), column);
  auto size = sqlite3_column_bytes(raw_.get(), column);
  if (data == nullptr)
    return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

void statement::reset() noexcept {
  sqlite3_reset(raw_.get());
  sqlite3_clear_bindings(raw_.get());
  bind_failure_ = SQLITE_OK;
}

transaction::~transaction() {
  // Some failures have rolled back already; then this is not a transaction.
  if (sqlite3_get_autocommit(db_.raw()) == 0)
    sqlite3_exec(db_.raw(), "ROLLBACK", nullptr, nullptr, nullptr);
}

result<unit> transaction::begin() {
  return db_.exec("BEGIN IMMEDIATE", "beginning a transaction");
}

result<unit> transaction::commit() {
  return db_.exec("COMMIT", "committing");
}

} // namespace ringside::persistence::sqlite
