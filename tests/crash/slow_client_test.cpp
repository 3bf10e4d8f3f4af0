#include "tests/crash/crash_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>

namespace ringside::test {
namespace {

constexpr int stalled_count = 50;
constexpr int event_count = 20'000;
/// What may wait for one session and in the kernel, in messages: the queue of
/// 256, and small ones in the socket's buffers.
constexpr int backlog_max = 8'000;
/// What 20,000 events in the bout, the kept window and the queues of 50 stalled
/// sessions may cost together; about 30 MiB were measured, most of it the bout.
constexpr long growth_max_kib = 64 * 1'024;

class slow_client_test : public crash_fixture {
protected:
  /// A client that subscribes and then never reads.
  std::unique_ptr<net::ws_client> stalled(const std::string& token,
                                          const std::string& bout) {
    auto c = std::make_unique<net::ws_client>(server.client(token));
    c->receive_buffer(4'096);
    EXPECT_TRUE(c->connect());
    EXPECT_TRUE(
      c->send("{\"op\":\"subscribe\",\"topic\":\"bout/" + bout + "\"}"));
    return c;
  }

  /// Sends that many strikes, 32 at a time. False if one was refused.
  bool send_strikes(const std::string& bout, int count) {
    net::ws_client stream{server.client(operator_token)};
    if (!stream.connect())
      return false;
    int open = 0;
    int sent = 0;
    while (sent < count || open > 0) {
      while (sent < count && open < 32) {
        if (!stream.send("{\"op\":\"command\",\"bout_id\":\"" + bout
                         + "\",\"command_id\":\"" + fresh_id()
                         + "\",\"type\":\"log_strike\",\"corner\":\"red\","
                           "\"technique\":\"jab\"}"))
          return false;
        ++sent;
        ++open;
      }
      auto text = stream.read();
      if (!text || text->find("\"op\":\"refused\"") != std::string::npos)
        return false;
      if (text->find("\"op\":\"ack\"") != std::string::npos)
        --open;
    }
    return true;
  }

  /// Reads without a gap up to the version `last`; the last one that came.
  std::int64_t follow(net::ws_client& reader, std::int64_t last) {
    std::int64_t seen = 0;
    std::int64_t seq = -1;
    auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (seen < last && std::chrono::steady_clock::now() < end) {
      auto text = reader.read();
      if (!text)
        break;
      auto message = parsed(*text);
      auto op = text_in(message, "op");
      if (op != "delta" && op != "snapshot")
        continue;
      auto now = number_in(message, "seq");
      if (op == "delta" && seq >= 0) {
        EXPECT_EQ(now, seq + 1) << "a silent gap";
      }
      seq = now;
      seen = std::max(seen, version_in(message));
    }
    return seen;
  }

  /// The version that a snapshot or the events of a delta lead to.
  static std::int64_t version_in(const json::value& message) {
    if (const auto* whole = message.find("state"); whole != nullptr)
      return number_in(*whole, "version");
    std::int64_t version = 0;
    for (const auto& e : *message.find("events")->as_array())
      version = std::max<std::int64_t>(
        version, std::atoll(text_in(e, "event_id").c_str() + 1));
    return version;
  }

  /// Who reads again gets a fresh start instead of all that was missed.
  static void expect_fresh_start(net::ws_client& client, std::int64_t last) {
    int messages = 0;
    while (messages < backlog_max) {
      auto text = client.read();
      ASSERT_TRUE(text) << text.reason().detail;
      ++messages;
      if (text->find("\"op\":\"reset\"") != std::string::npos)
        break;
    }
    EXPECT_LT(messages, backlog_max) << "everything was kept for a client";
    auto fresh = next_message(client, "snapshot");
    ASSERT_NE(fresh.find("state"), nullptr);
    EXPECT_EQ(number_in(*fresh.find("state"), "version"), last);
    std::cout << "a client read " << messages << " messages up to its reset\n";
  }
};

TEST_F(slow_client_test, case_38_stalled_clients_cost_bounded_memory) {
  add_people();
  start();
  auto bout = running_bout();
  // The first events make the caches; they are not the growth looked for.
  ASSERT_TRUE(send_strikes(bout, 500));
  std::vector<std::unique_ptr<net::ws_client>> silent;
  for (int i = 0; i < stalled_count; ++i)
    silent.push_back(stalled(i % 2 == 0 ? supervisor : viewer, bout));
  auto before = server.rss_kib();
  net::ws_client reader{server.client(supervisor)};
  ASSERT_TRUE(reader.connect());
  ASSERT_TRUE(
    reader.send("{\"op\":\"subscribe\",\"topic\":\"bout/" + bout + "\"}"));
  ASSERT_EQ(text_in(next_message(reader, "snapshot"), "op"), "snapshot");
  bool sent = false;
  std::thread load{[&] { sent = send_strikes(bout, event_count); }};
  auto last = 3 + 500 + event_count;
  auto seen = follow(reader, last);
  load.join();
  auto after = server.rss_kib();
  EXPECT_TRUE(sent) << "a command was refused or not answered";
  EXPECT_EQ(seen, last) << "the client that reads missed events";
  EXPECT_LT(after - before, growth_max_kib);
  std::cout << stalled_count << " stalled clients, " << event_count
            << " events: " << before << " KiB before, " << after
            << " KiB after\n";
  for (std::size_t i = 0; i < 2; ++i)
    expect_fresh_start(*silent[i], last);
  // Others are served as ever.
  EXPECT_EQ(note(bout, "prompt"), 200u);
  EXPECT_EQ(server.stop(), 0);
}

TEST_F(slow_client_test, case_38_connections_that_say_nothing) {
  add_people();
  start();
  auto bout = running_bout();
  std::vector<std::unique_ptr<net::ws_client>> silent;
  for (int i = 0; i < 200; ++i) {
    silent.push_back(std::make_unique<net::ws_client>(server.client(viewer)));
    ASSERT_TRUE(silent.back()->connect());
  }
  auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(note(bout, "prompt"), 200u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{2});
  EXPECT_EQ(server.stop(), 0);
}

} // namespace
} // namespace ringside::test
