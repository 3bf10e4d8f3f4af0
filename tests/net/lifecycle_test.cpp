#include "tests/net/net_fixture.hpp"

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace ringside::net {
namespace {

using lifecycle = net_fixture;
using std::chrono::milliseconds;
using steady = std::chrono::steady_clock;

template <class Condition>
bool eventually(Condition what) {
  auto end = steady::now() + std::chrono::seconds{5};
  while (!what() && steady::now() < end)
    std::this_thread::sleep_for(milliseconds{5});
  return what();
}

TEST_F(lifecycle, caps_connections_per_address) {
  start([](server_options& o) { o.limits.connections_per_address = 5; });
  std::vector<std::unique_ptr<ws_client>> open;
  for (int i = 0; i < 5; ++i)
    open.push_back(ws("judge"));
  ws_client more{client("judge")};
  EXPECT_FALSE(more.connect());
  EXPECT_EQ(node->counters().capped.load(), 1u);
  open.pop_back();
  EXPECT_TRUE(
    eventually([&] { return node->counters().connections.load() == 4; }));
  EXPECT_EQ(http().get("/healthz")->status, 200u);
}

TEST_F(lifecycle, caps_all_connections) {
  start([](server_options& o) { o.limits.connections = 3; });
  std::vector<std::unique_ptr<ws_client>> open;
  for (int i = 0; i < 3; ++i)
    open.push_back(ws("viewer"));
  EXPECT_FALSE(http().get("/healthz"));
  open.clear();
  EXPECT_TRUE(
    eventually([&] { return static_cast<bool>(http().get("/healthz")); }));
}

TEST_F(lifecycle, spectators_and_officials_are_served_alike) {
  start();
  for (const auto* token : {"viewer", "broadcast", "judge", "supervisor"}) {
    auto s = ws(token);
    ASSERT_TRUE(s->send("{\"op\":\"ping\"}"));
    EXPECT_EQ(text_at(next(*s), "op"), "pong") << token;
  }
  EXPECT_TRUE(
    eventually([&] { return node->counters().connections.load() == 0; }));
}

TEST_F(lifecycle, stops_with_open_sessions_and_says_why) {
  start();
  std::vector<std::unique_ptr<ws_client>> open;
  for (int i = 0; i < 10; ++i) {
    open.push_back(ws(i % 2 == 0 ? "viewer" : "supervisor"));
    ASSERT_TRUE(
      open.back()->send("{\"op\":\"subscribe\",\"topic\":\"bouts\"}"));
    next(*open.back());
  }
  auto idle = http();
  ASSERT_EQ(idle.get("/healthz")->status, 200u);
  std::thread reader{[&] {
    for (auto& s : open)
      while (s->read(milliseconds{3'000}))
        continue;
  }};
  auto begin = steady::now();
  node->stop();
  EXPECT_LT(steady::now() - begin, milliseconds{3'500});
  reader.join();
  for (auto& s : open)
    EXPECT_EQ(s->close_code(), 1001);
  EXPECT_EQ(node->counters().sessions.load(), 0u);
  EXPECT_EQ(node->counters().connections.load(), 0u);
  EXPECT_FALSE(http().get("/healthz"));
  // A second stop changes nothing, and the names are gone.
  node->stop();
  EXPECT_TRUE(services->names.list("feed/").empty());
}

TEST_F(lifecycle, stops_in_time_with_stalled_clients_and_waiting_commands) {
  start([](server_options& o) { o.limits.stop_grace = milliseconds{300}; });
  ws_client stalled{client("viewer")};
  stalled.receive_buffer(4'096);
  ASSERT_TRUE(stalled.connect());
  ASSERT_TRUE(stalled.send("{\"op\":\"subscribe\",\"topic\":\"bouts\"}"));
  ASSERT_TRUE(stage_->wait([&] { return stage_->joins == 1; }));
  publish_deltas("bouts", 50, 60'000);
  stage_->swallow = 100;
  std::thread waiting{[this] {
    auto a = http("supervisor")
               .post("/api/v1/bouts/b1/commands", command_body("start_clock"));
    if (a) {
      EXPECT_EQ(a->status, 503u);
    }
  }};
  ASSERT_TRUE(stage_->wait([&] { return !stage_->commands.empty(); }));
  auto begin = steady::now();
  node->stop();
  EXPECT_LT(steady::now() - begin, milliseconds{3'000});
  waiting.join();
}

TEST_F(lifecycle, starts_again_on_the_same_port) {
  start();
  auto port = node->port();
  ASSERT_EQ(http().get("/healthz")->status, 200u);
  node->stop();
  start([port](server_options& o) { o.port = port; });
  EXPECT_EQ(node->port(), port);
  EXPECT_EQ(http().get("/healthz")->status, 200u);
}

TEST_F(lifecycle, says_why_it_cannot_start) {
  start();
  server_options o;
  o.port = node->port();
  o.clock = [] { return mono_us{}; };
  o.wall_clock = [] { return utc_ns{}; };
  server second{services, accounts, o};
  auto taken = second.start();
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.reason().code, ec::io_error);
  o.address = "nowhere";
  server third{services, accounts, o};
  EXPECT_EQ(third.start().reason().code, ec::invalid_value);
  o.address = "127.0.0.1";
  o.port = 0;
  o.tls = tls_files{"/nonexistent/cert.pem", "/nonexistent/key.pem"};
  server fourth{services, accounts, o};
  EXPECT_EQ(fourth.start().reason().code, ec::io_error);
  // None of them took the names of the one that runs.
  EXPECT_EQ(services->names.list("feed/").size(), 2u);
}

TEST_F(lifecycle, backs_off_without_descriptors_and_recovers) {
  start();
  ASSERT_EQ(http().get("/healthz")->status, 200u);
  // The client has its socket before there are none left.
  auto asking = ::socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_GE(asking, 0);
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &old), 0);
  rlimit few{256, old.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  std::vector<int> taken;
  for (int fd = ::dup(0); fd >= 0; fd = ::dup(0))
    taken.push_back(fd);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(node->port());
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(asking, reinterpret_cast<sockaddr*>(&to), sizeof(to)), 0);
  EXPECT_TRUE(
    eventually([&] { return node->counters().accept_pauses.load() > 0; }));
  // It waits instead of burning a core.
  std::this_thread::sleep_for(milliseconds{200});
  EXPECT_LT(node->counters().accept_pauses.load(), 6u);
  for (auto fd : taken)
    ::close(fd);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &old), 0);
  ::close(asking);
  EXPECT_EQ(http().get("/healthz")->status, 200u);
}

} // namespace
} // namespace ringside::net
