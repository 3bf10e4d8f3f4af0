#include "tests/net/net_fixture.hpp"

#include <chrono>
#include <thread>

namespace ringside::net {
namespace {

using ws_slow = net_fixture;
using std::chrono::milliseconds;

std::string subscription(const std::string& topic) {
  return "{\"op\":\"subscribe\",\"topic\":\"" + topic + "\"}";
}

/// Resident bytes of this process, server and clients together.
std::size_t resident_bytes() {
  std::size_t pages = 0;
  if (auto* f = std::fopen("/proc/self/statm", "r")) {
    std::size_t total = 0;
    if (std::fscanf(f, "%zu %zu", &total, &pages) != 2)
      pages = 0;
    std::fclose(f);
  }
  return pages * 4'096;
}

// Case 38: a slow client has a bounded queue and drops to a snapshot; nobody
// else feels it.
TEST_F(ws_slow, case_38_a_stalled_viewer_is_bounded_and_others_unharmed) {
  start();
  std::vector<std::unique_ptr<ws_client>> stalled;
  for (int i = 0; i < 20; ++i) {
    stalled.push_back(std::make_unique<ws_client>(client("viewer")));
    stalled.back()->receive_buffer(4'096);
    ASSERT_TRUE(stalled.back()->connect());
    ASSERT_TRUE(stalled.back()->send(subscription("bouts")));
  }
  auto viewer = ws("viewer");
  auto official = ws("supervisor");
  for (auto* c : {viewer.get(), official.get()}) {
    ASSERT_TRUE(c->send(subscription("bouts")));
    ASSERT_EQ(text_at(next(*c), "op"), "snapshot");
  }
  auto before = resident_bytes();
  std::int64_t seq = 1'000;
  constexpr int rounds = 200;
  // 20 x 200 x 20 x 2 kB = 160 MB if everything were kept for the stalled.
  for (int i = 0; i < rounds; ++i) {
    publish_deltas("bouts", 20, 2'000);
    for (int k = 0; k < 20; ++k) {
      ++seq;
      auto d = next(*official);
      ASSERT_EQ(text_at(d, "op"), "delta");
      ASSERT_EQ(int_at(d, "seq"), seq);
      ASSERT_EQ(int_at(next(*viewer), "seq"), seq);
    }
  }
  EXPECT_LT(resident_bytes(), before + 32 * 1024 * 1024);
  EXPECT_GE(node->counters().resets.load(), 20u);
  EXPECT_EQ(node->counters().overflows.load(), 0u);
  // One that reads again is told of the gap and is up to date at once.
  auto& back = *stalled.front();
  auto reset = next(back, "reset");
  EXPECT_EQ(text_at(reset, "topic"), "bouts");
  auto snapshot = next(back, "snapshot");
  EXPECT_EQ(int_at(snapshot, "seq"), seq);
  publish_deltas("bouts", 1);
  EXPECT_EQ(int_at(next(back, "delta"), "seq"), seq + 1);
}

TEST_F(ws_slow, an_official_that_falls_behind_is_told_and_starts_over) {
  start([](server_options& o) { o.limits.official_queue = 16; });
  auto s = std::make_unique<ws_client>(client("supervisor"));
  s->receive_buffer(4'096);
  ASSERT_TRUE(s->connect());
  ASSERT_TRUE(s->send(subscription("bout/b1")));
  ASSERT_EQ(text_at(next(*s), "op"), "snapshot");
  for (int i = 0; i < 40; ++i)
    publish_deltas("bout/b1", 5, 60'000);
  while (node->counters().resets.load() == 0)
    std::this_thread::sleep_for(milliseconds{5});
  std::int64_t seq = 1'000;
  bool told = false;
  while (seq < 1'200) {
    auto m = next(*s);
    ASSERT_FALSE(m.empty()) << seq;
    if (text_at(m, "op") == "reset") {
      told = true;
      continue;
    }
    if (text_at(m, "op") == "delta") {
      ASSERT_EQ(int_at(m, "seq"), seq + 1);
    }
    seq = int_at(m, "seq");
  }
  EXPECT_TRUE(told);
}

TEST_F(ws_slow, answers_to_commands_survive_a_flood_of_deltas) {
  start([](server_options& o) { o.limits.official_queue = 16; });
  auto s = std::make_unique<ws_client>(client("supervisor"));
  s->receive_buffer(4'096);
  ASSERT_TRUE(s->connect());
  ASSERT_TRUE(s->send(subscription("bout/b1")));
  ASSERT_EQ(text_at(next(*s), "op"), "snapshot");
  for (int i = 0; i < 40; ++i)
    publish_deltas("bout/b1", 5, 60'000);
  while (node->counters().resets.load() == 0)
    std::this_thread::sleep_for(milliseconds{5});
  auto body = command_body("start_clock");
  ASSERT_TRUE(
    s->send("{\"op\":\"command\",\"bout_id\":\"b1\"," + body.substr(1)));
  EXPECT_EQ(text_at(next(*s, "ack"), "op"), "ack");
}

TEST_F(ws_slow, who_asks_without_reading_is_cut_off) {
  start([](server_options& o) {
    o.limits.operators = {1'000'000, 1'000'000};
    o.limits.official_queue = 32;
    o.limits.ws_idle = milliseconds{60'000};
  });
  ws_client c{client("supervisor")};
  c.receive_buffer(4'096);
  ASSERT_TRUE(c.connect());
  auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  // Refusals with a long echo fill the socket faster than pongs.
  auto text
    = "{\"op\":\"subscribe\",\"topic\":\"" + std::string(100, 'x') + "\"}";
  while (node->counters().overflows.load() == 0
         && std::chrono::steady_clock::now() < deadline)
    if (!c.send(text))
      break;
  EXPECT_EQ(node->counters().overflows.load(), 1u);
}

TEST_F(ws_slow, a_silent_peer_is_closed) {
  start([](server_options& o) {
    o.limits.ws_idle = milliseconds{400};
    o.limits.heartbeat = milliseconds{10'000};
  });
  auto answer = raw("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n"
                    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Authorization: Bearer judge\r\n"
                    "Sec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                    3'000);
  EXPECT_EQ(answer.substr(9, 3), "101");
  // It never answered the ping.
  auto end = std::chrono::steady_clock::now() + std::chrono::seconds{5};
  while (node->counters().sessions.load() > 0)
    ASSERT_LT(std::chrono::steady_clock::now(), end);
}

TEST_F(ws_slow, a_talking_peer_is_not_closed) {
  start([](server_options& o) { o.limits.ws_idle = milliseconds{300}; });
  auto s = ws("judge");
  auto end = std::chrono::steady_clock::now() + milliseconds{1'000};
  while (std::chrono::steady_clock::now() < end)
    (void)s->read(milliseconds{50});
  ASSERT_TRUE(s->send("{\"op\":\"ping\"}"));
  EXPECT_EQ(text_at(next(*s), "op"), "pong");
}

} // namespace
} // namespace ringside::net
