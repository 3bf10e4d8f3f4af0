#include "tests/crash/bout_night.hpp"
#include "tests/crash/journal_ledger.hpp"

#include <set>

namespace ringside::test {
namespace {

/// One log behind everything that is shown: nothing counts twice, an edit is
/// seen everywhere, and looking changes nothing.
class surfaces_test : public bout_night {
protected:
  /// Every surface says the same about the bout as its whole view.
  void expect_agreement(const std::string& bout, follower& stream) {
    auto view = show(bout);
    auto version = number_in(view, "version");
    ASSERT_TRUE(stream.reach(version));
    for (const auto& [key, value] : *view.as_object())
      EXPECT_EQ(stream.state[key], value) << "the stream differs in " << key;
    for (const auto* part : {"/scorecards", "/result", "/statistics"}) {
      auto shown = show(bout, part);
      EXPECT_GT(shown.as_object()->size(), 1u) << part;
      for (const auto& [key, value] : *shown.as_object()) {
        if (key == "totals") {
          expect_sum(shown, value);
          continue;
        }
        ASSERT_NE(view.find(key), nullptr) << part << " " << key;
        EXPECT_EQ(*view.find(key), value) << part << " differs in " << key;
      }
    }
  }

  /// The totals of the statistics are the rounds added up.
  static void expect_sum(const json::value& shown, const json::value& totals) {
    for (const auto* who : {"red", "blue"})
      for (const auto* column : {"total_att", "sig_landed", "kd", "ctrl_ms"}) {
        std::int64_t sum = 0;
        for (const auto& [key, round] : *shown.as_object())
          if (key.starts_with("round_"))
            sum += number_in(*round.find(who), column);
        EXPECT_EQ(number_in(*totals.find(who), column), sum) << column;
      }
  }

  /// Landed strikes of red in round 1, as the statistics count them.
  std::int64_t landed(const std::string& bout) {
    auto all = show(bout, "/statistics");
    const auto* round = all.find("round_1");
    const auto* red = round != nullptr ? round->find("red") : nullptr;
    return red != nullptr ? number_in(*red, "total_landed") : -1;
  }

