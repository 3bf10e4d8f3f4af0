#include "tests/net/net_fixture.hpp"

#include <algorithm>

#include <caf/all.hpp>

namespace ringside::net {
namespace {

using ws_test = net_fixture;

std::string subscribe(const std::string& topic, const std::string& more = {}) {
  return "{\"op\":\"subscribe\",\"topic\":\"" + topic + "\"" + more + "}";
}

std::string ws_command(const std::string& type, const std::string& rest = {}) {
  auto body = command_body(type, rest);
  return "{\"op\":\"command\",\"bout_id\":\"b1\"," + body.substr(1);
}

std::size_t contacts_at(stage& at, const std::string& door, bool present) {
  return static_cast<std::size_t>(
    std::count_if(at.contacts.begin(), at.contacts.end(), [&](const auto& c) {
      return c.door == door && c.what.present == present;
    }));
}

TEST_F(ws_test, gives_a_snapshot_and_then_every_delta_in_order) {
  start();
  auto s = ws("supervisor");
  ASSERT_TRUE(s->send(subscribe("bout/b1")));
  auto first = next(*s);
  EXPECT_EQ(text_at(first, "op"), "snapshot");
  auto seq = int_at(first, "seq");
  publish_deltas("bout/b1", 50);
  for (int i = 1; i <= 50; ++i) {
    auto d = next(*s);
    ASSERT_EQ(text_at(d, "op"), "delta");
    ASSERT_EQ(int_at(d, "seq"), seq + i);
  }
}

// Case 27: a subscriber gets every event in order, or is told of a gap.
TEST_F(ws_test, case_27_every_subscriber_gets_every_event_in_order) {
  start();
  std::vector<std::unique_ptr<ws_client>> all;
  for (int i = 0; i < 40; ++i)
    all.push_back(ws(i % 2 == 0 ? "viewer" : "operator"));
  std::vector<std::int64_t> seqs(all.size());
  for (auto& s : all)
    ASSERT_TRUE(s->send(subscribe("bouts")));
  for (std::size_t i = 0; i < all.size(); ++i)
    seqs[i] = int_at(next(*all[i]), "seq");
  for (int round = 0; round < 20; ++round)
    publish_deltas("bouts", 10);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (int left = 200; left > 0;) {
      auto m = next(*all[i]);
      if (text_at(m, "op") == "reset") {
        auto snapshot = next(*all[i], "snapshot");
        left -= static_cast<int>(int_at(snapshot, "seq") - seqs[i]);
        seqs[i] = int_at(snapshot, "seq");
        continue;
      }
      ASSERT_EQ(text_at(m, "op"), "delta");
      ASSERT_EQ(int_at(m, "seq"), ++seqs[i]) << i;
      --left;
    }
  }
}

TEST_F(ws_test, deltas_between_join_and_answer_are_neither_lost_nor_doubled) {
  start();
  auto a = ws("supervisor");
  ASSERT_TRUE(a->send(subscribe("bouts")));
  auto seq = int_at(next(*a), "seq");
  stage_->join_delay_ms = 5;
  std::vector<std::unique_ptr<ws_client>> late;
  for (int i = 0; i < 10; ++i) {
    publish_deltas("bouts", 3);
    late.push_back(ws("operator"));
    ASSERT_TRUE(late.back()->send(subscribe("bouts")));
    publish_deltas("bouts", 3);
  }
  for (auto& s : late) {
    auto at = int_at(next(*s, "snapshot"), "seq");
    while (at < seq + 60)
      ASSERT_EQ(int_at(next(*s, "delta"), "seq"), ++at);
  }
}

TEST_F(ws_test, resumes_after_a_number_inside_of_the_window) {
  start();
  auto a = ws("supervisor");
  ASSERT_TRUE(a->send(subscribe("bout/b1")));
  auto seq = int_at(next(*a), "seq");
  publish_deltas("bout/b1", 5);
  for (int i = 0; i < 5; ++i)
    next(*a);
  auto b = ws("supervisor");
  ASSERT_TRUE(
    b->send(subscribe("bout/b1", ",\"after\":" + std::to_string(seq + 2))));
  for (int i = 3; i <= 5; ++i) {
    auto d = next(*b);
    EXPECT_EQ(text_at(d, "op"), "delta");
    EXPECT_EQ(int_at(d, "seq"), seq + i);
  }
  auto c = ws("supervisor");
  ASSERT_TRUE(c->send(subscribe("bout/b1", ",\"after\":1")));
  EXPECT_EQ(text_at(next(*c), "op"), "snapshot");
}

TEST_F(ws_test, a_hub_restart_gives_reset_and_snapshot) {
  start();
  auto s = ws("supervisor");
  auto v = ws("viewer");
  for (auto* c : {s.get(), v.get()}) {
    ASSERT_TRUE(c->send(subscribe("bouts")));
    ASSERT_EQ(text_at(next(*c), "op"), "snapshot");
  }
  caf::anon_send_exit(hub, caf::exit_reason::kill);
  hub = spawn_fake_hub(services, stage_, 5'000);
  for (auto* c : {s.get(), v.get()}) {
    auto m = next(*c);
    EXPECT_EQ(text_at(m, "op"), "reset");
    EXPECT_EQ(text_at(m, "topic"), "bouts");
    auto snapshot = next(*c, "snapshot");
    EXPECT_EQ(int_at(snapshot, "seq"), 5'000);
  }
  publish_deltas("bouts", 1);
  for (auto* c : {s.get(), v.get()})
    EXPECT_EQ(int_at(next(*c, "delta"), "seq"), 5'001);
}

TEST_F(ws_test, follows_once_and_unfollows_after_the_last) {
  start();
  auto a = ws("supervisor");
  auto b = ws("supervisor");
  for (auto* c : {a.get(), b.get()}) {
    ASSERT_TRUE(c->send(subscribe("bout/b1")));
    next(*c);
  }
  EXPECT_EQ(stage_->follows.size(), 1u);
  ASSERT_TRUE(a->send("{\"op\":\"unsubscribe\",\"topic\":\"bout/b1\"}"));
  EXPECT_EQ(text_at(next(*a), "op"), "unsubscribed");
  EXPECT_TRUE(stage_->unfollows.empty());
  b->close();
  EXPECT_TRUE(stage_->wait([&] { return stage_->unfollows.size() == 1; }));
}

TEST_F(ws_test, acknowledges_and_refuses_commands) {
  start();
  auto s = ws("supervisor");
  auto frame = ws_command("start_clock");
  ASSERT_TRUE(s->send(frame));
  auto ack = next(*s);
  EXPECT_EQ(text_at(ack, "op"), "ack");
  EXPECT_EQ(int_at(ack, "version"), 1);
  EXPECT_EQ(int_at(ack, "position"), 101);
  // The same once more: the same answer, no second effect.
  ASSERT_TRUE(s->send(frame));
  auto again = next(*s);
  EXPECT_EQ(int_at(again, "version"), 1);
  EXPECT_TRUE(again.contains("replayed"));
  again.erase("replayed");
  EXPECT_EQ(again, ack);
  stage_->refusal = refuse(ec::clock_running, "the clock runs");
  ASSERT_TRUE(s->send(ws_command("start_clock")));
  auto refused = next(*s);
  EXPECT_EQ(text_at(refused, "op"), "refused");
  EXPECT_EQ(text_at(refused, "code"), "clock_running");
}

TEST_F(ws_test, the_same_command_has_one_digest_on_both_roads) {
  start();
  auto body = command_body("open_round", "\"round\":1");
  ASSERT_EQ(http("supervisor").post("/api/v1/bouts/b1/commands", body)->status,
            200u);
  auto s = ws("supervisor");
  ASSERT_TRUE(
    s->send("{\"op\":\"command\",\"bout_id\":\"b1\", " + body.substr(1)));
  EXPECT_TRUE(next(*s).contains("replayed"));
  ASSERT_EQ(stage_->commands.size(), 2u);
  EXPECT_EQ(stage_->commands[0].what.command->digest,
            stage_->commands[1].what.command->digest);
}

TEST_F(ws_test, refuses_what_it_does_not_understand) {
  start();
  auto s = ws("supervisor");
  auto code = [&](const std::string& text) {
    EXPECT_TRUE(s->send(text));
    return text_at(next(*s), "code");
  };
  EXPECT_EQ(code("hello"), "malformed");
  EXPECT_EQ(code("[]"), "malformed");
  EXPECT_EQ(code("{}"), "malformed");
  EXPECT_EQ(code("{\"op\":\"dance\"}"), "malformed");
  EXPECT_EQ(code("{\"op\":\"ping\",\"op\":\"ping\"}"), "malformed");
  EXPECT_EQ(code("{\"op\":\"ping\",\"x\":1}"), "malformed");
  EXPECT_EQ(code("{\"op\":\"ping\",\"x\":NaN}"), "malformed");
  EXPECT_EQ(code("{\"op\":\"subscribe\",\"topic\":\"nope\"}"), "not_found");
  EXPECT_EQ(code("{\"op\":\"subscribe\",\"topic\":\"bouts\",\"seet\":1}"),
            "malformed");
  EXPECT_EQ(code("{\"op\":\"unsubscribe\",\"topic\":\"bouts\"}"), "not_found");
  EXPECT_EQ(code("{\"op\":\"detections\",\"source_id\":\"s\",\"seq\":1,"
                 "\"items\":[]}"),
            "forbidden");
  EXPECT_EQ(code("{\"op\":\"command\",\"type\":\"start_clock\"}"), "malformed");
  EXPECT_EQ(code(ws_command("dance")), "invalid_value");
  EXPECT_EQ(code(ws_command("start_clock", "\"x\":1")), "malformed");
  auto deep
    = "{\"a\":" + std::string(7'000, '[') + std::string(7'000, ']') + "}";
  EXPECT_EQ(code(deep), "malformed");
  EXPECT_TRUE(s->send("{\"op\":\"ping\"}"));
  EXPECT_EQ(text_at(next(*s), "op"), "pong");
}

TEST_F(ws_test, answers_clock_exchanges_on_the_spot) {
  start();
  auto s = ws("judge");
  ASSERT_TRUE(s->send("{\"op\":\"ts\",\"n\":7,\"c0\":123456}"));
  auto t = next(*s);
  EXPECT_EQ(text_at(t, "op"), "ts");
  EXPECT_EQ(int_at(t, "n"), 7);
  EXPECT_EQ(int_at(t, "c0"), 123456);
  EXPECT_GT(int_at(t, "s1"), 0);
  EXPECT_GE(int_at(t, "s2"), int_at(t, "s1"));
  EXPECT_LT(int_at(t, "s2") - int_at(t, "s1"), 100'000);
  ASSERT_TRUE(s->send("{\"op\":\"ts\",\"n\":8,\"c0\":1,\"c3_prev\":2}"));
  EXPECT_EQ(int_at(next(*s), "n"), 8);
}

TEST_F(ws_test, beats_with_the_heads_of_its_topics) {
  start([](server_options& o) {
    o.limits.heartbeat = std::chrono::milliseconds{100};
  });
  auto s = ws("viewer");
  ASSERT_TRUE(s->send(subscribe("bouts")));
  next(*s);
  publish_deltas("bouts", 2);
  std::string beat;
  for (int i = 0; i < 20 && beat.find(":1002}") == std::string::npos; ++i)
    beat = *s->read();
  EXPECT_NE(beat.find("\"op\":\"heartbeat\",\"seqs\":{\"bouts\":1002}"),
            std::string::npos)
    << beat;
  EXPECT_NE(beat.find("\"now_us\":"), std::string::npos);
}

TEST_F(ws_test, limits_the_rate_and_says_so) {
  start([](server_options& o) { o.limits.judge = {1, 5}; });
  auto s = ws("judge");
  int limited = 0;
  for (int i = 0; i < 10; ++i)
    ASSERT_TRUE(s->send("{\"op\":\"ping\"}"));
  for (int i = 0; i < 10; ++i)
    limited += text_at(next(*s), "code") == "rate_limited";
  EXPECT_EQ(limited, 5);
}

TEST_F(ws_test, cuts_off_a_client_that_never_slows_down) {
  start([](server_options& o) { o.limits.viewer = {1, 5}; });
  auto s = ws("viewer");
  for (int i = 0; i < 300; ++i)
    if (!s->send("{\"op\":\"ping\"}"))
      break;
  while (s->read())
    continue;
  EXPECT_EQ(s->close_code(), 1008);
}

TEST_F(ws_test, limits_commands_in_flight) {
  start([](server_options& o) { o.limits.operators = {1'000, 1'000}; });
  stage_->swallow = 1'000;
  auto s = ws("supervisor");
  for (int i = 0; i < 65; ++i)
    ASSERT_TRUE(s->send(ws_command("start_clock")));
  EXPECT_EQ(text_at(next(*s), "code"), "overloaded");
}

TEST_F(ws_test, closes_on_big_and_binary_messages) {
  start();
  auto big = ws("supervisor");
  ASSERT_TRUE(big->send(std::string(17 * 1024, ' ')));
  while (big->read())
    continue;
  EXPECT_EQ(big->close_code(), 1009);
  auto binary = ws("supervisor");
  ASSERT_TRUE(binary->send_binary("x"));
  while (binary->read())
    continue;
  EXPECT_EQ(binary->close_code(), 1003);
  // A source may send more.
  auto source = ws("source");
  ASSERT_TRUE(
    source->send("{\"op\":\"ping\"" + std::string(30'000, ' ') + "}"));
  EXPECT_EQ(text_at(next(*source), "op"), "pong");
}

TEST_F(ws_test, checks_origin_subprotocol_and_token) {
  start();
  auto own = "http://127.0.0.1:" + std::to_string(node->port());
  auto status = [&](const std::string& token,
                    std::map<std::string, std::string> headers) {
    ws_client c{client(token)};
    auto ok = c.connect(headers);
    return ok ? 101u : c.status();
  };
  EXPECT_EQ(status("", {{"Origin", own}}), 101u);
  EXPECT_EQ(status("", {{"Origin", own}, {"Cookie", "rsid=judge"}}), 101u);
  EXPECT_EQ(status("", {}), 403u);
  EXPECT_EQ(status("", {{"Cookie", "rsid=judge"}}), 403u);
  EXPECT_EQ(status("judge", {}), 101u);
  EXPECT_EQ(status("judge", {{"Origin", "http://evil.example"}}), 403u);
  EXPECT_EQ(status("judge", {{"Origin", "null"}}), 403u);
  EXPECT_EQ(status("nobody", {}), 401u);
  EXPECT_EQ(status("judge", {{"Host", "evil.example"}}), 421u);
  EXPECT_EQ(status("judge", {{"Sec-WebSocket-Protocol", "other"}}), 400u);
  EXPECT_EQ(status("judge", {{"Sec-WebSocket-Protocol", ""}}), 101u);
  EXPECT_EQ(http("judge").get("/api/v1/stream")->status, 426u);
}

TEST_F(ws_test, a_revoked_token_ends_the_session_at_once) {
  start([](server_options& o) {
    o.limits.heartbeat = std::chrono::milliseconds{100};
  });
  auto talker = ws("supervisor");
  auto listener = ws("operator");
  ASSERT_TRUE(listener->send(subscribe("bout/b1")));
  next(*listener);
  accounts->revoke("supervisor");
  accounts->revoke("operator");
  ASSERT_TRUE(talker->send(ws_command("start_clock")));
  for (auto* c : {talker.get(), listener.get()}) {
    while (c->read())
      continue;
    EXPECT_EQ(c->close_code(), 1008);
  }
  EXPECT_TRUE(stage_->commands.empty());
}

// Case 39: presence follows the scoring session, and a new role works live.
TEST_F(ws_test, case_39_presence_and_role_follow_the_session) {
  start([](server_options& o) {
    o.limits.heartbeat = std::chrono::milliseconds{100};
  });
  auto s = ws("operator");
  ASSERT_TRUE(s->send(subscribe("bout/b1")));
  EXPECT_EQ(int_at(next(*s), "who"), 1);
  auto& at = *stage_;
  // A life sign at once and again and again, not once after assignment.
  EXPECT_TRUE(at.wait(
    [&] { return contacts_at(at, "bout/b1/desk/operator", true) >= 3; }));
  accounts->put("operator", {"operator", "operator", role::timekeeper});
  EXPECT_EQ(text_at(next(*s), "op"), "reset");
  EXPECT_EQ(text_at(next(*s, "snapshot"), "topic"), "bout/b1");
  EXPECT_TRUE(at.wait([&] {
    return contacts_at(at, "bout/b1/desk/operator", false) == 1
           && contacts_at(at, "bout/b1/desk/timekeeper", true) >= 2;
  }));
  ASSERT_TRUE(s->send(ws_command("start_clock")));
  EXPECT_EQ(text_at(next(*s), "op"), "ack");
  s->close();
  EXPECT_TRUE(at.wait(
    [&] { return contacts_at(at, "bout/b1/desk/timekeeper", false) == 1; }));
}

TEST_F(ws_test, a_judge_sees_only_the_card_of_the_own_seat) {
  start([](server_options& o) {
    o.limits.heartbeat = std::chrono::milliseconds{100};
  });
  auto s = ws("judge");
  ASSERT_TRUE(s->send(subscribe("bout/b1", ",\"seat\":2")));
  auto first = next(*s);
  EXPECT_EQ(int_at(first, "who"), 2);
  EXPECT_EQ(int_at(first, "seat"), 0);
  {
    std::lock_guard guard{stage_->mutex};
    stage_->bout_text = "{\"seats\":[{\"account\":\"judge\",\"seat\":2}]}";
  }
  EXPECT_EQ(text_at(next(*s), "op"), "reset");
  EXPECT_EQ(int_at(next(*s, "snapshot"), "seat"), 2);
  // Somebody else is put into the seat: the card goes out of sight.
  {
    std::lock_guard guard{stage_->mutex};
    stage_->bout_text = "{\"seats\":[{\"account\":\"other\",\"seat\":2}]}";
  }
  EXPECT_EQ(text_at(next(*s), "op"), "reset");
  EXPECT_EQ(int_at(next(*s, "snapshot"), "seat"), 0);
  EXPECT_TRUE(stage_->wait(
    [&] { return contacts_at(*stage_, "bout/b1/seat/2", false) == 1; }));
}

} // namespace
} // namespace ringside::net
