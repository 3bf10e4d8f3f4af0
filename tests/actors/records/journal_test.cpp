#include "actors/records/journal.hpp"

#include "domain/audit/personal.hpp"
#include "domain/base/limits.hpp"
#include "persistence/memory/memory_journal_store.hpp"
#include "tests/support/actor_fixture.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace ringside {
namespace {

using persistence::fault;
using persistence::store_op;
using std::chrono::milliseconds;
using std::chrono::seconds;

using leaf_news = std::vector<protocol::leaves_committed>;

caf::behavior listen(caf::event_based_actor*, std::shared_ptr<leaf_news> into) {
  return {[into](const protocol::leaves_committed& x) { into->push_back(x); }};
}

class journal_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    auto audit = track(sys->spawn(listen, news));
    services->names.bind("node/audit", audit);
    spawn_journal();
  }

  void spawn_journal() {
    journal_deps deps;
    deps.services = services;
    deps.origin = "ringside.example/audit/test";
    deps.open
      = [d = disk]() -> result<std::unique_ptr<persistence::journal_store>> {
      auto store = persistence::memory_journal_store::open(d);
      if (!store)
        return store.reason();
      return std::unique_ptr<persistence::journal_store>{std::move(*store)};
    };
    deps.utc_now = [] { return utc_ns{1'790'000'000'000'000'000}; };
    deps.random = [n = std::uint8_t{0}](auto bytes) mutable {
      for (auto& b : bytes)
        b = n++;
    };
    journal = track(sys->spawn(journal_behavior, std::move(deps)));
    run();
  }

  static protocol::append entry(const std::string& bout,
                                std::optional<std::uint32_t> at = {},
                                std::string kind = "note_added") {
    return {{bout_id{bout}, at, {{"admin:a1", std::move(kind), "{}", {}}}}};
  }

  pending<protocol::append_answer> append(protocol::append what) {
    return send_request<protocol::append_answer>(journal, std::move(what));
  }

  static bool placed(const pending<protocol::append_answer>& x) {
    return *x && **x
           && std::holds_alternative<protocol::appended>((**x)->outcome);
  }

  static ec code(const pending<protocol::append_answer>& x) {
    if (!*x || !**x)
      return ec::internal;
    const auto* reason = std::get_if<error>(&(**x)->outcome);
    return reason != nullptr ? reason->code : ec::internal;
  }

  protocol::journal_state state() {
    auto got
      = ask<protocol::journal_state>(journal, protocol::get_journal_state{});
    EXPECT_TRUE(got);
    return got ? *got : protocol::journal_state{};
  }

  /// The next call of this kind fails, with or without effect.
  void fail_next(store_op op, fault::kind how) {
    disk->plan([op, how, done = false](store_op now, auto) mutable {
      if (now != op || std::exchange(done, true))
        return fault{};
      return fault{how};
    });
  }

  std::shared_ptr<persistence::memory_disk> disk
    = std::make_shared<persistence::memory_disk>();
  std::shared_ptr<leaf_news> news = std::make_shared<leaf_news>();
  journal_impl journal;
};

TEST_F(journal_fixture, commits_what_waits_in_one_transaction) {
  std::vector<pending<protocol::append_answer>> all;
  for (auto n = 0; n < 20; ++n)
    all.push_back(append(entry("b" + std::to_string(n % 3))));
  run();
  for (const auto& one : all)
    EXPECT_TRUE(placed(one));
  EXPECT_EQ(state().entries, 20u);
  EXPECT_LT(state().commits, 4u);
}

TEST_F(journal_fixture, keeps_personal_parts_beside_their_entries) {
  auto with = [](const std::string& personal) {
    auto what = entry("b1");
    what.batch.drafts[0].personal = personal;
    return what;
  };
  auto first = append(with(R"({"text":"hush"})"));
  auto huge = append(with(std::string(limits::entry_bytes_max + 1, 'x')));
  auto second = append(with(R"({"text":"hush"})"));
  auto plain = append(entry("b1"));
  run();
  EXPECT_TRUE(placed(first));
  EXPECT_EQ(code(huge), ec::too_large) << "and nobody else suffers";
  EXPECT_TRUE(placed(second));
  EXPECT_TRUE(placed(plain));
  auto rows = disk->image().entries;
  ASSERT_EQ(rows.size(), 3u);
  for (const auto& row : rows) {
    EXPECT_EQ(row.bytes.find("hush"), std::string::npos);
    auto read = audit::read_entry(row.bytes, row.personal);
    ASSERT_TRUE(read) << read.reason().detail;
    EXPECT_FALSE(read->erased);
  }
  ASSERT_TRUE(rows[0].personal && rows[1].personal);
  EXPECT_EQ(rows[0].personal->payload, R"({"text":"hush"})");
  EXPECT_NE(rows[0].personal->salt, rows[1].personal->salt);
  EXPECT_EQ(rows[2].personal, std::nullopt);
}

TEST_F(journal_fixture, refuses_only_the_batch_that_does_not_continue) {
  auto good = append(entry("b1", 0));
  auto bad = append(entry("b1", 7));
  auto next = append(entry("b1", 1));
  run();
  EXPECT_TRUE(placed(good));
  EXPECT_EQ(code(bad), ec::corrupt);
  EXPECT_TRUE(placed(next));
  EXPECT_EQ(state().size, 2u);
}