  std::uint64_t journal_size() {
    journal_ledger ledger{data()};
    ledger.catch_up();
    EXPECT_EQ(ledger.faults, std::vector<std::string>{});
    return ledger.size();
  }
};

// Two operators, two roads, every command over both of them and once more
// after a crash: one journal, and each strike in it once.
TEST_F(surfaces_test, case_08_one_log_counts_nothing_twice) {
  set_up();
  auto bout = new_bout(3);
  must(supervisor, bout, "open_round", "\"round\":1");
  must(supervisor, bout, "start_clock");
  auto before = version_of(bout);
  constexpr int strikes = 40;
  std::vector<std::string> sent;
  for (int i = 0; i < strikes; ++i)
    sent.push_back(
      body("log_strike", "\"corner\":\"red\",\"technique\":\"jab\""));
  auto send_all = [&](bool first) {
    for (int i = 0; i < strikes; ++i) {
      const auto& token = i % 2 == 0 ? operator_token : other_operator;
      const auto& json = sent[static_cast<std::size_t>(i)];
      net::ws_client stream{server.client(token)};
      ASSERT_TRUE(stream.connect());
      ASSERT_TRUE(stream.send("{\"op\":\"command\",\"bout_id\":\"" + bout
                              + "\"," + json.substr(1)));
      auto ack = next_message(stream, "ack");
      EXPECT_EQ(ack.find("replayed") == nullptr, first);
      auto again = post(token, bout, json);
      EXPECT_EQ(again.status, 200u) << again.body;
      EXPECT_NE(again.body.find("\"replayed\":true"), std::string::npos);
    }
  };
  send_all(true);
  follower stream{server.client(supervisor), "bout/" + bout};
  EXPECT_EQ(landed(bout), strikes);
  EXPECT_EQ(version_of(bout), before + strikes);
  expect_agreement(bout, stream);
  server.kill_hard();
  start();
  send_all(false);
  EXPECT_EQ(landed(bout), strikes);
  EXPECT_EQ(version_of(bout), before + strikes);
  journal_ledger ledger{data()};
  ledger.catch_up();
  EXPECT_EQ(ledger.faults, std::vector<std::string>{});
  for (const auto& json : sent)
    EXPECT_NE(ledger.find(text_in(parsed(json), "command_id")), nullptr);
  auto shown = server.http(supervisor).get("/api/v1/bouts/" + bout);
  EXPECT_EQ(shown->body, ledger.view_of(bout));
  // There is no second store that could be merged in.
  std::set<std::string> stores;
  for (const auto& file : std::filesystem::directory_iterator{data()})
    if (file.path().extension() == ".db")
      stores.insert(file.path().filename().string());
  EXPECT_EQ(stores, std::set<std::string>{"journal.db"});
}

// An edit is an entry with its reason; looking at it, however often and by
// whomever, writes nothing and takes nothing back.
TEST_F(surfaces_test, case_15_an_edit_is_an_entry_and_viewing_writes_nothing) {
  set_up();
  auto bout = new_bout(3);
  fight_round(bout, 1);
  for (int seat = 1; seat <= 3; ++seat)
    EXPECT_EQ(post(judges[static_cast<std::size_t>(seat - 1)], bout,
                   card(seat, 1, 10, 9))
                .status,
              200u);
  must(supervisor, bout, "revise_card",
       "\"seat\":1,\"round\":1,\"red\":9,\"blue\":10,\"authorised_by\":"
       "\"Cora\",\"reason\":\"corners mixed up\"");
  auto last = show(bout, "/events?limit=1000");
  const auto& events = *last.find("events")->as_array();
  ASSERT_GE(events.size(), 2u);
  EXPECT_EQ(text_in(events.back(), "type"), "card_revised")
    << json::to_text(events.back());
  EXPECT_NE(json::to_text(events.back()).find("corners mixed up"),
            std::string::npos);
  EXPECT_NE(json::to_text(last).find("card_filed"), std::string::npos)
    << "what was there before stays";
  auto version = version_of(bout);
  auto cards = show(bout, "/scorecards");
  auto size = journal_size();
  for (const auto& who :
       {supervisor, commission, operator_token, viewer, judges[0]}) {
    for (int i = 0; i < 3; ++i)
      for (const auto* part :
           {"", "/scorecards", "/result", "/statistics", "/events"})
        EXPECT_TRUE(server.http(who).get("/api/v1/bouts/" + bout + part));
    net::ws_client stream{server.client(who)};
    ASSERT_TRUE(stream.connect());
    for (const auto& topic :
         {"bout/" + bout, "bout/" + bout + "/board", std::string{"bouts"}}) {
      ASSERT_TRUE(
        stream.send("{\"op\":\"subscribe\",\"topic\":\"" + topic + "\"}"));
      EXPECT_EQ(text_in(next_message(stream, "snapshot"), "topic"), topic);
    }
  }
  EXPECT_EQ(journal_size(), size) << "looking wrote something";
  EXPECT_EQ(version_of(bout), version);
  EXPECT_EQ(show(bout, "/scorecards"), cards) << "the edit was taken back";
  server.kill_hard();
  start();
  EXPECT_EQ(show(bout, "/scorecards"), cards);
}

// Edits of a card and of a strike reach the view, the cards, the statistics,
// the result and the stream alike.
TEST_F(surfaces_test, case_16_every_surface_shows_the_edit) {
  set_up();
  auto bout = new_bout(1);
  follower stream{server.client(supervisor), "bout/" + bout};
  must(supervisor, bout, "open_round", "\"round\":1");
  must(supervisor, bout, "start_clock");
  auto logged = must(operator_token, bout, "log_strike",
                     "\"corner\":\"red\",\"technique\":\"jab\"");
  EXPECT_EQ(landed(bout), 1);
  auto event = *logged.find("events")->as_array()->front().as_string();
  must(operator_token, bout, "replace_event",
       "\"event_id\":\"" + event
         + "\",\"reason\":\"it was blue\",\"fact\":{\"type\":\"log_strike\","
           "\"corner\":\"blue\",\"technique\":\"jab\"}");
  EXPECT_EQ(landed(bout), 0);
  expect_agreement(bout, stream);
  must(supervisor, bout, "close_round", "\"round\":1");
  judge_round(bout, 1, 10, 9);
  auto winner = [&] {
    auto shown = show(bout, "/result");
    const auto* result = shown.find("result");
    return result != nullptr ? text_in(*result, "winner") : "";
  };
  EXPECT_EQ(winner(), "red");
  expect_agreement(bout, stream);
  must(supervisor, bout, "unlock_round",
       "\"round\":1,\"authorised_by\":\"Cora\",\"reason\":\"mixed up\"");
  for (const auto* seat : {"1", "2"})
    must(supervisor, bout, "revise_card",
         std::string{"\"seat\":"} + seat
           + ",\"round\":1,\"red\":9,\"blue\":10,\"authorised_by\":\"Cora\","
             "\"reason\":\"corners mixed up\"");
  expect_agreement(bout, stream);
  must(supervisor, bout, "lock_round", "\"round\":1");
  EXPECT_EQ(winner(), "blue") << "the result follows the edit";
  expect_agreement(bout, stream);
  server.kill_hard();
  start();
  follower after{server.client(supervisor), "bout/" + bout};
  EXPECT_EQ(winner(), "blue");
  expect_agreement(bout, after);
}

} // namespace
} // namespace ringside::test
