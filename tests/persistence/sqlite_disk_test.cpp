#include "persistence/sqlite/sqlite_journal_store.hpp"
#include "tests/persistence/support/entries.hpp"
#include "tests/persistence/support/faulty_vfs.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <random>

namespace ringside::persistence::test {

namespace {

using store_ptr = std::unique_ptr<sqlite_journal_store>;

/// A journal on a disk that fails, and a record of what was promised.
class sqlite_disk : public testing::Test {
protected:
  result<store_ptr> try_open() {
    sqlite_options options;
    options.vfs = faulty_disk::vfs_name;
    return sqlite_journal_store::open(dir.path() / "journal.db", options);
  }

  /// Opens after a crash: all that was acked is there, at most the attempted
  /// batch in addition, and the file is sound.
  void reopen() {
    store.reset();
    disk.revive();
    auto opened = try_open();
    ASSERT_TRUE(opened) << opened.reason().detail;
    store = std::move(*opened);
    auto head = store->head();
    ASSERT_TRUE(head) << head.reason().detail;
    ASSERT_TRUE(head->size == acked || head->size == attempted)
      << head->size << " entries; acked " << acked << ", attempted "
      << attempted;
    acked = attempted = head->size;
    ASSERT_EQ(difference(*store, acked), "");
    auto sound = store->check();
    ASSERT_TRUE(sound) << sound.reason().detail;
  }

  result<unit> append(std::size_t count) {
    attempted = acked + count;
    auto done = store->append(batch(acked, count), head_at(attempted));
    if (done)
      acked = attempted;
    return done;
  }

  /// The process dies without closing anything.
  void kill() {
    disk.die(0);
    store.reset();
    disk.revive();
  }

  faulty_disk& disk = faulty_disk::fresh();
  temp_directory dir;
  store_ptr store;
  std::uint64_t acked = 0;
  std::uint64_t attempted = 0;
};

TEST_F(sqlite_disk, keeps_acked_entries_over_power_cuts) {
  std::mt19937_64 random{20261};
  reopen();
  std::uint64_t in_doubt = 0;
  for (int round = 0; round < 150; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    disk.die(1 + random() % 300);
    auto big = random() % 8 == 0;
    while (append(1 + random() % (big ? 900 : 30))) {
      // nop
    }
    store.reset();
    auto promised = acked;
    disk.power_cut(random(), random() % 4 != 0);
    reopen();
    ASSERT_FALSE(HasFatalFailure());
    in_doubt += acked > promised ? 1 : 0;
  }
  EXPECT_GT(acked, 1'000u);
  EXPECT_GT(in_doubt, 0u) << "no cut ever fell between write and ack";
}

TEST_F(sqlite_disk, survives_a_failure_of_every_single_sync) {
  reopen();
  std::uint64_t failures = 0;
  for (std::uint64_t n = 1; n <= 12; ++n) {
    SCOPED_TRACE("sync " + std::to_string(n));
    disk.fail_sync(n);
    for (int i = 0; i < 6; ++i) {
      auto done = append(400);
      if (done)
        continue;
      ++failures;
      EXPECT_EQ(done.reason().code, ec::io_error);
      auto again = append(1);
      ASSERT_FALSE(again);
      EXPECT_EQ(again.reason().code, ec::read_only);
      attempted = acked + 400;
      break;
    }
    reopen();
    ASSERT_FALSE(HasFatalFailure());
  }
  EXPECT_GE(failures, 6u);
}

TEST_F(sqlite_disk, does_not_build_on_pages_a_failed_sync_lost) {
  reopen();
  for (int round = 0; round < 20; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    ASSERT_TRUE(append(5));
    disk.fail_sync(1);
    ASSERT_FALSE(append(5));
    // The commit that failed stays visible in the page cache, but it is not
    // on the disk and no later sync will put it there.
    kill();
    reopen();
    ASSERT_FALSE(HasFatalFailure());
    ASSERT_TRUE(append(5));
    disk.die(0);
    store.reset();
    disk.power_cut(0, false);
    reopen();
    ASSERT_FALSE(HasFatalFailure());
  }
}

TEST_F(sqlite_disk, survives_a_failure_of_every_single_write) {
  reopen();
  for (int rc : {SQLITE_IOERR_WRITE, SQLITE_FULL}) {
    for (std::uint64_t n = 1; n <= 60; ++n) {
      SCOPED_TRACE("write " + std::to_string(n) + " rc " + std::to_string(rc));
      disk.fail_write(n, rc);
      result<unit> done = unit{};
      for (int i = 0; i < 40 && done; ++i)
        done = append(3);
      ASSERT_FALSE(done);
      EXPECT_EQ(done.reason().code, ec::io_error);
      auto mark = store->put_checkpoint(checkpoint_of(acked));
      ASSERT_FALSE(mark);
      EXPECT_EQ(mark.reason().code, ec::read_only);
      reopen();
      ASSERT_FALSE(HasFatalFailure());
    }
  }
}

TEST_F(sqlite_disk, reports_a_full_database_and_goes_on_when_there_is_room) {
  auto open = [this](std::uint32_t pages) {
    sqlite_options options;
    options.pages_max = pages;
    auto opened
      = sqlite_journal_store::open(dir.path() / "journal.db", options);
    RINGSIDE_CHECK(opened);
    store = std::move(*opened);
  };
  open(60);
  result<unit> done = unit{};
  while (done)
    done = append(10);
  EXPECT_EQ(done.reason().code, ec::io_error);
  EXPECT_NE(done.reason().detail.find("full"), std::string::npos)
    << done.reason().detail;
  EXPECT_NE(done.reason().hint, "");
  EXPECT_GT(acked, 100u);
  EXPECT_EQ(append(1).reason().code, ec::read_only);
  EXPECT_EQ(difference(*store, acked), "") << "reading goes on";
  store.reset();
  open(0);
  EXPECT_EQ(difference(*store, acked), "");
  EXPECT_TRUE(append(10));
}

} // namespace

} // namespace ringside::persistence::test
