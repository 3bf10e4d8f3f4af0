#include "tests/crash/command_load.hpp"
#include "tests/crash/crash_fixture.hpp"
#include "tests/crash/journal_ledger.hpp"

#include <atomic>
#include <chrono>
#include <iostream>
#include <thread>

namespace ringside::test {
namespace {

using std::chrono::milliseconds;
using state = sent_command::state;

constexpr std::size_t client_count = 4;
/// New bouts now and then, so that old ones stay as they were.
constexpr std::uint64_t kills_per_bout = 40;

/// kill -9 of a real server under load, again and again over one data
/// directory that grows. RINGSIDE_CRASH_KILLS sets how often,
/// RINGSIDE_CRASH_SEED the seed.
class kill_test : public crash_fixture {
protected:
  void prepare() {
    add_people();
    for (std::size_t i = 0; i < client_count; ++i)
      clients.emplace_back(
        add_person(data(), "Op" + std::to_string(i), "operator"), seed + 1 + i);
    ledger = std::make_unique<journal_ledger>(data());
  }

  void new_bouts() {
    bouts.push_back(running_bout());
    bouts.push_back(running_bout());
    for (std::size_t i = 0; i < clients.size(); ++i)
      clients[i].move_to(bouts[bouts.size() - 1 - i % 2]);
  }

  std::uint64_t below(std::uint64_t n) {
    return random() % n;
  }

  /// Kills the server a random time after the load began.
  void load_and_kill() {
    std::atomic<bool> stop = false;
    std::vector<std::thread> threads;
    auto window = 1 + below(24);
    for (auto& c : clients)
      threads.emplace_back([&] { c.run(server.client(), stop, window); });
    std::this_thread::sleep_for(milliseconds{1 + below(60)});
    server.kill_hard();
    stop = true;
    for (auto& t : threads)
      t.join();
  }

  /// Now and then a server dies while it is coming up.
  void start_again() {
    if (below(10) == 0) {
      server.launch();
      std::this_thread::sleep_for(milliseconds{below(120)});
      server.kill_hard();
      ++kills_at_start;
    }
    ASSERT_TRUE(server.start()) << server.log();
    ASSERT_NE(server.log().find("entries, sound"), std::string::npos)
      << server.log();
  }

  void check_journal() {
    ledger->catch_up();
    for (const auto& fault : ledger->faults)
      ADD_FAILURE() << fault;
    for (auto& c : clients)
      for (; checked[&c] < c.sent.size(); ++checked[&c])
        check_command(c.sent[checked[&c]]);
  }

  void check_command(const sent_command& c) {
    const auto* there = ledger->find(c.id);
    if (c.what == state::refused) {
      EXPECT_EQ(there, nullptr) << c.code << ", but done: " << c.message;
      return;
    }
    if (c.what != state::acked)
      return;
    ++acked;
    ASSERT_NE(there, nullptr) << "acknowledged, but lost: " << c.message;
    EXPECT_EQ(there->parts, there->of);
    EXPECT_EQ(static_cast<std::int64_t>(there->position), c.position);
    EXPECT_EQ(static_cast<std::int64_t>(there->version), c.version);
    EXPECT_EQ(there->bout, c.bout);
  }

  /// What nobody knew after the kill: a retry says `replayed` exactly if the
  /// journal had the command.
  void retry_all() {
    for (auto& c : clients) {
      std::vector<std::size_t> unsure;
      for (std::size_t i = 0; i < c.sent.size(); ++i)
        if (c.sent[i].what == state::open)
          unsure.push_back(i);
      c.retry(server.client(), 5);
      for (auto i : unsure) {
        auto was_there = ledger->find(c.sent[i].id) != nullptr;
        EXPECT_EQ(c.sent[i].replayed, was_there) << c.sent[i].message;
        ++(was_there ? unsure_done : unsure_lost);
        // Its answer is checked against the journal now.
        checked[&c] = std::min(checked[&c], i);
      }
      for (const auto& fault : c.faults)
        ADD_FAILURE() << fault;
    }
  }

  void check_state() {
    ledger->catch_up();
    for (const auto& bout : bouts) {
      auto shown = server.http(supervisor).get("/api/v1/bouts/" + bout);
      ASSERT_TRUE(shown);
      EXPECT_EQ(shown->body, ledger->view_of(bout));
    }
  }

  std::vector<command_load> clients;
  std::map<const command_load*, std::size_t> checked;
  std::vector<std::string> bouts;
  std::unique_ptr<journal_ledger> ledger;
  std::uint64_t acked = 0;
  std::uint64_t unsure_done = 0;
  std::uint64_t unsure_lost = 0;
  std::uint64_t kills_at_start = 0;
};

TEST_F(kill_test, case_24_nothing_acknowledged_is_lost_or_doubled) {
  auto kills = number_from_environment("RINGSIDE_CRASH_KILLS", 200);
  prepare();
  server = server_process{how};
  for (std::uint64_t i = 0; i < kills && !HasFailure(); ++i) {
    start_again();
    if (HasFatalFailure())
      break;
    retry_all();
    check_journal();
    check_state();
    if (i % kills_per_bout == 0)
      new_bouts();
    load_and_kill();
    check_journal();
    if (i % 20 == 19 || i + 1 == kills) {
      auto verdict = verify();
      EXPECT_EQ(verdict.code, 0) << verdict.text;
    }
  }
  std::cout << "seed " << seed << ", kills " << kills << " and "
            << kills_at_start << " while starting, entries " << ledger->size()
            << ", acknowledged " << acked << ", unanswered but done "
            << unsure_done << ", unanswered and not done " << unsure_lost
            << '\n';
  // A run in which no answer was ever cut off would prove little.
  EXPECT_GT(acked, kills);
  EXPECT_GT(unsure_done + unsure_lost, 0u);
}

} // namespace
} // namespace ringside::test
