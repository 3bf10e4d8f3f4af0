#include "tests/net/net_fixture.hpp"

#include "actors/runtime/settings.hpp"
#include "domain/base/role.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>

#include <caf/all.hpp>

namespace ringside::net {

namespace {

template <class Clock>
std::int64_t ns_now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
           Clock::now().time_since_epoch())
    .count();
}

} // namespace

net_fixture::net_fixture() {
  runtime_settings settings;
  settings.max_threads = 2;
  apply_settings(cfg, settings);
  sys = std::make_unique<caf::actor_system>(cfg);
  services = std::make_shared<runtime_services>(*sys, log_sink{});
  for (auto name : enum_names<role>::value)
    accounts->put(std::string{name}, {std::string{name}, std::string{name},
                                      *parse_enum<role>(name)});
  spawn_fake_bouts(services, stage_);
  hub = spawn_fake_hub(services, stage_, 1'000);
  spawn_fake_accounts(services, stage_);
  spawn_fake_audit(services, stage_);
  spawn_fake_health(services, stage_);
  spawn_fake_harmonizer(services, "bout/b1/harmonizer");
  spawn_fake_evidence(services, stage_);
  spawn_fake_root(services, stage_);
  add_bout("b1");
}

net_fixture::~net_fixture() {
  node.reset();
  kill_fakes();
  hub = nullptr;
  services.reset();
  sys.reset();
}

void net_fixture::kill_fakes() {
  for (const auto& name : services->names.list()) {
    auto who = services->names.resolve<caf::actor>(name);
    caf::anon_send_exit(who, caf::exit_reason::kill);
  }
}

void net_fixture::start(const std::function<void(server_options&)>& change) {
  server_options o;
  o.clock = [] { return mono_us{ns_now<std::chrono::steady_clock>() / 1'000}; };
  o.wall_clock = [] { return utc_ns{ns_now<std::chrono::system_clock>()}; };
  o.limits.connections_per_address = 500;
  o.limits.http_writes = {10'000, 10'000};
  if (change)
    change(o);
  node = std::make_unique<server>(services, accounts, std::move(o));
  auto ok = node->start();
  ASSERT_TRUE(ok) << ok.reason().detail;
}

client_options net_fixture::client(const std::string& token) const {
  client_options o;
  o.port = node->port();
  o.token = token;
  return o;
}

http_client net_fixture::http(const std::string& token) const {
  return http_client{client(token)};
}

std::unique_ptr<ws_client> net_fixture::ws(const std::string& token) {
  auto c = std::make_unique<ws_client>(client(token));
  auto ok = c->connect();
  EXPECT_TRUE(ok) << token << ": " << (ok ? "" : ok.reason().detail);
  return c;
}

void net_fixture::add_bout(const std::string& id) {
  auto base = "bout/" + id;
  spawn_fake_bout(services, stage_, base + "/bout");
  for (const auto* desk :
       {"supervisor", "operator", "timekeeper", "commission", "judge"})
    spawn_fake_door(services, stage_, base + "/desk/" + desk);
  for (int seat = 1; seat <= 3; ++seat)
    spawn_fake_door(services, stage_, base + "/seat/" + std::to_string(seat));
}

std::string net_fixture::raw(const std::string& bytes, int timeout_ms) const {
  auto fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(node->port());
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string out;
  if (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0) {
    (void)::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    auto end = ns_now<std::chrono::steady_clock>()
               + std::int64_t{timeout_ms} * 1'000'000;
    for (;;) {
      auto left = (end - ns_now<std::chrono::steady_clock>()) / 1'000'000;
      pollfd p{fd, POLLIN, 0};
      if (left <= 0 || ::poll(&p, 1, static_cast<int>(left)) <= 0)
        break;
      char buffer[4096];
      auto n = ::recv(fd, buffer, sizeof(buffer), 0);
      if (n <= 0)
        break;
      out.append(buffer, static_cast<std::size_t>(n));
    }
  }
  ::close(fd);
  return out;
}

json::object net_fixture::next(ws_client& c, int timeout_ms) {
  auto end = ns_now<std::chrono::steady_clock>()
             + std::int64_t{timeout_ms} * 1'000'000;
  for (;;) {
    auto left = (end - ns_now<std::chrono::steady_clock>()) / 1'000'000;
    if (left <= 0)
      return {};
    auto text = c.read(std::chrono::milliseconds{left});
    if (!text)
      return {};
    if (text->find("\"op\":\"heartbeat\"") == std::string::npos)
      return parsed(*text);
  }
}

json::object net_fixture::next(ws_client& c, std::string_view op,
                               int timeout_ms) {
  for (;;) {
    auto message = next(c, timeout_ms);
    if (message.empty() || text_at(message, "op") == op)
      return message;
  }
}

void net_fixture::publish_deltas(const std::string& topic, std::size_t count,
                                 std::size_t padding) {
  caf::anon_send(hub, publish{topic, count, padding});
}

std::string fresh_uuid() {
  static std::atomic<unsigned> last{0};
  char text[40];
  std::snprintf(text, sizeof(text), "00000000-0000-4000-8000-%012x", ++last);
  return text;
}

std::string command_body(const std::string& type, const std::string& rest) {
  return "{\"command_id\":\"" + fresh_uuid() + "\",\"type\":\"" + type + "\""
         + (rest.empty() ? "" : "," + rest) + "}";
}

std::string text_at(const json::object& o, std::string_view key) {
  auto i = o.find(key);
  return i == o.end() || !i->second.as_string() ? std::string{}
                                                : *i->second.as_string();
}

std::int64_t int_at(const json::object& o, std::string_view key) {
  auto i = o.find(key);
  return i == o.end() || !i->second.as_int() ? -1 : *i->second.as_int();
}

json::object parsed(const std::string& text) {
  auto v = json::parse(text, {4 * 1024 * 1024, 16});
  EXPECT_TRUE(v) << text.substr(0, 200);
  return v && v->as_object() ? *v->as_object() : json::object{};
}

} // namespace ringside::net
