#include "tests/crash/crash_fixture.hpp"
#include "tests/crash/journal_ledger.hpp"

#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <thread>

namespace ringside::test {
namespace {

/// A real server whose disk fails while it runs, and recovers.
class disk_test : public crash_fixture {
protected:
  void set_up() {
    add_people();
    how.environment["LD_PRELOAD"]
      = (std::filesystem::path{RINGSIDE_BINARY_DIR} / "tests" / "crash"
         / "libringside_failing_disk.so")
          .string();
    how.environment["FAILING_DISK_ROOT"] = data().string() + "/";
    how.environment["FAILING_DISK_COMMAND"] = switch_file().string();
    start();
    bout = running_bout();
    ASSERT_EQ(note(bout, "before"), 200u);
    version = version_of(bout);
  }

  std::filesystem::path switch_file() const {
    return here() / "fail";
  }

  /// Written aside and renamed: the server may look at any moment.
  void fail(const std::string& calls) {
    auto aside = here() / "fail.new";
    std::ofstream{aside} << calls;
    std::filesystem::rename(aside, switch_file());
  }

  void mend() {
    std::filesystem::remove(switch_file());
  }

  /// What a failing disk must look like from outside.
  void expect_read_only(const std::string& reason) {
    lost = body("add_note", "\"text\":\"lost\"");
    auto refused = command(bout, lost);
    EXPECT_EQ(refused.status == 200, false) << refused.body;
    auto again = command(bout, body("add_note", "\"text\":\"x\""));
    EXPECT_EQ(again.status, 503u) << again.body;
    EXPECT_EQ(text_in(parsed(again.body), "code"), "read_only");
    EXPECT_TRUE(server.wait_for_log("critical")) << server.log();
    EXPECT_NE(server.log().find("node/journal: read-only: "), std::string::npos)
      << server.log();
    auto ready = wait_for_readyz(503);
    EXPECT_NE(ready.find("\"component\":\"journal\",\"level\":\"failed\""),
              std::string::npos)
      << ready;
    EXPECT_NE(ready.find(reason), std::string::npos) << ready;
    auto made = server.http(supervisor)
                  .post("/api/v1/bouts",
                        "{\"command_id\":\"" + fresh_id()
                          + "\",\"ruleset\":\"mma_abc_2025\",\"red\":{\"name\":"
                            "\"R\"},\"blue\":{\"name\":\"B\"},\"judges\":[{"
                            "\"name\":\"J\"},{\"name\":\"K\"},{\"name\":"
                            "\"L\"}]}");
    ASSERT_TRUE(made);
    EXPECT_EQ(made->status, 503u) << made->body;
    EXPECT_EQ(bouts_running(), 1) << "an empty bout was left behind";
    // Reading goes on, and shows nothing that is not durable.
    EXPECT_EQ(version_of(bout), version);
    EXPECT_EQ(server.http().get("/healthz")->status, 200u);
  }

  /// Without a restart: writing again, nothing lost, nothing doubled.
  void expect_recovery() {
    wait_for_readyz(200);
    auto answer = command(bout, lost);
    for (int i = 0; i < 50 && answer.status == 503; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
      answer = command(bout, lost);
    }
    EXPECT_EQ(answer.status, 200u) << answer.body;
    auto repeat = parsed(command(bout, lost).body);
    EXPECT_EQ(number_in(repeat, "version"),
              number_in(parsed(answer.body), "version"));
    EXPECT_EQ(note(bout, "after"), 200u);
    EXPECT_EQ(version_of(bout), version + 2);
    journal_ledger ledger{data()};
    ledger.catch_up();
    EXPECT_EQ(ledger.faults, std::vector<std::string>{});
    auto running = verify();
    EXPECT_EQ(running.code, 0) << running.text;
    EXPECT_EQ(server.stop(), 0);
    auto stopped = verify();
    EXPECT_EQ(stopped.code, 0) << stopped.text;
    start();
    EXPECT_EQ(version_of(bout), version + 2);
  }

