#include "persistence/memory/memory_journal_store.hpp"
#include "tests/persistence/support/entries.hpp"

#include <gtest/gtest.h>

namespace ringside::persistence::test {

namespace {

class memory_faults : public testing::Test {
protected:
  std::unique_ptr<memory_journal_store> open() {
    auto store = memory_journal_store::open(disk);
    RINGSIDE_CHECK(store);
    return std::move(*store);
  }

  /// Strikes once, at the next call of `op`.
  void next(store_op op, fault what) {
    disk->plan([op, what, done = false](store_op now, std::uint64_t) mutable {
      if (done || now != op)
        return fault{};
      done = true;
      return what;
    });
  }

  std::shared_ptr<memory_disk> disk = std::make_shared<memory_disk>();
};

TEST_F(memory_faults, plan_sees_every_call_with_its_number) {
  std::vector<std::pair<store_op, std::uint64_t>> seen;
  disk->plan([&](store_op op, std::uint64_t call) {
    seen.emplace_back(op, call);
    return fault{};
  });
  auto store = open();
  ASSERT_TRUE(store->append(batch(0, 2), head_at(2)));
  ASSERT_TRUE(store->head());
  std::vector<std::pair<store_op, std::uint64_t>> expected
    = {{store_op::open, 1}, {store_op::append, 2}, {store_op::head, 3}};
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(disk->calls(), 3u);
}

TEST_F(memory_faults, failed_append_has_no_effect_and_closes_the_gate) {
  auto store = open();
  next(store_op::append, {fault::kind::fail});
  EXPECT_EQ(store->append(batch(0, 2), head_at(2)).reason().code, ec::io_error);
  EXPECT_EQ(difference(*store, 0), "");
  EXPECT_EQ(store->append(batch(0, 2), head_at(2)).reason().code,
            ec::read_only);
  store.reset();
  EXPECT_TRUE(open()->append(batch(0, 2), head_at(2)));
}

TEST_F(memory_faults, append_in_doubt_is_found_after_a_restart) {
  auto store = open();
  next(store_op::append, {fault::kind::fail_after});
  EXPECT_EQ(store->append(batch(0, 2), head_at(2)).reason().code, ec::io_error);
  store.reset();
  EXPECT_EQ(difference(*open(), 2), "");
}

TEST_F(memory_faults, failed_open_does_not_keep_the_disk) {
  for (auto kind : {fault::kind::fail, fault::kind::fail_after}) {
    next(store_op::open, {kind});
    EXPECT_EQ(memory_journal_store::open(disk).reason().code, ec::io_error);
    EXPECT_TRUE(open()->head());
  }
}

TEST_F(memory_faults, full_disk_takes_nothing_more_until_there_is_room) {
  auto store = open();
  ASSERT_TRUE(store->append(batch(0, 2), head_at(2)));
  auto used = disk->image().bytes;
  next(store_op::append, {fault::kind::disk_full, used + 10});
  EXPECT_EQ(store->append(batch(2, 1), head_at(3)).reason().code, ec::io_error);
  store.reset();
  store = open();
  EXPECT_EQ(difference(*store, 2), "");
  EXPECT_EQ(store->append(batch(2, 1), head_at(3)).reason().code, ec::io_error);
  store.reset();
  disk->capacity(used + 10'000);
  EXPECT_TRUE(open()->append(batch(2, 1), head_at(3)));
}

TEST_F(memory_faults, full_disk_takes_no_checkpoint) {
  auto store = open();
  ASSERT_TRUE(store->append(batch(0, 2), head_at(2)));
  disk->capacity(disk->image().bytes);
  EXPECT_EQ(store->put_checkpoint(checkpoint_of(2)).reason().code,
            ec::io_error);
  EXPECT_TRUE(store->checkpoints()->empty());
}

TEST_F(memory_faults, journal_cut_short_is_corrupt) {
  auto store = open();
  ASSERT_TRUE(store->append(batch(0, 9), head_at(9)));
  next(store_op::read, {fault::kind::cut, 3});
  EXPECT_EQ(*store->read(0, 99), batch(0, 6));
  EXPECT_EQ(store->head().reason().code, ec::corrupt);
  EXPECT_EQ(store->append(batch(6, 1), head_at(7)).reason().code, ec::corrupt);
  EXPECT_EQ(store->put_checkpoint(checkpoint_of(6)).reason().code, ec::corrupt);
  EXPECT_EQ(*store->tails(), tails_at(6));
}

TEST_F(memory_faults, flipped_byte_is_one_entry_that_differs) {
  auto store = open();
  ASSERT_TRUE(store->append(batch(0, 9), head_at(9)));
  next(store_op::read, {fault::kind::flip, 4, 2});
  auto expected = batch(0, 9);
  expected[4].bytes[2] = static_cast<char>(expected[4].bytes[2] ^ 1);
  EXPECT_EQ(*store->read(0, 9), expected);
}

TEST_F(memory_faults, restored_image_is_an_older_journal_that_fits) {
  auto store = open();
  ASSERT_TRUE(store->append(batch(0, 4), head_at(4)));
  auto backup = disk->image();
  ASSERT_TRUE(store->append(batch(4, 4), head_at(8)));
  disk->restore(std::move(backup));
  EXPECT_EQ(difference(*store, 4), "");
}

} // namespace

} // namespace ringside::persistence::test