TEST_F(journal_fixture, tells_where_a_bout_is_without_writing) {
  append(entry("b1"));
  auto where = append({{bout_id{"b1"}, {}, {}}});
  run();
  ASSERT_TRUE(placed(where));
  EXPECT_EQ(std::get<protocol::appended>((**where)->outcome).first_bseq, 1u);
  EXPECT_EQ(state().size, 1u);
}

TEST_F(journal_fixture, marks_milestones_for_the_audit) {
  append(entry("b1"));
  run();
  append(entry("b1", {}, "round_locked"));
  run();
  ASSERT_EQ(news->size(), 3u); // The first says the size at the start.
  EXPECT_FALSE(news->at(1).milestone);
  EXPECT_TRUE(news->at(2).milestone);
  EXPECT_EQ(news->at(2).first_seq, 1u);
}

TEST_F(journal_fixture, is_read_only_after_a_failure_and_tries_again) {
  append(entry("b1"));
  run();
  fail_next(store_op::append, fault::kind::fail);
  auto lost = append(entry("b1"));
  run();
  EXPECT_EQ(code(lost), ec::io_error);
  auto refused = append(entry("b1"));
  run();
  EXPECT_EQ(code(refused), ec::read_only);
  EXPECT_TRUE(state().read_only);
  EXPECT_EQ(book.count(severity::alarm), 1u);
  advance(milliseconds{2'100});
  EXPECT_FALSE(state().read_only);
  auto again = append(entry("b1", 1));
  run();
  EXPECT_TRUE(placed(again));
}

TEST_F(journal_fixture, knows_after_reopening_what_was_in_doubt) {
  fail_next(store_op::append, fault::kind::fail_after);
  auto doubtful = append(entry("b1"));
  run();
  EXPECT_EQ(code(doubtful), ec::io_error);
  advance(milliseconds{2'100});
  EXPECT_EQ(state().size, 1u);
  // The AUDIT hears of a size beyond what it was told.
  EXPECT_EQ(news->back().first_seq, 1u);
  auto next = append(entry("b1", 1));
  run();
  EXPECT_TRUE(placed(next));
}

TEST_F(journal_fixture, stays_read_only_while_the_disk_is_full) {
  disk->capacity(1);
  append(entry("b1"));
  advance(seconds{7});
  EXPECT_TRUE(state().read_only || state().size == 0);
  auto refused = append(entry("b1"));
  run();
  EXPECT_NE(code(refused), ec::internal);
  disk->capacity(1'000'000);
  advance(seconds{3});
  auto fine = append(entry("b1"));
  run();
  EXPECT_TRUE(placed(fine));
}

TEST_F(journal_fixture, a_failed_checkpoint_fails_no_append) {
  append(entry("b1"));
  run();
  fail_next(store_op::put_checkpoint, fault::kind::fail);
  caf::anon_send(caf::actor_cast<caf::actor>(journal),
                 protocol::keep_checkpoint{{1, news->back().root, "note"}});
  run();
  auto next = append(entry("b1"));
  run();
  EXPECT_TRUE(placed(next));
  EXPECT_FALSE(state().read_only);
}

TEST_F(journal_fixture, tells_its_writers_at_once_when_it_is_killed) {
  // Stop between the append and its flush.
  auto lost = append(entry("b1"));
  auto& st = static_cast<journal_state::pointer>(
               caf::actor_cast<caf::abstract_actor*>(journal))
               ->state;
  while (st.waiting.empty() && sched->has_job())
    sched->run_once();
  ASSERT_EQ(st.waiting.size(), 1u);
  // Ahead of the flush that is in its mailbox.
  caf::actor_cast<caf::actor>(journal)->eq_impl(
    caf::make_message_id(caf::message_priority::high), nullptr, nullptr,
    caf::exit_msg{{}, caf::exit_reason::kill});
  run();
  EXPECT_EQ(code(lost), ec::unavailable);
  auto image = disk->image();
  EXPECT_TRUE(image.entries.empty());
}

TEST_F(journal_fixture, takes_no_time_from_a_damaged_last_entry) {
  auto first = append(entry("b1"));
  run();
  EXPECT_TRUE(placed(first));
  caf::anon_send_exit(journal, caf::exit_reason::kill);
  run();
  disk->flip(0, 20);
  spawn_journal();
  ASSERT_TRUE(state().read_only);
  EXPECT_NE(state().read_only->detail.find("entry 0: "), std::string::npos);
  disk->flip(0, 20);
  advance(seconds{2});
  EXPECT_FALSE(state().read_only);
}

TEST_F(journal_fixture, another_writer_keeps_it_read_only) {
  journal_impl second;
  std::swap(second, journal);
  spawn_journal();
  EXPECT_TRUE(state().read_only);
  caf::anon_send_exit(second, caf::exit_reason::kill);
  advance(seconds{3});
  EXPECT_FALSE(state().read_only);
}

} // namespace
} // namespace ringside
