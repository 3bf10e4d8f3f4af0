#include "actors/records/audit.hpp"

#include "domain/audit/checkpoint.hpp"
#include "tests/support/actor_fixture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ringside {
namespace {

using std::chrono::seconds;

constexpr const char* origin = "ringside.example/audit/test";

/// What stands in for the READER and the JOURNAL.
struct stand_in {
  std::vector<audit::hash> leaves;
  std::vector<persistence::checkpoint_row> kept;
  bool failing = false;
  /// Asked for, not answered yet, if `slow`.
  bool slow = false;
  std::vector<caf::typed_response_promise<protocol::leaves_answer>> waiting;
};

using stand_in_ptr = std::shared_ptr<stand_in>;

caf::behavior play_both(caf::event_based_actor* self, stand_in_ptr it) {
  return {
    [self, it](
      const protocol::read_leaves& x) -> caf::result<protocol::leaves_answer> {
      if (it->failing)
        return protocol::leaves_answer{refuse(ec::io_error, "no disk")};
      std::vector<audit::hash> page(
        it->leaves.begin()
          + static_cast<std::ptrdiff_t>(
            std::min<std::size_t>(x.from_seq, it->leaves.size())),
        it->leaves.end());
      if (!it->slow)
        return protocol::leaves_answer{std::move(page)};
      auto promise = self->make_response_promise<protocol::leaves_answer>();
      it->waiting.push_back(promise);
      return promise;
    },
    [it](const protocol::keep_checkpoint& x) { it->kept.push_back(x.row); },
    // The test says when the slow answer comes, and what is in it.
    [it](const protocol::leaves_answer& x) {
      for (auto& promise : std::exchange(it->waiting, {}))
        promise.deliver(x);
    },
  };
}

audit::hash leaf(std::uint8_t n) {
  audit::hash h{};
  h.fill(n);
  return h;
}

class audit_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    std::array<std::uint8_t, 32> seed{};
    auto made = audit::signing_key::from_seed(
      origin, audit::key_algorithm::ed25519, seed);
    key = std::make_shared<const audit::signing_key>(std::move(made.value()));
    both = track(sys->spawn(play_both, it));
    services->names.bind("node/reader", both);
    services->names.bind("node/journal", both);
  }

  void start() {
    audit_deps deps;
    deps.services = services;
    deps.origin = origin;
    deps.key = key;
    deps.load_signed = [this] {
      return result<std::optional<audit::signer_state>>{signed_last};
    };
    deps.store_signed = [this](const audit::signer_state& s) {
      if (disk_of_signer_fails)
        return result<unit>{refuse(ec::io_error, "no disk")};
      signed_last = s;
      return result<unit>{unit{}};
    };
    actor = track(sys->spawn(audit_behavior, std::move(deps)));
    run();
  }

  /// Commits leaves and tells the AUDIT.
  void commit(std::uint8_t n, bool milestone = false) {
    protocol::leaves_committed news;
    news.first_seq = it->leaves.size();
    news.leaves = {leaf(n)};
    news.milestone = milestone;
    it->leaves.push_back(leaf(n));
    caf::anon_send(caf::actor_cast<caf::actor>(actor), news);
    run();
  }

  audit::hash root_of_leaves() const {
    audit::leaf_log log;
    for (const auto& one : it->leaves)
      log.append(one);
    return log.root();
  }

  caf::actor both;
  stand_in_ptr it = std::make_shared<stand_in>();
  std::shared_ptr<const audit::signing_key> key;
  std::optional<audit::signer_state> signed_last;
  bool disk_of_signer_fails = false;
  audit_impl actor;
};

TEST_F(audit_fixture, signs_at_milestones_at_once_and_else_with_the_tick) {
  start();
  auto before = it->kept.size();
  commit(1);
  EXPECT_EQ(it->kept.size(), before);
  commit(2, true);
  ASSERT_EQ(it->kept.size(), before + 1);
  EXPECT_EQ(it->kept.back().size, 2u);
  EXPECT_EQ(it->kept.back().root, root_of_leaves());
  commit(3);
  advance(seconds{5});
  EXPECT_EQ(it->kept.back().size, 3u);
}

