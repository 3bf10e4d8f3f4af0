#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <string>

namespace ringside::persistence::test {

/// A hand on the database that goes round the store.
class raw_database {
public:
  explicit raw_database(const std::filesystem::path& file) {
    sqlite3_open(file.c_str(), &db_);
  }

  raw_database(const raw_database&) = delete;
  raw_database& operator=(const raw_database&) = delete;

  ~raw_database() {
    sqlite3_close(db_);
  }

  /// Runs SQL; empty if it worked, else SQLite's message.
  std::string run(const std::string& sql) {
    char* text = nullptr;
    sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &text);
    std::string message = text ? text : "";
    sqlite3_free(text);
    return message;
  }

private:
  sqlite3* db_ = nullptr;
};

} // namespace ringside::persistence::test
