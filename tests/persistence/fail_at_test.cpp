#include "persistence/memory/failing_store.hpp"
#include "tests/persistence/support/entries.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

namespace ringside::persistence::test {

namespace {

constexpr std::uint64_t final_size = 30;
constexpr std::uint64_t erased_seq = 27;

/// One run of a small journal writer over a store that fails at one call. The
/// writer does what the contract asks: on `io_error` it reopens, reads the
/// head and goes on from there.
class careful_writer {
public:
  careful_writer(store_place& place, std::uint64_t fail_at, fail_point point)
    : place_(place), fail_at_(fail_at), point_(point) {
    // nop
  }

  /// False when the failing call lies beyond the end of the run.
  bool run() {
    open(fail_at_);
    while (size_ < final_size)
      append(7);
    while (!checkpointed_)
      checkpoint();
    while (!erased_)
      erase();
    auto fired = fired_ || store_->fired();
    store_.reset();
    return fired;
  }

private:
  void open(std::uint64_t fail_at) {
    store_.reset();
    auto opened = place_.open();
    ASSERT_TRUE(opened) << opened.reason().detail;
    store_
      = std::make_unique<failing_store>(std::move(*opened), fail_at, point_);
    auto head = store_->head();
    if (!head)
      return recover(head.reason());
    ASSERT_EQ(*head, head_at(head->size));
    // In doubt means old or new, never in between, never less than acked.
    ASSERT_GE(head->size, size_);
    ASSERT_TRUE(head->size == size_ || head->size == attempted_);
    size_ = head->size;
  }

  void recover(const error& reason) {
    ASSERT_EQ(reason.code, ec::io_error);
    fired_ = true;
    open(UINT64_MAX);
  }

  void append(std::uint64_t count) {
    attempted_ = std::min(final_size, size_ + count);
    auto entries = batch(size_, attempted_ - size_);
    auto done = store_->append(entries, head_at(attempted_));
    if (done) {
      size_ = attempted_;
      return;
    }
    auto again = store_->append(entries, head_at(attempted_));
    ASSERT_FALSE(again);
    ASSERT_EQ(again.reason().code, ec::read_only);
    recover(done.reason());
  }

  void checkpoint() {
    auto done = store_->put_checkpoint(checkpoint_of(final_size));
    if (!done)
      return recover(done.reason());
    checkpointed_ = true;
  }

  /// An erasure in doubt is simply repeated.
  void erase() {
    auto done = store_->erase_personal(erased_seq);
    if (!done)
      return recover(done.reason());
    // If it was in doubt, the repetition may find nothing left.
    ASSERT_TRUE(*done || fired_);
    erased_ = true;
  }

  store_place& place_;
  std::uint64_t fail_at_;
  fail_point point_;
  std::unique_ptr<failing_store> store_;
  std::uint64_t size_ = 0;
  std::uint64_t attempted_ = 0;
  bool fired_ = false;
  bool checkpointed_ = false;
  bool erased_ = false;
};

class store_fail_at
  : public testing::TestWithParam<std::tuple<place_kind, fail_point>> {};

TEST_P(store_fail_at, case_24_every_call_may_fail_and_nothing_is_lost) {
  const auto& [kind, point] = GetParam();
  std::uint64_t n = 1;
  for (;; ++n) {
    SCOPED_TRACE("call " + std::to_string(n));
    auto place = kind.make();
    auto fired = careful_writer{*place, n, point}.run();
    auto reader = place->open(true);
    ASSERT_TRUE(reader);
    ASSERT_EQ(difference(**reader, final_size, {erased_seq}), "");
    ASSERT_EQ(*(*reader)->last_checkpoint(), checkpoint_of(final_size));
    if (!fired)
      break;
  }
  // head, five appends, one checkpoint, one erasure: there is no ninth call.
  EXPECT_EQ(n, 9u);
}

TEST_P(store_fail_at, every_read_may_fail_and_the_next_one_works) {
  const auto& [kind, point] = GetParam();
  auto place = kind.make();
  auto opened = place->open();
  ASSERT_TRUE(opened);
  ASSERT_TRUE((*opened)->append(batch(0, 9), head_at(9)));
  opened->reset();
  auto calls = [](journal_store& s, int i) {
    auto code = [](const auto& r) { return r ? ec{} : r.reason().code; };
    switch (i) {
    case 0:
      return code(s.head());
    case 1:
      return code(s.read(0, 9));
    case 2:
      return code(s.read_bout(bout_of(0), 0, 9));
    case 3:
      return code(s.tails());
    case 4:
      return code(s.leaves(0, 9));
    case 5:
      return code(s.checkpoints());
    default:
      return code(s.last_checkpoint());
    }
  };
  for (int i = 0; i < 7; ++i) {
    auto inner = place->open();
    ASSERT_TRUE(inner);
    failing_store store{std::move(*inner), 1, point};
    EXPECT_EQ(calls(store, i), ec::io_error) << i;
    EXPECT_EQ(calls(store, i), ec{}) << i;
    EXPECT_TRUE(store.append({}, head_at(9))) << "reads do not stop writes";
  }
}

INSTANTIATE_TEST_SUITE_P(
  all, store_fail_at,
  testing::Combine(testing::ValuesIn(store_places()),
                   testing::Values(fail_point::before, fail_point::after)),
  [](const auto& one) {
    auto late = std::get<1>(one.param) == fail_point::after;
    return std::get<0>(one.param).name + (late ? "_after" : "_before");
  });

} // namespace

} // namespace ringside::persistence::test
