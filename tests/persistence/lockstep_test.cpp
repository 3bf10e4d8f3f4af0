#include "domain/base/limits.hpp"
#include "tests/persistence/support/entries.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ringside::persistence::test {

namespace {

/// Every engine on its own place; each call goes to all of them and all must
/// give the first one's answer, errors with their text included.
class lockstep {
public:
  explicit lockstep(std::uint64_t seed) : random_(seed) {
    for (const auto& kind : store_places())
      places_.push_back({kind.name, kind.make(), nullptr, nullptr});
    reopen();
  }

  void step() {
    switch (pick(13)) {
    case 0:
      return reopen();
    case 1:
      return second_writer();
    case 2:
      return checkpoint();
    case 3:
    case 4:
      return bad_append();
    case 5:
    case 6:
      return read();
    case 7:
      return read_bout();
    case 8:
      return erase();
    default:
      return append();
    }
  }

  void compare_all() {
    compare("head", [](auto& s) { return s.head(); });
    compare("read", [](auto& s) { return s.read(0, SIZE_MAX); });
    compare("tails", [](auto& s) { return s.tails(); });
    compare("leaves", [](auto& s) { return s.leaves(0, SIZE_MAX); });
    compare("checkpoints", [](auto& s) { return s.checkpoints(); });
    compare("last", [](auto& s) { return s.last_checkpoint(); });
    EXPECT_EQ(difference(*places_[0].writer, size_, erased_), "");
  }

private:
  struct side {
    std::string name;
    std::unique_ptr<store_place> place;
    std::unique_ptr<journal_store> writer;
    std::unique_ptr<journal_store> reader;
  };

  std::uint64_t pick(std::uint64_t below) {
    return random_() % below;
  }

  template <class T>
  static void expect_equal(const result<T>& a, const result<T>& b,
                           const std::string& what) {
    ASSERT_EQ(static_cast<bool>(a), static_cast<bool>(b)) << what;
    if (a)
      EXPECT_TRUE(*a == *b) << what;
    else
      EXPECT_EQ(a.reason(), b.reason())
        << what << ": " << a.reason().detail << " / " << b.reason().detail;
  }

  /// Writers and readers of all engines answer alike.
  template <class F>
  void compare(const std::string& what, F call) {
    auto expected = call(*places_[0].writer);
    for (auto& each : places_) {
      expect_equal(expected, call(*each.writer), what + " " + each.name);
      expect_equal(expected, call(*each.reader), what + " r " + each.name);
    }
  }

  /// True if the first engine accepted; the others must agree.
  template <class F>
  bool write(const std::string& what, F call) {
    auto expected = call(*places_[0].writer);
    for (std::size_t i = 1; i < places_.size(); ++i)
      expect_equal(expected, call(*places_[i].writer), what);
    return static_cast<bool>(expected);
  }

  void reopen() {
    for (auto& each : places_) {
      each.reader.reset();
      each.writer.reset();
      auto writer = each.place->open();
      auto reader = each.place->open(true);
      RINGSIDE_CHECK(writer && reader);
      each.writer = std::move(*writer);
      each.reader = std::move(*reader);
    }
  }

  void second_writer() {
    for (auto& each : places_) {
      auto second = each.place->open();
      ASSERT_FALSE(second);
      EXPECT_EQ(second.reason().code, ec::unavailable) << each.name;
    }
  }

  void append() {
    auto count = pick(20);
    auto entries = batch(size_, count);
    auto head = head_at(size_ + count);
    auto call = [&](auto& s) { return s.append(entries, head); };
    ASSERT_TRUE(write("append", call));
    size_ += count;
  }

  /// Damages a good batch in one way; sometimes the result is still good.
  void bad_append() {
    auto entries = batch(size_, 1 + pick(6));
    auto head = head_at(size_ + entries.size());
    auto& victim = entries[pick(entries.size())];
    switch (pick(7)) {
    case 0:
      victim.seq += pick(5) - 2;
      break;
    case 1:
      victim.bseq += static_cast<std::uint32_t>(pick(5) - 2);
      break;
    case 2:
      victim.bout = bout_of(pick(bout_count));
      break;
    case 3:
      victim.bout = bout_id{".bad"};
      break;
    case 4:
      head.size += pick(5) - 2;
      break;
    case 5:
      victim.bytes.assign(limits::entry_bytes_max + pick(2), 'x');
      break;
    default:
      head.frontier.resize(60 + pick(10));
    }
    auto call = [&](auto& s) { return s.append(entries, head); };
    if (write("bad append", call))
      rebuild();
  }

  /// The damage was none: start over, so that the model stays simple.
  void rebuild() {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      places_[i].reader.reset();
      places_[i].writer.reset();
      places_[i].place = store_places()[i].make();
    }
    size_ = 0;
    erased_.clear();
    reopen();
  }

  void checkpoint() {
    auto row = checkpoint_of(size_ > 3 ? size_ - pick(3) + pick(2) : size_);
    if (pick(4) == 0)
      row.root = fake_hash('x', row.size);
    write("checkpoint", [&](auto& s) { return s.put_checkpoint(row); });
    compare("last", [](auto& s) { return s.last_checkpoint(); });
  }

  void erase() {
    auto seq = pick(size_ + 2);
    auto expected = places_[0].writer->erase_personal(seq);
    for (std::size_t i = 1; i < places_.size(); ++i)
      expect_equal(expected, places_[i].writer->erase_personal(seq), "erase");
    ASSERT_TRUE(expected) << expected.reason().detail;
    ASSERT_EQ(*expected,
              seq < size_ && has_personal(seq) && erased_.insert(seq).second);
  }

  void read() {
    auto seq = pick(8) == 0 ? random_() : pick(size_ + 3);
    auto limit = pick(8) == 0 ? SIZE_MAX : pick(30);
    compare("read", [&](auto& s) { return s.read(seq, limit); });
    compare("leaves", [&](auto& s) { return s.leaves(seq, limit); });
  }

  void read_bout() {
    auto bout = pick(8) == 0 ? bout_id{"nobody"} : bout_of(pick(bout_count));
    auto bseq = static_cast<std::uint32_t>(pick(size_ / bout_count + 3));
    auto limit = pick(8) == 0 ? SIZE_MAX : pick(30);
    compare("bout", [&](auto& s) { return s.read_bout(bout, bseq, limit); });
    compare("tails", [](auto& s) { return s.tails(); });
  }

  std::mt19937_64 random_;
  std::vector<side> places_;
  std::uint64_t size_ = 0;
  std::set<std::uint64_t> erased_;
};

TEST(store_lockstep, all_engines_answer_alike) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    lockstep run{seed};
    for (int i = 0; i < 80 && !testing::Test::HasFailure(); ++i) {
      SCOPED_TRACE("step " + std::to_string(i));
      run.step();
    }
    run.compare_all();
    ASSERT_FALSE(testing::Test::HasFailure());
  }
}

} // namespace

} // namespace ringside::persistence::test
