#include "persistence/sqlite/migrate.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"
#include "tests/persistence/support/entries.hpp"
#include "tests/persistence/support/raw_database.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace ringside::persistence::test {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t many = 2'000;

/// Whether erased bytes are really gone from the files.
class sqlite_erase : public testing::Test {
protected:
  void SetUp() override {
    open();
    // Small and large batches, so that pages split in every way.
    for (std::uint64_t size = 0; size < many;) {
      auto count
        = std::min<std::uint64_t>(size % 7 == 0 ? 300 : 1, many - size);
      ASSERT_TRUE(store->append(batch(size, count), head_at(size + count)));
      size += count;
    }
  }

  void open(int busy_timeout_ms = 5'000) {
    store.reset();
    sqlite_options options;
    options.busy_timeout_ms = busy_timeout_ms;
    auto opened = sqlite_journal_store::open(file, options);
    ASSERT_TRUE(opened) << opened.reason().detail;
    store = std::move(*opened);
  }

  /// How often the text of an entry stands in any file of the directory.
  std::size_t found(std::uint64_t seq) {
    auto needle = "of " + std::to_string(seq) + "\"}";
    std::size_t count = 0;
    for (const auto& each : fs::directory_iterator{dir.path()}) {
      std::ifstream in{each.path(), std::ios::binary};
      std::string bytes{std::istreambuf_iterator<char>{in}, {}};
      for (auto at = bytes.find(needle); at != std::string::npos;
           at = bytes.find(needle, at + 1))
        ++count;
      auto salt = personal_of(seq).salt;
      count
        += bytes.find({reinterpret_cast<const char*>(salt.data()), salt.size()})
               != std::string::npos
             ? 1
             : 0;
    }
    return count;
  }

  temp_directory dir;
  fs::path file = dir.path() / "journal.db";
  std::unique_ptr<sqlite_journal_store> store;
};

TEST_F(sqlite_erase, nothing_of_it_is_left_in_any_file) {
  std::set<std::uint64_t> erased;
  for (std::uint64_t seq = 0; seq < many; seq += 3) {
    // Half of them, in an order that leaves no page untouched.
    auto victim = seq * 7 % (many / 3 * 3);
    if (!has_personal(victim) || victim % 2 != 0 || erased.contains(victim))
      continue;
    if (erased.size() < 5) {
      EXPECT_GT(found(victim), 0u) << "the test must be able to fail";
    }
    ASSERT_TRUE(*store->erase_personal(victim));
    erased.insert(victim);
  }
  ASSERT_GT(erased.size(), 200u);
  for (auto seq : erased)
    EXPECT_EQ(found(seq), 0u) << seq;
  EXPECT_GT(found(9), 0u);
  EXPECT_EQ(difference(*store, many, erased), "");
  EXPECT_TRUE(store->check());
  EXPECT_EQ(fs::file_size(file.string() + "-wal"), 0u);
}

TEST_F(sqlite_erase, what_is_only_in_the_wal_is_gone_too) {
  ASSERT_TRUE(store->append(batch(many, 2), head_at(many + 2)));
  auto fresh = has_personal(many) ? many : many + 1;
  ASSERT_TRUE(has_personal(fresh));
  EXPECT_GT(found(fresh), 0u);
  EXPECT_TRUE(*store->erase_personal(fresh));
  EXPECT_EQ(found(fresh), 0u);
}

TEST_F(sqlite_erase, says_when_a_reader_keeps_the_old_bytes_alive) {
  open(20);
  // A transaction that began before, on pages that are in the WAL.
  ASSERT_TRUE(store->append(batch(many, 3), head_at(many + 3)));
  raw_database reader{file};
  ASSERT_EQ(reader.run("BEGIN; SELECT count(*) FROM audit_entry"), "");
  auto kept = store->erase_personal(27);
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.reason().code, ec::unavailable);
  EXPECT_NE(kept.reason().hint, "");
  EXPECT_TRUE(store->append(batch(many + 3, 1), head_at(many + 4)))
    << "the journal itself is fine";
  ASSERT_EQ(reader.run("COMMIT"), "");
  auto again = store->erase_personal(27);
  ASSERT_TRUE(again) << again.reason().detail;
  EXPECT_FALSE(*again) << "it was erased the first time";
  EXPECT_EQ(found(27), 0u);
}

/// The journal of a program from before there were personal parts.
TEST(sqlite_older, an_older_journal_is_read_and_then_carried_on) {
  temp_directory dir;
  auto file = dir.path() / "journal.db";
  {
    auto db = sqlite::connection::open(file, {false, 100, ""});
    ASSERT_TRUE(db);
    ASSERT_TRUE(db->exec("PRAGMA journal_mode = WAL", "test"));
    ASSERT_TRUE(sqlite::migrate(*db, sqlite_migrations().first(1), false));
    ASSERT_TRUE(db->exec("INSERT INTO audit_entry VALUES "
                         "(0, 'b', 0, zeroblob(32), x'7b7d');"
                         "UPDATE audit_head SET size = 1",
                         "test"));
  }
  sqlite_options options;
  options.read_only = true;
  auto expect_entry = [](sqlite_journal_store& store) {
    auto all = store.read(0, 9);
    ASSERT_TRUE(all) << all.reason().detail;
    ASSERT_EQ(all->size(), 1u);
    EXPECT_EQ(all->front().bytes, "{}");
    EXPECT_EQ(all->front().personal, std::nullopt);
  };
  for (int i = 0; i < 2; ++i) {
    auto reader = sqlite_journal_store::open(file, options);
    ASSERT_TRUE(reader) << reader.reason().detail;
    expect_entry(**reader);
    EXPECT_EQ(raw_database{file}.run("SELECT * FROM personal"),
              "no such table: personal")
      << "a reader changes nothing";
  }
  auto writer = sqlite_journal_store::open(file);
  ASSERT_TRUE(writer) << writer.reason().detail;
  expect_entry(**writer);
  EXPECT_EQ(raw_database{file}.run("SELECT * FROM personal"), "");
  EXPECT_FALSE(*(*writer)->erase_personal(0));
}

} // namespace

} // namespace ringside::persistence::test
