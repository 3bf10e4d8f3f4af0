#include "tests/app/node/wall_fixture.hpp"

#include <map>
#include <memory>
#include <string>

/// The wall around assessments on a real server.
namespace ringside {
namespace {

using namespace std::chrono_literals;

class wall_test : public test::wall_fixture {};

TEST_F(wall_test, case_14_every_surface_shows_the_same_receipt) {
  open_bout();
  fight_round(1);
  auto answer = assessment("supervisor");
  ASSERT_EQ(answer.status, 200u) << answer.body;
  auto receipt = text(answer.body, "receipt");
  EXPECT_EQ(receipt.find("fj." + bout_ + "."), 0u) << receipt;
  // The other people who may look, the stream, and the next SCORER.
  for (const auto* who : {"commission", "admin", "broadcast"})
    EXPECT_EQ(assessment(who).body, answer.body) << who;
  EXPECT_EQ(shown_on_stream(answer.body), answer.body);
  auto again
    = send("admin", "POST", "/actors/bout/" + bout_ + "/scorer/restart");
  EXPECT_EQ(again.status, 200u) << again.body;
  EXPECT_EQ(assessment("supervisor").body, answer.body);
  // A judge who filed reads the very same.
  file("judge", 1, 1);
  ASSERT_TRUE(comes_to_see("judge"));
  EXPECT_EQ(assessment("judge").body, answer.body);
}

TEST_F(wall_test, a_judge_sees_a_round_after_his_own_card_only) {
  open_bout();
  fight_round(1);
  EXPECT_EQ(sees("judge"), 403u);
  EXPECT_EQ(text(assessment("judge").body, "code"), "forbidden");
  // Another judge's card opens nothing for him.
  file("judge2", 2, 1);
  EXPECT_TRUE(comes_to_see("judge2"));
  EXPECT_EQ(sees("judge"), 403u);
  file("judge", 1, 1);
  EXPECT_TRUE(comes_to_see("judge"));
  // Each round for itself.
  file("judge3", 3, 1);
  command("supervisor", "lock_round", "\"round\":1");
  fight_round(2);
  EXPECT_EQ(sees("judge", 2), 403u);
  EXPECT_EQ(sees("judge", 1), 200u);
  file("judge", 1, 2);
  EXPECT_TRUE(comes_to_see("judge", 2));
  EXPECT_EQ(sees("judge2", 2), 403u);
}

TEST_F(wall_test, a_judge_without_a_seat_sees_nothing) {
  open_bout();
  add("judge4", role::judge);
  fight_round(1);
  for (auto seat : {1, 2, 3})
    file(seat == 1 ? "judge" : "judge" + std::to_string(seat), seat, 1);
  ASSERT_TRUE(comes_to_see("judge3"));
  EXPECT_EQ(sees("judge4"), 403u);
}

TEST_F(wall_test, who_works_at_the_ring_sees_nothing_while_the_bout_lives) {
  open_bout();
  fight_round(1);
  for (const auto* who : {"operator", "timekeeper", "source", "viewer", ""})
    EXPECT_EQ(sees(who), 403u) << who;
  for (const auto* who : {"supervisor", "commission", "admin", "broadcast"})
    EXPECT_EQ(sees(who), 200u) << who;
}

TEST_F(wall_test, the_stream_is_for_four_roles) {
  open_bout();
  fight_round(1);
  for (auto name : enum_names<role>::value) {
    std::string who{name};
    auto may = who == "supervisor" || who == "commission" || who == "admin"
               || who == "broadcast";
    auto frame = subscribe(who);
    EXPECT_EQ(text(frame, "op"), may ? "snapshot" : "refused") << who;
    EXPECT_EQ(frame.find("wins_ppm") != std::string::npos, may) << who;
  }
  EXPECT_EQ(text(subscribe(""), "op"), "refused");
  // A filed card opens the question, not the stream.
  file("judge", 1, 1);
  ASSERT_TRUE(comes_to_see("judge"));
  EXPECT_EQ(text(subscribe("judge"), "op"), "refused");
}

TEST_F(wall_test, everybody_sees_it_once_the_result_is_published) {
  open_bout();
  fight_round(1);
  auto seat = 0;
  for (const auto* who : {"judge", "judge2", "judge3"})
    file(who, ++seat, 1);
  command("supervisor", "lock_round", "\"round\":1");
  command("supervisor", "record_finish",
          "\"corner\":\"red\",\"method\":\"ko\",\"round\":1,\"round_ms\":0");
  EXPECT_EQ(sees("viewer"), 403u);
  command("commission", "approve_result");
  EXPECT_EQ(sees("viewer"), 403u);
  command("supervisor", "publish_result");
  for (const auto* who : {"viewer", "operator", "timekeeper", "judge", ""})
    EXPECT_TRUE(comes_to_see(who)) << who;
}

TEST_F(wall_test, advice_is_not_among_what_anybody_else_is_told) {
  open_bout();
  fight_round(1);
  ASSERT_EQ(sees("supervisor"), 200u);
  for (const auto& [who, token] : tokens_)
    for (const auto* part : {"", "/scorecards", "/result", "/statistics"}) {
      auto a = send(who, "GET", "/bouts/" + bout_ + part);
      EXPECT_EQ(a.body.find("wins_ppm"), std::string::npos) << who << part;
    }
  auto events = send("supervisor", "GET", "/bouts/" + bout_ + "/events");
  EXPECT_EQ(events.body.find("wins_ppm"), std::string::npos);
}

TEST_F(wall_test, the_other_topics_say_nothing_of_the_machine) {
  open_bout();
  command("timekeeper", "open_round", "\"round\":1");
  command("timekeeper", "start_clock");
  std::map<std::string, std::unique_ptr<net::ws_client>> everybody;
  for (const auto& [who, token] : tokens_) {
    auto ws = std::make_unique<net::ws_client>(client(who));
    ASSERT_TRUE(ws->connect());
    for (const auto& topic :
         {"bout/" + bout_, "bout/" + bout_ + "/board", std::string{"bouts"}})
      ASSERT_TRUE(
        ws->send("{\"op\":\"subscribe\",\"topic\":\"" + topic + "\"}"));
    everybody.emplace(who, std::move(ws));
  }
  // While it assesses: facts, a bell, a card, a change of the calibration.
  for (int n = 0; n < 5; ++n)
    command("operator", "log_knockdown",
            "\"corner\":\"red\",\"tier\":\"flash\"");
  command("timekeeper", "close_round", "\"round\":1");
  ASSERT_EQ(send("admin", "PUT", "/calibration",
                 "{\"version\":1,\"reason\":\"x\",\"values\":"
                 "{\"temperature_milli\":2500}}")
              .status,
            200u);
  ASSERT_NE(assessment_under(2), "");
  file("judge", 1, 1);
  for (auto& [who, ws] : everybody) {
    auto deltas = 0;
    for (auto frame = ws->read(300ms); frame; frame = ws->read(300ms)) {
      deltas += text(*frame, "op") == "delta";
      for (const auto* word : {"wins_ppm", "receipt", "lead_milli", "too_close",
                               "advisory", "calibration", "mma_fit"})
        EXPECT_EQ(frame->find(word), std::string::npos) << who << *frame;
    }
    EXPECT_GT(deltas, 0) << who;
  }
}

TEST_F(wall_test, the_stream_follows_what_is_logged) {
  open_bout();
  fight_round(1);
  net::ws_client ws{client("broadcast")};
  ASSERT_TRUE(ws.connect());
  ASSERT_TRUE(
    ws.send("{\"op\":\"subscribe\",\"topic\":\"assessment/" + bout_ + "\"}"));
  auto before = assessment("supervisor").body;
  command("supervisor", "retract_event",
          "\"event_id\":\"" + last_knockdown_ + "\",\"reason\":\"a slip\"");
  std::string wanted;
  ASSERT_TRUE(until([&] {
    wanted = assessment("supervisor").body;
    return wanted != before;
  }));
  std::string shown;
  for (int n = 0; n < 20 && shown != wanted; ++n) {
    auto frame = ws.read(2s);
    ASSERT_TRUE(frame);
    auto v = parsed(*frame);
    for (const auto* part : {"state", "changes"})
      if (const auto* body = v.find(part); body != nullptr)
        if (const auto* round = body->find("round_1"); round != nullptr)
          shown = json::to_text(*round);
  }
  EXPECT_EQ(shown, wanted);
}

TEST_F(wall_test, a_round_that_is_not_there_is_not_found) {
  open_bout();
  EXPECT_EQ(sees("supervisor", 1), 404u);
  fight_round(1);
  EXPECT_EQ(sees("supervisor", 2), 404u);
  EXPECT_EQ(
    send("supervisor", "GET", "/bouts/" + bout_ + "/rounds/x/assessment")
      .status,
    404u);
  EXPECT_EQ(
    send("supervisor", "GET", "/bouts/" + bout_ + "/rounds/1/assessment?all=1")
      .status,
    400u);
  EXPECT_EQ(
    send("supervisor", "GET", "/bouts/nobody/rounds/1/assessment").status,
    404u);
}

} // namespace
} // namespace ringside
