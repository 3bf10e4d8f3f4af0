#include "tests/crash/command_load.hpp"
#include "tests/crash/crash_fixture.hpp"
#include "tests/crash/journal_ledger.hpp"

#include <atomic>
#include <chrono>
#include <thread>

namespace ringside::test {
namespace {

using std::chrono::milliseconds;

class stop_test : public crash_fixture {};

TEST_F(stop_test, sigterm_under_load_keeps_every_answer) {
  add_people();
  std::vector<command_load> clients;
  for (std::uint64_t i = 0; i < 4; ++i)
    clients.emplace_back(
      add_person(data(), "Op" + std::to_string(i), "operator"), seed + 1 + i);
  for (int run = 0; run < 5; ++run) {
    start();
    auto bout = running_bout();
    std::atomic<bool> stop = false;
    std::vector<std::thread> threads;
    for (auto& c : clients) {
      c.move_to(bout);
      threads.emplace_back([&] { c.run(server.client(), stop, 32); });
    }
    std::this_thread::sleep_for(milliseconds{50 + random() % 200});
    auto begin = std::chrono::steady_clock::now();
    auto code = server.stop();
    auto took = std::chrono::steady_clock::now() - begin;
    stop = true;
    for (auto& t : threads)
      t.join();
    EXPECT_EQ(code, 0) << server.log();
    EXPECT_LT(took, std::chrono::seconds{5});
  }
  journal_ledger ledger{data()};
  ledger.catch_up();
  EXPECT_EQ(ledger.faults, std::vector<std::string>{});
  std::size_t acked = 0;
  for (const auto& c : clients)
    for (const auto& s : c.sent)
      if (s.what == sent_command::state::acked) {
        ++acked;
        const auto* there = ledger.find(s.id);
        ASSERT_NE(there, nullptr) << s.message;
        EXPECT_EQ(static_cast<std::int64_t>(there->position), s.position);
      }
  EXPECT_GT(acked, 100u);
  auto verdict = verify();
  EXPECT_EQ(verdict.code, 0) << verdict.text;
}

TEST_F(stop_test, an_idle_server_stops_at_once) {
  start();
  EXPECT_EQ(server.stop(milliseconds{3'000}), 0);
}

TEST_F(stop_test, a_second_server_names_the_first) {
  add_people();
  start();
  auto second = run_ringside(
    {"serve", "--data", data().string(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(second.code, 1) << second.text;
  EXPECT_NE(second.text.find("process " + std::to_string(server.pid())),
            std::string::npos)
    << second.text;
  // Offline tools keep away as well; looking is always possible.
  auto tool = run_ringside(
    {"admin", "add", "Eve", "--role", "admin", "--data", data().string()});
  EXPECT_EQ(tool.code, 1) << tool.text;
  EXPECT_NE(tool.text.find(std::to_string(server.pid())), std::string::npos);
  auto bout = running_bout();
  ASSERT_EQ(note(bout, "beside"), 200u);
  auto verdict = verify();
  EXPECT_EQ(verdict.code, 0) << verdict.text;
  ASSERT_EQ(note(bout, "unharmed"), 200u);
}

TEST_F(stop_test, a_port_in_use_is_named) {
  start();
  auto place = "127.0.0.1:" + std::to_string(server.port());
  auto second = run_ringside(
    {"serve", "--data", (here() / "other").string(), "--listen", place});
  EXPECT_EQ(second.code, 1) << second.text;
  EXPECT_NE(second.text.find("cannot listen on " + place), std::string::npos)
    << second.text;
  EXPECT_NE(second.text.find("in use"), std::string::npos);
}

} // namespace
} // namespace ringside::test