  /// BOUT actors of the node.
  int bouts_running() {
    auto tree = server.http(supervisor).get("/api/v1/actors");
    EXPECT_TRUE(tree && tree->status == 200);
    int n = 0;
    const std::string mark = "/bout\"";
    for (auto at = tree->body.find(mark); at != std::string::npos;
         at = tree->body.find(mark, at + 1))
      ++n;
    return n;
  }

  std::string bout;
  std::int64_t version = 0;
  std::string lost;
};

TEST_F(disk_test, a_creation_that_meets_the_failure_leaves_nothing_behind) {
  set_up();
  ASSERT_EQ(bouts_running(), 1);
  auto create = "{\"command_id\":\"" + fresh_id()
                + "\",\"ruleset\":\"mma_abc_2025\",\"red\":{\"name\":\"R\"},"
                  "\"blue\":{\"name\":\"B\"},\"judges\":[{\"name\":\"J\"},{"
                  "\"name\":\"K\"},{\"name\":\"L\"}]}";
  fail("write");
  auto made = server.http(supervisor).post("/api/v1/bouts", create);
  ASSERT_TRUE(made);
  EXPECT_GE(made->status, 500u) << made->body;
  auto list = [&] { return server.http().get("/api/v1/bouts")->body; };
  auto before = list();
  mend();
  wait_for_readyz(200);
  for (int i = 0; i < 100 && bouts_running() > 1; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  EXPECT_EQ(bouts_running(), 1);
  EXPECT_EQ(list(), before);
  // Sent again, the same command makes the bout after all, once.
  for (int i = 0; i < 50; ++i) {
    made = server.http(supervisor).post("/api/v1/bouts", create);
    if (made && made->status == 201)
      break;
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  ASSERT_TRUE(made);
  EXPECT_EQ(made->status, 201u) << made->body;
  EXPECT_EQ(bouts_running(), 2);
  EXPECT_EQ(server.stop(), 0);
  EXPECT_EQ(verify().code, 0);
}

TEST_F(disk_test, case_24_a_failing_fsync_acknowledges_nothing) {
  set_up();
  fail("fsync");
  expect_read_only("disk I/O error");
  mend();
  expect_recovery();
}

TEST_F(disk_test, case_24_a_full_disk_acknowledges_nothing) {
  set_up();
  fail("write");
  expect_read_only("full");
  mend();
  expect_recovery();
}

TEST_F(disk_test, case_24_a_full_disk_that_cannot_sync_either) {
  set_up();
  fail("write fsync");
  expect_read_only("journal cannot be written");
  mend();
  expect_recovery();
}

TEST_F(disk_test, a_file_size_limit_is_a_full_disk) {
  set_up();
  rlimit before{};
  ASSERT_EQ(::prlimit(server.pid(), RLIMIT_FSIZE, nullptr, &before), 0);
  // Below what the WAL has already, so that the next page does not fit.
  rlimit small{4'096, before.rlim_max};
  ASSERT_EQ(::prlimit(server.pid(), RLIMIT_FSIZE, &small, nullptr), 0);
  // The log is a file as well; only the answers can be looked at.
  auto refused = command(bout, body("add_note", "\"text\":\"lost\""));
  EXPECT_NE(refused.status, 200u) << refused.body;
  auto ready = wait_for_readyz(503);
  EXPECT_NE(ready.find("journal"), std::string::npos) << ready;
  EXPECT_EQ(version_of(bout), version);
  ASSERT_EQ(::prlimit(server.pid(), RLIMIT_FSIZE, &before, nullptr), 0);
  lost = body("add_note", "\"text\":\"lost\"");
  expect_recovery();
}

TEST_F(disk_test, kill_while_the_disk_fails_loses_nothing) {
  set_up();
  for (const auto* calls : {"fsync", "write", "write fsync"}) {
    fail(calls);
    for (int i = 0; i < 3; ++i)
      EXPECT_NE(note(bout, "never"), 200u);
    server.kill_hard();
    mend();
    auto verdict = verify();
    EXPECT_EQ(verdict.code, 0) << verdict.text;
    start();
    // Not acknowledged: there or not, but whole.
    EXPECT_GE(version_of(bout), version);
    ASSERT_EQ(note(bout, "again"), 200u);
    version = version_of(bout);
  }
}

} // namespace
} // namespace ringside::test
