#include "persistence/sqlite/sqlite_journal_store.hpp"
#include "tests/persistence/support/entries.hpp"
#include "tests/persistence/support/raw_database.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace ringside::persistence::test {

namespace {

class sqlite_store : public testing::Test {
protected:
  void SetUp() override {
    open();
    ASSERT_TRUE(store->append(batch(0, 9), head_at(9)));
    ASSERT_TRUE(store->put_checkpoint(checkpoint_of(9)));
  }

  void open() {
    store.reset();
    auto opened = sqlite_journal_store::open(file);
    ASSERT_TRUE(opened) << opened.reason().detail;
    store = std::move(*opened);
  }

  temp_directory dir;
  std::filesystem::path file = dir.path() / "journal.db";
  std::unique_ptr<sqlite_journal_store> store;
};

TEST_F(sqlite_store, triggers_refuse_every_change) {
  raw_database raw{file};
  const std::pair<const char*, const char*> attempts[] = {
    {"UPDATE audit_entry SET bytes = x'00' WHERE idx = 3", "append-only"},
    {"DELETE FROM audit_entry WHERE idx = 8", "append-only"},
    {"UPDATE audit_checkpoint SET note = x'00'", "append-only"},
    {"DELETE FROM audit_checkpoint", "append-only"},
    {"REPLACE INTO audit_checkpoint VALUES (9, zeroblob(32), x'00')",
     "append-only"},
    {"UPDATE audit_head SET size = 8", "never shrinks"},
    {"DELETE FROM audit_head", "keeps its row"},
    {"REPLACE INTO audit_head VALUES (0, 1, zeroblob(32), x'')", "one row"},
    {"UPDATE personal SET payload = x'00' WHERE seq = 3", "not changed"},
    {"UPDATE personal SET erased = 1 WHERE seq = 3", "not changed"},
    {"DELETE FROM personal WHERE seq = 3", "not deleted"},
    {"REPLACE INTO personal VALUES (3, 0, zeroblob(16), x'00')", "not changed"},
  };
  for (const auto& [sql, reason] : attempts)
    EXPECT_NE(raw.run(sql).find(reason), std::string::npos)
      << sql << ": " << raw.run(sql);
  EXPECT_EQ(difference(*store, 9), "");
  EXPECT_EQ(*store->last_checkpoint(), checkpoint_of(9));
}

TEST_F(sqlite_store, replaced_entry_is_noticed_by_its_bout) {
  raw_database raw{file};
  ASSERT_EQ(raw.run("REPLACE INTO audit_entry VALUES "
                    "(3, 'forged', 0, zeroblob(32), x'00')"),
            "");
  EXPECT_EQ(store->read_bout(bout_of(3), 0, 9).reason().code, ec::corrupt);
}

TEST_F(sqlite_store, people_can_read_the_journal_with_sql) {
  auto entries = batch(9, 1);
  entries[0].bytes = R"({"kind":"score.mark"})";
  ASSERT_TRUE(store->append(entries, head_at(10)));
  raw_database raw{file};
  EXPECT_EQ(raw.run("CREATE TEMP TABLE t (x NOT NULL CHECK (x = 'score.mark'));"
                    "INSERT INTO t VALUES ((SELECT json ->> '$.kind' "
                    "FROM audit_entry_text WHERE idx = 9))"),
            "");
}

TEST_F(sqlite_store, names_itself_to_a_second_writer_in_this_process) {
  auto second = sqlite_journal_store::open(file);
  ASSERT_FALSE(second);
  auto name = "process " + std::to_string(::getpid());
  EXPECT_NE(second.reason().detail.find(name), std::string::npos);
  EXPECT_NE(second.reason().hint, "");
}

TEST_F(sqlite_store, writer_goes_on_while_a_reader_stays_open) {
  sqlite_options options;
  options.read_only = true;
  auto reader = sqlite_journal_store::open(file, options);
  ASSERT_TRUE(reader);
  for (std::uint64_t size = 9; size < 9 + 40 * 500; size += 500)
    ASSERT_TRUE(store->append(batch(size, 500), head_at(size + 500)));
  EXPECT_EQ((*reader)->head()->size, 20'009u);
  // Checkpoints keep the WAL near 1000 pages: no statement pins it.
  auto wal = std::filesystem::file_size(file.string() + "-wal");
  EXPECT_LT(wal, 8u * 1024 * 1024);
}

TEST_F(sqlite_store, waits_for_another_hand_and_then_gives_up) {
  store.reset();
  sqlite_options options;
  options.busy_timeout_ms = 20;
  auto opened = sqlite_journal_store::open(file, options);
  ASSERT_TRUE(opened);
  store = std::move(*opened);
  raw_database raw{file};
  ASSERT_EQ(raw.run("BEGIN IMMEDIATE"), "");
  auto done = store->append(batch(9, 1), head_at(10));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.reason().code, ec::io_error);
  ASSERT_EQ(raw.run("ROLLBACK"), "");
  open();
  EXPECT_EQ(difference(*store, 9), "");
}

TEST_F(sqlite_store, says_where_it_could_not_open) {
  auto nowhere = sqlite_journal_store::open(dir.path() / "no" / "journal.db");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.reason().code, ec::io_error);
  EXPECT_NE(nowhere.reason().detail.find(dir.path().string()),
            std::string::npos);
}

TEST_F(sqlite_store, file_name_is_never_an_uri) {
  auto odd = dir.path() / "file:x?mode=memory";
  auto opened = sqlite_journal_store::open(odd, {true, 10, 0, ""});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.reason().code, ec::not_found);
}

TEST_F(sqlite_store, check_accepts_a_sound_file) {
  auto sound = store->check();
  EXPECT_TRUE(sound) << sound.reason().detail;
}

} // namespace

} // namespace ringside::persistence::test
