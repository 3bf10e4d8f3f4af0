#include "persistence/sqlite/migrate.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"
#include "tests/persistence/support/raw_database.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

namespace ringside::persistence::test {

namespace {

using sqlite::connection;
using sqlite::migrate;

constexpr migration one = {1, "one", "aa", "CREATE TABLE a (x)"};
constexpr migration two
  = {2, "two", "bb", "CREATE TABLE b (x); CREATE TABLE c (x);"};
constexpr migration broken
  = {2, "broken", "cc", "CREATE TABLE b (x); CREATE TABLE a (x);"};

class sqlite_migration : public testing::Test {
protected:
  result<unit> run(std::vector<migration> known, bool read_only = false) {
    auto db = connection::open(file, {read_only, 100, ""});
    if (!db)
      return db.reason();
    return migrate(*db, known, read_only);
  }

  ec code(std::vector<migration> known, bool read_only = false) {
    auto done = run(std::move(known), read_only);
    return done ? ec{} : done.reason().code;
  }

  bool has_table(const std::string& name) {
    return raw_database{file}.run("SELECT * FROM " + name).empty();
  }

  temp_directory dir;
  std::filesystem::path file = dir.path() / "journal.db";
};

TEST_F(sqlite_migration, applies_all_to_a_fresh_file) {
  ASSERT_TRUE(run({one, two}));
  EXPECT_TRUE(has_table("a") && has_table("b") && has_table("c"));
}

TEST_F(sqlite_migration, applies_nothing_twice) {
  ASSERT_TRUE(run({one, two}));
  EXPECT_TRUE(run({one, two}));
}

TEST_F(sqlite_migration, applies_only_what_is_new) {
  ASSERT_TRUE(run({one}));
  EXPECT_FALSE(has_table("b"));
  ASSERT_TRUE(run({one, two}));
  EXPECT_TRUE(has_table("b"));
}

TEST_F(sqlite_migration, leaves_nothing_of_a_failed_run) {
  ASSERT_TRUE(run({one}));
  EXPECT_EQ(code({one, broken}), ec::corrupt);
  EXPECT_FALSE(has_table("b"));
  EXPECT_TRUE(run({one, two})) << "the right one can still be applied";
}

TEST_F(sqlite_migration, refuses_a_changed_migration) {
  ASSERT_TRUE(run({one, two}));
  auto changed = one;
  changed.sha256 = "dd";
  auto done = run({changed, two});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.reason().code, ec::corrupt);
  EXPECT_NE(done.reason().detail.find("migration 1 (one)"), std::string::npos);
}

TEST_F(sqlite_migration, refuses_a_newer_schema) {
  ASSERT_TRUE(run({one, two}));
  auto done = run({one});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.reason().code, ec::wrong_state);
  EXPECT_EQ(done.reason().detail,
            "the database has schema 2, this program knows up to 1");
}

TEST_F(sqlite_migration, refuses_a_gap) {
  ASSERT_TRUE(run({one, two}));
  raw_database{file}.run("DELETE FROM schema_migration WHERE number = 1");
  EXPECT_EQ(code({one, two}), ec::corrupt);
}

TEST_F(sqlite_migration, refuses_a_database_of_something_else) {
  raw_database{file}.run("CREATE TABLE guests (name)");
  EXPECT_EQ(code({one}), ec::wrong_state);
  EXPECT_FALSE(has_table("a"));
}

TEST_F(sqlite_migration, reader_only_looks) {
  ASSERT_TRUE(run({one}));
  EXPECT_TRUE(run({one}, true));
  EXPECT_EQ(code({one, two}, true), ec::wrong_state);
  EXPECT_FALSE(has_table("b"));
}

TEST_F(sqlite_migration, embedded_ones_are_numbered_and_summed) {
  ASSERT_FALSE(sqlite_migrations().empty());
  std::uint32_t number = 0;
  for (const auto& step : sqlite_migrations()) {
    EXPECT_EQ(step.number, ++number);
    EXPECT_EQ(step.sha256.size(), 64u);
    EXPECT_FALSE(step.sql.empty());
  }
}

TEST_F(sqlite_migration, store_refuses_what_was_tampered_with_or_is_newer) {
  ASSERT_TRUE(sqlite_journal_store::open(file));
  auto opened = [this] {
    auto store = sqlite_journal_store::open(file);
    return store ? ec{} : store.reason().code;
  };
  EXPECT_EQ(opened(), ec{});
  raw_database raw{file};
  raw.run("INSERT INTO schema_migration VALUES (99, 'later', 'ee')");
  EXPECT_EQ(opened(), ec::corrupt) << "a gap before 99";
  raw.run("UPDATE schema_migration SET number = (SELECT max(number) + 1 FROM "
          "schema_migration WHERE number < 99) WHERE number = 99");
  EXPECT_EQ(opened(), ec::wrong_state);
  raw.run("DELETE FROM schema_migration WHERE name = 'later'");
  EXPECT_EQ(opened(), ec{});
  raw.run("UPDATE schema_migration SET sha256 = 'ff' WHERE number = 1");
  EXPECT_EQ(opened(), ec::corrupt);
}

} // namespace

} // namespace ringside::persistence::test
