#pragma once

#include "persistence/sqlite/connection.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace ringside::persistence::sqlite {

/// One prepared statement. It borrows the connection's handle and has to be
/// destroyed before it.
class statement {
public:
  static result<statement> prepare(const connection& db, std::string_view sql);

  // -- parameters, numbered from 1; text and bytes must outlive step() --------

  statement& bind(int index, std::uint64_t value);
  statement& bind_text(int index, std::string_view value);
  statement& bind_bytes(int index, std::string_view value);
  statement& bind_bytes(int index, std::span<const std::uint8_t> value);

  /// True: a row is there; false: done. `doing` names the work in the error,
  /// which also reports a parameter that could not be bound.
  result<bool> step(std::string_view doing);

  // -- columns of the row, numbered from 0; valid until the next step() -------

  std::uint64_t integer(int column) const;
  bool is_null(int column) const;
  std::string_view text(int column) const;
  std::string_view bytes(int column) const;

  /// Makes the statement ready for another use and ends its read lock.
  void reset() noexcept;

private:
  struct finalizer {
    void operator()(sqlite3_stmt* raw) const noexcept {
      sqlite3_finalize(raw);
    }
  };

  statement& note(int rc) noexcept;

  std::unique_ptr<sqlite3_stmt, finalizer> raw_;
  int bind_failure_ = SQLITE_OK;
};

/// Resets a statement when a function is done with it, however it ends. A
/// statement left open would pin the WAL.
class use {
public:
  explicit use(statement& target) noexcept : target_(target) {
    // nop
  }

  use(const use&) = delete;
  use& operator=(const use&) = delete;

  ~use() {
    target_.reset();
  }

  statement* operator->() const noexcept {
    return &target_;
  }

  statement& operator*() const noexcept {
    return target_;
  }

private:
  statement& target_;
};

/// A write transaction that rolls back unless it was committed.
class transaction {
public:
  explicit transaction(connection& db) noexcept : db_(db) {
    // nop
  }

  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;

  ~transaction();

  /// Takes the write lock at once, so that nothing read inside can be stale.
  result<unit> begin();

  /// After `io_error` the fate of the transaction is unknown.
  result<unit> commit();

private:
  connection& db_;
};

} // namespace ringside::persistence::sqlite
