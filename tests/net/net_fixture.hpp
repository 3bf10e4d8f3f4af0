#pragma once

#include "domain/audit/json.hpp"
#include "net/client/http_client.hpp"
#include "net/client/ws_client.hpp"
#include "net/server.hpp"
#include "tests/net/fake_accounts.hpp"
#include "tests/net/fake_actors.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>

namespace ringside::net {

/// A real server on a loopback port with fake actors behind it. The token of
/// a role is its name, for example `judge`; the accounts are named likewise.
class net_fixture : public testing::Test {
protected:
  net_fixture();
  ~net_fixture() override;

  /// Starts the server; `change` may adjust the options before.
  void start(const std::function<void(server_options&)>& change = {});

  client_options client(const std::string& token = {}) const;
  http_client http(const std::string& token = {}) const;

  /// An open stream. Fails the test if it is refused.
  std::unique_ptr<ws_client> ws(const std::string& token);

  /// A bout with all its doors.
  void add_bout(const std::string& id);

  /// Sends raw bytes and returns what comes until the server closes or
  /// `timeout_ms` is over.
  std::string raw(const std::string& bytes, int timeout_ms = 3'000) const;

  /// The next message that is no heartbeat; an empty object if none comes.
  json::object next(ws_client& c, int timeout_ms = 5'000);

  /// The same for one `op`, skipping others.
  json::object next(ws_client& c, std::string_view op, int timeout_ms = 5'000);

  void publish_deltas(const std::string& topic, std::size_t count,
                      std::size_t padding = 0);

  caf::actor_system_config cfg;
  std::unique_ptr<caf::actor_system> sys;
  services_ptr services;
  stage_ptr stage_ = std::make_shared<stage>();
  std::shared_ptr<fake_accounts> accounts = std::make_shared<fake_accounts>();
  std::unique_ptr<server> node;
  caf::actor hub;

private:
  void kill_fakes();
};

/// A command body with a fresh command_id.
std::string command_body(const std::string& type, const std::string& rest = {});
std::string fresh_uuid();

std::string text_at(const json::object& o, std::string_view key);
std::int64_t int_at(const json::object& o, std::string_view key);

/// The members of a JSON text; heartbeats and tests use keys outside of our
/// profile only where this is not called.
json::object parsed(const std::string& text);

} // namespace ringside::net
