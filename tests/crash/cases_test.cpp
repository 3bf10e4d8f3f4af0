#include "tests/crash/crash_fixture.hpp"
#include "tests/crash/journal_ledger.hpp"

#include <set>
#include <thread>
#include <vector>

namespace ringside::test {
namespace {

/// Defects that others had (tests/CASES.md), asked of the program
/// as it is delivered.
class cases_test : public crash_fixture {
protected:
  std::string finished_bout() {
    auto id = running_bout();
    EXPECT_EQ(command(id, body("stop_clock")).status, 200u);
    auto finish = command(id, body("record_finish",
                                   "\"corner\":\"red\",\"method\":\"ko\","
                                   "\"round\":1,\"round_ms\":0"));
    EXPECT_EQ(finish.status, 200u) << finish.body;
    auto approved
      = server.http(commission)
          .post("/api/v1/bouts/" + id + "/commands", body("approve_result"));
    EXPECT_TRUE(approved && approved->status == 200u);
    auto published = command(id, body("publish_result"));
    EXPECT_EQ(published.status, 200u) << published.body;
    return id;
  }
};

TEST_F(cases_test, case_02_the_same_press_twice_counts_once) {
  add_people();
  start();
  auto bout = running_bout();
  auto strike = body("log_strike", "\"corner\":\"red\",\"technique\":\"jab\"");
  auto first = command(bout, strike);
  auto version = version_of(bout);
  auto second = command(bout, strike);
  EXPECT_EQ(second.status, 200u);
  auto plain = parsed(first.body);
  plain.as_object()->emplace("replayed", true);
  EXPECT_EQ(second.body, json::to_text(plain)) << "the first answer, but";
  // From every connection at once, over a restart, after kill -9.
  std::vector<std::thread> all;
  for (int i = 0; i < 8; ++i)
    all.emplace_back(
      [&] { EXPECT_EQ(command(bout, strike).body, second.body); });
  for (auto& t : all)
    t.join();
  server.kill_hard();
  start();
  EXPECT_EQ(command(bout, strike).body, second.body);
  EXPECT_EQ(version_of(bout), version);
  auto other = strike;
  other.replace(other.find("red"), 3, "blu");
  other.replace(other.find("blu"), 3, "blue");
  auto reused = command(bout, other);
  EXPECT_EQ(reused.status, 409u);
  EXPECT_EQ(text_in(parsed(reused.body), "code"), "command_id_reused");
}

TEST_F(cases_test, case_06_a_cut_cable_loses_nothing) {
  add_people();
  start();
  auto bout = running_bout();
  std::vector<std::string> queue;
  for (int i = 0; i < 60; ++i)
    queue.push_back("{\"op\":\"command\",\"bout_id\":\"" + bout
                    + "\",\"command_id\":\"" + fresh_id()
                    + "\",\"type\":\"log_strike\",\"corner\":\"red\","
                      "\"technique\":\"jab\"}");
  // The line breaks after some were sent and none was heard of; then the
  // whole queue is sent again.
  {
    net::ws_client cut{server.client(operator_token)};
    ASSERT_TRUE(cut.connect());
    for (int i = 0; i < 40; ++i)
      ASSERT_TRUE(cut.send(queue[static_cast<std::size_t>(i)]));
  }
  net::ws_client again{server.client(operator_token)};
  ASSERT_TRUE(again.connect());
  for (const auto& text : queue) {
    ASSERT_TRUE(again.send(text));
    EXPECT_EQ(text_in(next_message(again, "ack"), "op"), "ack");
  }
  EXPECT_EQ(version_of(bout), 3 + 60);
}

TEST_F(cases_test, case_07_what_is_final_stays) {
  add_people();
  start();
  auto id = finished_bout();
  auto version = version_of(id);
  auto strike = "\"corner\":\"red\",\"technique\":\"jab\"";
  auto late = command(id, body("log_strike", strike));
  EXPECT_EQ(late.status, 409u) << late.body;
  auto reopened = command(id, body("open_round", "\"round\":2"));
  EXPECT_EQ(reopened.status, 409u) << reopened.body;
  auto card = server.http(judge).post(
    "/api/v1/bouts/" + id + "/commands",
    body("submit_card", "\"seat\":1,\"round\":1,\"red\":10,\"blue\":9"));
  EXPECT_GE(card->status, 400u) << card->body;
  EXPECT_EQ(version_of(id), version);
  server.kill_hard();
  start();
  EXPECT_EQ(command(id, body("log_strike", strike)).status, 409u);
  EXPECT_EQ(version_of(id), version);
}

TEST_F(cases_test, case_50_ids_never_collide_and_updates_are_never_lost) {
  add_people();
  start();
  auto bout = running_bout();
  auto create = "\",\"ruleset\":\"mma_abc_2025\",\"red\":{\"name\":\"R\"},"
                "\"blue\":{\"name\":\"B\"},\"judges\":[{\"name\":\"J\"},{"
                "\"name\":\"K\"},{\"name\":\"L\"}]}";
  std::vector<std::string> bodies;
  std::vector<std::string> notes;
  for (int i = 0; i < 40; ++i) {
    bodies.push_back("{\"command_id\":\"" + fresh_id() + create);
    notes.push_back(body("add_note", "\"text\":\"n\""));
  }
  // Bouts made and one bout changed from many connections at once.
  std::vector<std::string> ids(bodies.size());
  std::vector<std::thread> all;
  for (std::size_t t = 0; t < 4; ++t)
    all.emplace_back([&, t] {
      for (std::size_t i = t; i < bodies.size(); i += 4) {
        auto made = server.http(supervisor).post("/api/v1/bouts", bodies[i]);
        ids[i] = made ? text_in(parsed(made->body), "bout_id") : "";
        EXPECT_EQ(command(bout, notes[i]).status, 200u);
      }
    });
  for (auto& t : all)
    t.join();
  std::set<std::string> distinct{ids.begin(), ids.end()};
  EXPECT_EQ(distinct.size(), bodies.size());
  EXPECT_FALSE(distinct.contains(""));
  EXPECT_EQ(version_of(bout), 3 + 40);
  server.kill_hard();
  start();
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    auto again = server.http(supervisor).post("/api/v1/bouts", bodies[i]);
    EXPECT_EQ(text_in(parsed(again->body), "bout_id"), ids[i]);
  }
  journal_ledger ledger{data()};
  ledger.catch_up();
  EXPECT_EQ(ledger.faults, std::vector<std::string>{});
}

} // namespace
} // namespace ringside::test
