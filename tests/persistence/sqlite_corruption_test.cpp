#include "persistence/sqlite/sqlite_journal_store.hpp"
#include "tests/persistence/support/entries.hpp"
#include "tests/persistence/support/raw_database.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

namespace ringside::persistence::test {

namespace {

constexpr std::uint64_t entries_written = 300;

class sqlite_corruption : public testing::Test {
protected:
  void SetUp() override {
    auto store = sqlite_journal_store::open(file);
    ASSERT_TRUE(store);
    ASSERT_TRUE(
      (*store)->append(batch(0, entries_written), head_at(entries_written)));
    ASSERT_TRUE((*store)->put_checkpoint(checkpoint_of(entries_written)));
    store->reset();
    std::ifstream in{file, std::ios::binary};
    std::stringstream bytes;
    bytes << in.rdbuf();
    sound = bytes.str();
  }

  void put(const std::string& bytes) {
    std::filesystem::remove(file.string() + "-wal");
    std::filesystem::remove(file.string() + "-shm");
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << bytes;
  }

  /// Calls everything; gives the codes of all failures.
  std::vector<ec> use_everything(bool read_only) {
    std::vector<ec> codes;
    auto note = [&](const auto& answer) {
      if (!answer)
        codes.push_back(answer.reason().code);
    };
    auto opened = sqlite_journal_store::open(file, {read_only, 100, 0, ""});
    note(opened);
    if (!opened)
      return codes;
    auto& store = **opened;
    note(store.head());
    note(store.read(0, SIZE_MAX));
    note(store.leaves(0, SIZE_MAX));
    note(store.tails());
    for (std::uint64_t i = 0; i < bout_count; ++i)
      note(store.read_bout(bout_of(i), 0, SIZE_MAX));
    note(store.checkpoints());
    note(store.last_checkpoint());
    note(store.check());
    if (!read_only)
      note(store.append(batch(entries_written, 20),
                        head_at(entries_written + 20)));
    return codes;
  }

  /// Cuts or changes the tables behind the store's back.
  void tamper(const std::string& sql) {
    raw_database raw{file};
    raw.run("DROP TRIGGER audit_entry_no_delete;"
            "DROP TRIGGER audit_entry_no_update;"
            "DROP TRIGGER audit_head_no_delete;");
    ASSERT_EQ(raw.run(sql), "");
  }

  std::unique_ptr<sqlite_journal_store> reader() {
    auto store = sqlite_journal_store::open(file, {true, 100, 0, ""});
    RINGSIDE_CHECK(store);
    return std::move(*store);
  }

  temp_directory dir;
  std::filesystem::path file = dir.path() / "journal.db";
  std::string sound;
};

TEST_F(sqlite_corruption, flipped_bits_give_errors_and_never_a_crash) {
  std::mt19937_64 random{9};
  int noticed = 0;
  for (int i = 0; i < 400; ++i) {
    auto bytes = sound;
    auto at = random() % (i % 4 == 0 ? 200 : bytes.size());
    bytes[at] = static_cast<char>(bytes[at] ^ 1 << random() % 8);
    put(bytes);
    auto codes = use_everything(i % 2 == 0);
    for (auto code : codes)
      EXPECT_TRUE(code == ec::corrupt || code == ec::wrong_state
                  || (code == ec::io_error && at < 100)
                  || code == ec::read_only)
        << "byte " << at << ": " << to_string(code);
    noticed += codes.empty() ? 0 : 1;
  }
  // The rest fell into payload, which only leaf hashes protect.
  EXPECT_GT(noticed, 60);
}

TEST_F(sqlite_corruption, overwritten_pages_are_corrupt) {
  int noticed = 0;
  int pages = static_cast<int>(sound.size() / 4096);
  for (int page = 0; page < pages; ++page) {
    auto bytes = sound;
    bytes.replace(static_cast<std::size_t>(page) * 4096, 4096, 4096, '\xa5');
    put(bytes);
    auto codes = use_everything(true);
    noticed += codes.empty() ? 0 : 1;
    for (auto code : codes)
      EXPECT_EQ(code, ec::corrupt) << "page " << page;
  }
  EXPECT_EQ(noticed, pages);
}

TEST_F(sqlite_corruption, truncated_files_are_corrupt) {
  for (std::size_t keep : {1000u, 4096u, 5000u, 40'960u, 65'000u}) {
    ASSERT_LT(keep, sound.size());
    for (bool read_only : {true, false}) {
      put(sound.substr(0, keep));
      auto codes = use_everything(read_only);
      ASSERT_FALSE(codes.empty()) << keep;
      EXPECT_EQ(codes.front(), ec::corrupt) << keep;
    }
  }
}

TEST_F(sqlite_corruption, something_else_is_not_a_journal) {
  put(std::string(20'000, 'x'));
  EXPECT_EQ(use_everything(true), std::vector{ec::corrupt});
  EXPECT_EQ(use_everything(false), std::vector{ec::corrupt});
}

TEST_F(sqlite_corruption, journal_cut_short_is_corrupt) {
  tamper("DELETE FROM audit_entry WHERE idx >= 290");
  auto store = reader();
  EXPECT_EQ(store->head().reason().code, ec::corrupt);
  EXPECT_EQ(*store->read(0, SIZE_MAX), batch(0, 290));
}

TEST_F(sqlite_corruption, missing_entry_in_the_middle_is_corrupt) {
  tamper("DELETE FROM audit_entry WHERE idx = 100");
  auto store = reader();
  EXPECT_TRUE(store->head());
  EXPECT_EQ(store->read(0, SIZE_MAX).reason().code, ec::corrupt);
  EXPECT_EQ(store->leaves(100, 1).reason().code, ec::corrupt);
  EXPECT_EQ(store->read_bout(bout_of(0), 0, 999).reason().code, ec::corrupt);
  EXPECT_EQ(store->check().reason().code, ec::corrupt);
}

TEST_F(sqlite_corruption, missing_head_is_corrupt) {
  tamper("DELETE FROM audit_head");
  EXPECT_EQ(reader()->head().reason().code, ec::corrupt);
}

TEST_F(sqlite_corruption, missing_table_is_corrupt) {
  tamper("DROP TABLE audit_checkpoint");
  auto store = sqlite_journal_store::open(file);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.reason().code, ec::corrupt);
}

} // namespace

} // namespace ringside::persistence::test