TEST_F(audit_fixture, does_not_take_a_leaf_twice_that_comes_while_it_reads) {
  it->leaves = {leaf(1), leaf(2)};
  it->slow = true;
  start();
  ASSERT_EQ(it->waiting.size(), 1u);
  // Committed while the page is on its way; the page has it too.
  auto page = it->leaves;
  page.push_back(leaf(3));
  protocol::leaves_committed news{0, {leaf(1), leaf(2), leaf(3)}, {}, false};
  it->leaves = page;
  caf::anon_send(caf::actor_cast<caf::actor>(actor), news);
  run();
  caf::anon_send(both, protocol::leaves_answer{page});
  it->slow = false;
  advance(seconds{6});
  ASSERT_FALSE(it->kept.empty());
  EXPECT_EQ(it->kept.back().size, 3u);
  EXPECT_EQ(it->kept.back().root, root_of_leaves());
}

TEST_F(audit_fixture, fetches_what_it_was_not_told) {
  start();
  it->leaves = {leaf(1), leaf(2), leaf(3)};
  commit(4);
  advance(seconds{6});
  EXPECT_EQ(it->kept.back().size, 4u);
  EXPECT_EQ(it->kept.back().root, root_of_leaves());
}

TEST_F(audit_fixture, fetches_later_if_reading_fails) {
  start();
  it->leaves = {leaf(1), leaf(2)};
  it->failing = true;
  commit(3);
  advance(seconds{6});
  it->failing = false;
  advance(seconds{11});
  EXPECT_EQ(it->kept.back().size, 3u);
  EXPECT_EQ(it->kept.back().root, root_of_leaves());
}

TEST_F(audit_fixture, halts_when_the_journal_is_older_than_what_it_signed) {
  signed_last = audit::signer_state{{origin, 5, leaf(9)}};
  it->leaves = {leaf(1), leaf(2)};
  start();
  EXPECT_TRUE(it->kept.empty());
  EXPECT_EQ(book.count(severity::alarm), 1u);
  commit(3, true);
  EXPECT_TRUE(it->kept.empty());
}

TEST_F(audit_fixture, halts_when_the_journal_is_another_one) {
  signed_last = audit::signer_state{{origin, 2, leaf(9)}};
  it->leaves = {leaf(1), leaf(2), leaf(3)};
  start();
  EXPECT_TRUE(it->kept.empty());
  EXPECT_TRUE(book.contains("does not continue"));
}

TEST_F(audit_fixture, lets_no_signature_out_that_it_could_not_note) {
  disk_of_signer_fails = true;
  start();
  commit(1, true);
  EXPECT_TRUE(it->kept.empty());
  auto note = ask<protocol::text_answer>(actor, protocol::get_checkpoint{});
  ASSERT_TRUE(note);
  EXPECT_TRUE(std::holds_alternative<error>(note->outcome));
}

TEST_F(audit_fixture, signs_again_when_the_head_can_be_noted_again) {
  disk_of_signer_fails = true;
  start();
  commit(1, true);
  advance(seconds{5});
  EXPECT_EQ(book.count(severity::alarm), 1u);
  disk_of_signer_fails = false;
  advance(seconds{5});
  ASSERT_FALSE(it->kept.empty());
  EXPECT_EQ(it->kept.back().size, 1u);
  EXPECT_TRUE(book.contains("signed again"));
}

TEST_F(audit_fixture, proves_inclusion_and_consistency) {
  start();
  for (std::uint8_t n = 0; n < 9; ++n)
    commit(n, n == 8);
  for (std::uint64_t i = 0; i < 9; ++i) {
    auto proof
      = ask<protocol::text_answer>(actor, protocol::get_inclusion{i, 0});
    ASSERT_TRUE(proof);
    EXPECT_TRUE(std::holds_alternative<std::string>(proof->outcome));
  }
  auto beyond
    = ask<protocol::text_answer>(actor, protocol::get_inclusion{9, 0});
  EXPECT_TRUE(std::holds_alternative<error>(beyond->outcome));
  auto lines
    = ask<protocol::text_answer>(actor, protocol::get_consistency{4, 9});
  EXPECT_TRUE(std::holds_alternative<std::string>(lines->outcome));
}

} // namespace
} // namespace ringside
