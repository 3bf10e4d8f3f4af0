#include "tests/crash/bout_night.hpp"
#include "tests/crash/journal_ledger.hpp"
#include "tests/persistence/support/raw_database.hpp"

#include <fstream>
#include <thread>

namespace ringside::test {
namespace {

using persistence::test::raw_database;

/// Doors that stay shut: floods, locked cards, the audit log.
class guards_test : public bout_night {
protected:
  /// The limits as they are delivered.
  void with_default_limits() {
    auto file = here() / "default.yaml";
    std::ofstream{file} << "listen: {port: 0}\n";
    how.config = file;
  }

  std::string bout;
};

TEST_F(guards_test, case_03_a_flood_is_turned_away_and_harms_nobody) {
  with_default_limits();
  set_up();
  bout = running_bout();
  auto before = version_of(bout);
  std::size_t done = 0;
  std::size_t limited = 0;
  std::thread flood{[&] {
    net::ws_client stream{server.client(operator_token)};
    if (!stream.connect())
      return;
    for (int i = 0; i < 190; ++i)
      if (!stream.send("{\"op\":\"command\",\"bout_id\":\"" + bout + "\","
                       + body("log_strike", "\"corner\":\"red\",\"technique\":"
                                            "\"jab\"")
                           .substr(1)))
        return;
    for (int i = 0; i < 190; ++i) {
      auto text = stream.read();
      if (!text)
        return;
      done += text->find("\"op\":\"ack\"") != std::string::npos ? 1 : 0;
      limited
        += text->find("\"code\":\"rate_limited\"") != std::string::npos ? 1 : 0;
    }
  }};
  // Another operator and the supervisor work as ever meanwhile.
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(post(other_operator, bout,
                   "{\"command_id\":\"00000000-0000-4000-8000-00000000000"
                     + std::to_string(i)
                     + "\",\"type\":\"log_strike\",\"corner\":\"blue\","
                       "\"technique\":\"jab\"}")
                .status,
              200u);
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  flood.join();
  EXPECT_GT(limited, 20u);
  EXPECT_GE(done, 64u) << "the burst is let through";
  EXPECT_EQ(version_of(bout), before + 10 + static_cast<std::int64_t>(done))
    << "what was turned away left no trace";
}

TEST_F(guards_test, case_03_over_http_a_flood_gets_429) {
  with_default_limits();
  set_up();
  bout = running_bout();
  auto http = server.http(operator_token);
  auto before = version_of(bout);
  std::int64_t done = 0;
  bool told = false;
  for (int i = 0; i < 400 && !told; ++i) {
    auto answer
      = http.post("/api/v1/bouts/" + bout + "/commands",
                  body("log_strike", "\"corner\":\"red\",\"technique\":"
                                     "\"jab\""));
    ASSERT_TRUE(answer);
    done += answer->status == 200 ? 1 : 0;
    if (answer->status != 429)
      continue;
    told = true;
    EXPECT_EQ(text_in(parsed(answer->body), "code"), "rate_limited");
    EXPECT_NE(answer->headers["retry-after"], "");
  }
  EXPECT_TRUE(told);
  std::this_thread::sleep_for(std::chrono::milliseconds{1'100});
  EXPECT_EQ(version_of(bout), before + done);
}

TEST_F(guards_test, case_44_no_request_writes_the_audit_log) {
  auto admin = add_person(data(), "Ada", "admin");
  set_up();
  bout = running_bout();
  auto size = [&] {
    journal_ledger ledger{data()};
    ledger.catch_up();
    EXPECT_EQ(ledger.faults, std::vector<std::string>{});
    return ledger.size();
  };
  auto before = size();
  for (const auto& token : {supervisor, commission, admin})
    for (const auto* path :
         {"/api/v1/audit", "/api/v1/audit/checkpoint", "/api/v1/audit/entries",
          "/api/v1/audit/tile/0/000", "/api/v1/audit/proof/inclusion",
          "/api/v1/audit/proof/consistency"})
      for (const auto* method : {"POST", "PUT", "PATCH", "DELETE"}) {
        auto answer
          = server.http(token).send(method, path, "{\"entry\":\"forged\"}",
                                    {{"Content-Type", "application/json"}});
        ASSERT_TRUE(answer) << method << path;
        EXPECT_TRUE(answer->status == 404 || answer->status == 405)
          << method << " " << path << " " << answer->status;
      }
  // The bout's own log takes commands only, and knows no raw event.
  auto events = server.http(supervisor)
                  .post("/api/v1/bouts/" + bout + "/events", "{\"no\":1}");
  EXPECT_EQ(events->status, 405u);
  for (const auto* type : {"result_derived", "card_filed", "append"})
    EXPECT_EQ(command(bout, body(type)).status, 422u);
  EXPECT_EQ(size(), before);
}

TEST_F(guards_test, case_44_a_row_inserted_behind_its_back_is_found) {
  set_up();
  bout = running_bout();
  ASSERT_EQ(note(bout, "honest"), 200u);
  ASSERT_EQ(server.stop(), 0);
  ASSERT_EQ(verify().code, 0);
  {
    raw_database db{data() / "journal.db"};
    // A copy of the last entry at the next place, as plain SQL allows it.
    ASSERT_EQ(db.run("INSERT INTO audit_entry SELECT idx + 1, bout, bseq + 1, "
                     "leaf, bytes FROM audit_entry ORDER BY idx DESC LIMIT 1"),
              "");
  }
  auto verdict = verify();
  EXPECT_EQ(verdict.code, 1) << verdict.text;
  EXPECT_NE(verdict.text.find("ALTERED"), std::string::npos) << verdict.text;
  start();
  EXPECT_NE(server.log().find("critical"), std::string::npos);
  auto refused = command(bout, body("add_note", "\"text\":\"x\""));
  EXPECT_EQ(refused.status, 503u) << refused.body;
}

TEST_F(guards_test, case_44_a_row_inserted_while_it_runs_is_found) {
  set_up();
  auto other = running_bout();
  auto other_version = version_of(other);
  bout = running_bout();
  ASSERT_EQ(note(bout, "honest"), 200u);
  auto version = version_of(bout);
  {
    raw_database db{data() / "journal.db"};
    ASSERT_EQ(db.run("INSERT INTO audit_entry SELECT idx + 1, bout, bseq + 1, "
                     "leaf, bytes FROM audit_entry ORDER BY idx DESC LIMIT 1"),
              "");
  }
  // The forged row has the place of the next true one: nothing is written
  // over it, and nothing after it.
  auto refused = command(bout, body("add_note", "\"text\":\"x\""));
  EXPECT_NE(refused.status, 200u) << refused.body;
  auto verdict = verify();
  EXPECT_EQ(verdict.code, 1) << verdict.text;
  EXPECT_NE(wait_for_readyz(503).find("journal"), std::string::npos);
  EXPECT_NE(server.log().find("critical"), std::string::npos);
  // The forged row counts for nothing: its bout stays as it was or is not
  // shown at all. The others are.
  auto shown = server.http(supervisor).get("/api/v1/bouts/" + bout);
  if (shown && shown->status == 200) {
    EXPECT_EQ(number_in(parsed(shown->body), "version"), version);
  }
  EXPECT_EQ(version_of(other), other_version);
}

TEST_F(guards_test, case_45_a_locked_card_is_final) {
  set_up();
  bout = new_bout(3);
  fight_round(bout, 1);
  judge_round(bout, 1, 10, 9);
  auto version = version_of(bout);
  auto cards = show(bout, "/scorecards");
  expect_refused(judges[0], bout, card(1, 1, 9, 10), 409, "round_locked");
  expect_refused(judges[0], bout, card(1, 1, 10, 9), 409, "round_locked");
  expect_refused(supervisor, bout,
                 body("revise_card",
                      "\"seat\":1,\"round\":1,\"red\":9,\"blue\":10,"
                      "\"authorised_by\":\"Cora\",\"reason\":\"x\""),
                 409, "round_locked");
  expect_refused(supervisor, bout, body("lock_round", "\"round\":1"), 409,
                 "round_locked");
  server.kill_hard();
  start();
  expect_refused(judges[0], bout, card(1, 1, 9, 10), 409, "round_locked");
  EXPECT_EQ(version_of(bout), version);
  EXPECT_EQ(show(bout, "/scorecards"), cards);
}

TEST_F(guards_test, case_45_nobody_is_not_everybody) {
  set_up();
  bout = new_bout(3);
  fight_round(bout, 1);
  auto lock = [&] { return body("lock_round", "\"round\":1"); };
  expect_refused(supervisor, bout, lock(), 409, "cards_missing");
  for (int seat = 1; seat <= 2; ++seat)
    EXPECT_EQ(post(judges[static_cast<std::size_t>(seat - 1)], bout,
                   card(seat, 1, 10, 9))
                .status,
              200u);
  expect_refused(supervisor, bout, lock(), 409, "cards_missing");
  EXPECT_EQ(post(judges[2], bout, card(3, 1, 10, 9)).status, 200u);
  EXPECT_EQ(post(supervisor, bout, lock()).status, 200u);
  // A bout to which no judge was assigned does not even begin.
  auto made = server.http(supervisor)
                .post("/api/v1/bouts",
                      "{\"command_id\":\"" + fresh_id()
                        + "\",\"ruleset\":\"mma_abc_2025\",\"red\":{\"name\":"
                          "\"R\"},\"blue\":{\"name\":\"B\"},\"judges\":[]}");
  ASSERT_EQ(made->status, 201u) << made->body;
  auto empty = text_in(parsed(made->body), "bout_id");
  expect_refused(supervisor, empty, body("open_round", "\"round\":1"), 409,
                 "wrong_state");
}

} // namespace
} // namespace ringside::test
