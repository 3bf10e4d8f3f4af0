#include "domain/base/limits.hpp"
#include "tests/persistence/support/entries.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

namespace ringside::persistence::test {

namespace {

/// One statement of the contract each, over every engine.
class store_contract : public testing::TestWithParam<place_kind> {
protected:
  void SetUp() override {
    place = GetParam().make();
    reopen();
  }

  void reopen() {
    store.reset();
    auto opened = place->open();
    ASSERT_TRUE(opened) << opened.reason().detail;
    store = std::move(*opened);
  }

  void fill(std::uint64_t size) {
    auto from = store->head()->size;
    auto done = store->append(batch(from, size - from), head_at(size));
    ASSERT_TRUE(done) << done.reason().detail;
  }

  /// Appends `entries` with `head` and gives the code of the refusal; the
  /// journal must still hold `size` entries and accept the right ones.
  ec refused(const std::vector<journal_entry>& entries,
             const journal_head& head, std::uint64_t size) {
    auto done = store->append(entries, head);
    EXPECT_FALSE(done);
    EXPECT_EQ(difference(*store, size), "");
    EXPECT_TRUE(store->append(batch(size, 1), head_at(size + 1)));
    return done ? ec::internal : done.reason().code;
  }

  std::unique_ptr<store_place> place;
  std::unique_ptr<journal_store> store;
};

TEST_P(store_contract, fresh_journal_is_empty) {
  EXPECT_EQ(*store->head(), journal_head{});
  EXPECT_TRUE(store->read(0, 10)->empty());
  EXPECT_TRUE(store->read_bout(bout_id{"b"}, 0, 10)->empty());
  EXPECT_TRUE(store->tails()->empty());
  EXPECT_TRUE(store->leaves(0, 10)->empty());
  EXPECT_TRUE(store->checkpoints()->empty());
  EXPECT_EQ(*store->last_checkpoint(), std::nullopt);
}

TEST_P(store_contract, keeps_what_was_appended_over_a_reopen) {
  fill(7);
  fill(23);
  EXPECT_EQ(difference(*store, 23), "");
  reopen();
  EXPECT_EQ(difference(*store, 23), "");
}

TEST_P(store_contract, reads_windows) {
  fill(23);
  EXPECT_EQ(*store->read(5, 3), batch(5, 3));
  EXPECT_EQ(*store->read(20, SIZE_MAX), batch(20, 3));
  EXPECT_TRUE(store->read(23, 1)->empty());
  EXPECT_TRUE(store->read(UINT64_MAX, SIZE_MAX)->empty());
  EXPECT_TRUE(store->read(0, 0)->empty());
  std::vector<audit::hash> leaves = {entry_at(21).leaf, entry_at(22).leaf};
  EXPECT_EQ(*store->leaves(21, 9), leaves);
}

TEST_P(store_contract, reads_one_bout) {
  fill(23);
  std::vector<journal_entry> expected = {entry_at(6), entry_at(11)};
  EXPECT_EQ(*store->read_bout(bout_of(1), 1, 2), expected);
  EXPECT_EQ(store->read_bout(bout_of(1), 0, SIZE_MAX)->size(), 5u);
  EXPECT_TRUE(store->read_bout(bout_of(1), 5, 1)->empty());
  EXPECT_TRUE(store->read_bout(bout_id{"nobody"}, 0, 1)->empty());
}

TEST_P(store_contract, refuses_a_gap) {
  fill(5);
  EXPECT_EQ(refused(batch(6, 2), head_at(7), 5), ec::corrupt);
}

TEST_P(store_contract, refuses_a_taken_position) {
  fill(5);
  EXPECT_EQ(refused(batch(4, 2), head_at(7), 5), ec::corrupt);
}

TEST_P(store_contract, refuses_a_gap_inside_a_batch) {
  fill(5);
  auto entries = batch(5, 3);
  entries[2].seq = 8;
  EXPECT_EQ(refused(entries, head_at(8), 5), ec::corrupt);
}

TEST_P(store_contract, refuses_a_head_that_does_not_fit) {
  fill(5);
  EXPECT_EQ(refused(batch(5, 2), head_at(8), 5), ec::corrupt);
  EXPECT_EQ(refused(batch(6, 2), head_at(6), 6), ec::corrupt);
  auto wide = head_at(9);
  wide.frontier.resize(65);
  EXPECT_EQ(refused(batch(7, 2), wide, 7), ec::corrupt);
}

TEST_P(store_contract, refuses_a_gap_in_a_bout) {
  fill(5);
  auto entries = batch(5, 2);
  entries[1].bseq += 1;
  EXPECT_EQ(refused(entries, head_at(7), 5), ec::corrupt);
}

TEST_P(store_contract, refuses_a_bout_position_that_is_taken) {
  fill(5);
  auto entries = batch(5, 2);
  entries[1].bout = entries[0].bout;
  EXPECT_EQ(refused(entries, head_at(7), 5), ec::corrupt);
}

TEST_P(store_contract, refuses_a_bout_that_does_not_begin_at_zero) {
  auto entries = batch(0, 1);
  entries[0].bseq = 1;
  EXPECT_EQ(refused(entries, head_at(1), 0), ec::corrupt);
}

TEST_P(store_contract, accepts_no_entries_with_the_present_head_only) {
  fill(5);
  EXPECT_TRUE(store->append({}, head_at(5)));
  auto other = head_at(5);
  other.root = fake_hash('x', 1);
  EXPECT_EQ(refused({}, other, 5), ec::corrupt);
  EXPECT_EQ(difference(*store, 6), "");
}

TEST_P(store_contract, refuses_too_much_at_once) {
  auto many = limits::commit_entries_max + 1;
  EXPECT_EQ(refused(batch(0, many), head_at(many), 0), ec::too_large);
  auto big = batch(1, 1);
  big[0].bytes.assign(limits::entry_bytes_max + 1, 'x');
  EXPECT_EQ(refused(big, head_at(2), 1), ec::too_large);
}

TEST_P(store_contract, takes_the_greatest_batch_and_entry) {
  constexpr auto many = limits::commit_entries_max;
  auto entries = batch(0, many);
  entries[7].bytes.assign(limits::entry_bytes_max, '\0');
  ASSERT_TRUE(store->append(entries, head_at(many)));
  EXPECT_EQ(*store->read(0, SIZE_MAX), entries);
}

TEST_P(store_contract, refuses_a_bout_without_a_name) {
  auto entries = batch(0, 1);
  entries[0].bout = bout_id{};
  EXPECT_EQ(refused(entries, head_at(1), 0), ec::invalid_value);
}

TEST_P(store_contract, keeps_empty_bytes) {
  auto entries = batch(0, 1);
  entries[0].bytes.clear();
  ASSERT_TRUE(store->append(entries, head_at(1)));
  EXPECT_EQ(*store->read(0, 1), entries);
}

TEST_P(store_contract, keeps_personal_parts_beside_their_entries) {
  fill(30);
  reopen();
  EXPECT_EQ(store->read(27, 1)->front().personal, personal_of(27));
  EXPECT_EQ(store->read(28, 1)->front().personal, std::nullopt);
  EXPECT_EQ(store->read_bout(bout_of(27), 27 / bout_count, 1)->front().personal,
            personal_of(27));
}

TEST_P(store_contract, refuses_a_personal_part_that_is_too_large) {
  auto entries = batch(0, 1);
  entries[0].personal->payload.assign(limits::entry_bytes_max + 1, 'x');
  EXPECT_EQ(refused(entries, head_at(1), 0), ec::too_large);
  entries = batch(1, 1);
  entries[0].personal
    = audit::personal_part{{}, std::string(limits::entry_bytes_max, 'x')};
  EXPECT_TRUE(store->append(entries, head_at(2)));
  EXPECT_EQ(*store->read(1, 1), entries);
}

TEST_P(store_contract, erases_one_personal_part_and_nothing_else) {
  fill(30);
  for (std::uint64_t seq : {27u, 3u}) {
    auto erased = store->erase_personal(seq);
    ASSERT_TRUE(erased) << erased.reason().detail;
    EXPECT_TRUE(*erased);
  }
  EXPECT_EQ(difference(*store, 30, {3, 27}), "");
  EXPECT_EQ(store->read_bout(bout_of(3), 0, 1)->front().personal, std::nullopt);
  auto reader = place->open(true);
  ASSERT_TRUE(reader);
  EXPECT_EQ(difference(**reader, 30, {3, 27}), "");
  EXPECT_EQ((*reader)->erase_personal(6).reason().code, ec::read_only);
  reader->reset();
  reopen();
  EXPECT_EQ(difference(*store, 30, {3, 27}), "");
  EXPECT_TRUE(store->append(batch(30, 5), head_at(35)));
  EXPECT_EQ(difference(*store, 35, {3, 27}), "");
}

TEST_P(store_contract, erasing_nothing_says_so) {
  fill(9);
  EXPECT_TRUE(*store->erase_personal(3));
  EXPECT_FALSE(*store->erase_personal(3)) << "erased already";
  EXPECT_FALSE(*store->erase_personal(4)) << "has none";
  EXPECT_FALSE(*store->erase_personal(9)) << "is not there";
  EXPECT_FALSE(*store->erase_personal(UINT64_MAX));
  EXPECT_EQ(difference(*store, 9, {3}), "");
}

TEST_P(store_contract, keeps_checkpoints_in_order) {
  fill(9);
  EXPECT_TRUE(store->put_checkpoint(checkpoint_of(9)));
  EXPECT_TRUE(store->put_checkpoint(checkpoint_of(4)));
  reopen();
  std::vector<checkpoint_row> both = {checkpoint_of(4), checkpoint_of(9)};
  EXPECT_EQ(*store->checkpoints(), both);
  EXPECT_EQ(*store->last_checkpoint(), checkpoint_of(9));
}

TEST_P(store_contract, keeps_the_first_note_of_a_checkpoint) {
  fill(9);
  EXPECT_TRUE(store->put_checkpoint(checkpoint_of(9)));
  auto again = checkpoint_of(9);
  again.note += "more";
  EXPECT_TRUE(store->put_checkpoint(again));
  EXPECT_EQ(*store->last_checkpoint(), checkpoint_of(9));
}

TEST_P(store_contract, refuses_a_forked_checkpoint) {
  fill(9);
  EXPECT_TRUE(store->put_checkpoint(checkpoint_of(4)));
  for (auto size : {4u, 9u, 10u}) {
    auto fork = checkpoint_of(size);
    fork.root = size == 10 ? fork.root : fake_hash('x', size);
    auto done = store->put_checkpoint(fork);
    ASSERT_FALSE(done) << size;
    EXPECT_EQ(done.reason().code, ec::corrupt) << size;
  }
  EXPECT_EQ(store->checkpoints()->size(), 1u);
}

TEST_P(store_contract, lets_one_writer_in) {
  auto second = place->open();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.reason().code, ec::unavailable);
  reopen();
}

TEST_P(store_contract, reader_follows_the_writer_and_cannot_write) {
  auto reader = place->open(true);
  ASSERT_TRUE(reader) << reader.reason().detail;
  for (std::uint64_t size : {3u, 8u}) {
    fill(size);
    EXPECT_EQ(difference(**reader, size), "");
  }
  auto entries = (*reader)->append(batch(8, 1), head_at(9));
  auto checkpoint = (*reader)->put_checkpoint(checkpoint_of(8));
  ASSERT_FALSE(entries);
  ASSERT_FALSE(checkpoint);
  EXPECT_EQ(entries.reason().code, ec::read_only);
  EXPECT_EQ(checkpoint.reason().code, ec::read_only);
  EXPECT_EQ(difference(*store, 8), "");
}

TEST_P(store_contract, reader_works_without_a_writer) {
  fill(8);
  store.reset();
  auto reader = place->open(true);
  ASSERT_TRUE(reader) << reader.reason().detail;
  EXPECT_EQ(difference(**reader, 8), "");
}

TEST_P(store_contract, reader_of_nothing_finds_nothing) {
  auto empty = GetParam().make();
  auto reader = empty->open(true);
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.reason().code, ec::not_found);
}

INSTANTIATE_TEST_SUITE_P(all, store_contract, testing::ValuesIn(store_places()),
                         [](const auto& one) { return one.param.name; });

} // namespace

} // namespace ringside::persistence::test
