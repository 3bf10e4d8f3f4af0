#pragma once

#include "app/config/load_profiles.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/enum_text.hpp"
#include "net/client/http_client.hpp"
#include "net/client/ws_client.hpp"
#include "tests/support/live_node.hpp"
#include "tests/support/scoring_profiles.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace ringside::test {

using namespace std::chrono_literals;

/// A command body with an id of its own.
inline std::string with_id(const std::string& type, const std::string& rest) {
  static int n = 0;
  char id[40];
  std::snprintf(id, sizeof id, "00000000-0000-4000-8000-%012d", ++n);
  return "{\"command_id\":\"" + std::string{id} + "\""
         + (type.empty() ? "" : ",\"type\":\"" + type + "\"")
         + (rest.empty() ? "" : "," + rest) + "}";
}

/// A real node with its disk and its sockets, people of every role with tokens,
/// and one profile in a file.
class wall_fixture : public testing::Test {
protected:
  /// @param change what else the node is told when it starts.
  explicit wall_fixture(const std::function<void(config::node_config&)>& change
                        = {}) {
    write_profile(1, 0.6);
    node_ = std::make_unique<live_node>([&](config::node_config& c) {
      c.scoring = profiles_.path();
      if (change)
        change(c);
    });
    for (auto name : enum_names<role>::value)
      add(std::string{name}, *parse_enum<role>(name));
    for (auto n : {"2", "3"})
      add("judge" + std::string{n}, role::judge);
  }

  void add(const std::string& name, role who) {
    auto token = (**node_).make_token(name, who);
    ASSERT_TRUE(token) << token.reason().detail;
    tokens_[name] = *token;
  }

  void write_profile(int version, double head) {
    auto p = plain_profile("mma_fit", version);
    p->provenance = "made up for a test";
    p->terms[1].weight = head;
    std::ofstream{profiles_.path() / "mma_fit.yaml"}
      << config::profile_text(*p);
  }

  net::client_options client(const std::string& who) const {
    auto where = node_->place();
    if (!who.empty())
      where.token = tokens_.at(who);
    return where;
  }

  net::http_answer send(const std::string& who, std::string_view method,
                        const std::string& path, std::string body = {}) {
    net::http_client http{client(who)};
    net::http_client::header_map type;
    if (!body.empty())
      type["Content-Type"] = "application/json";
    auto a = http.send(method, "/api/v1" + path, std::move(body), type);
    EXPECT_TRUE(a) << path;
    return a ? *a : net::http_answer{};
  }

  net::http_answer command(const std::string& who, const std::string& type,
                           const std::string& rest = {}) {
    auto a
      = send(who, "POST", "/bouts/" + bout_ + "/commands", with_id(type, rest));
    EXPECT_EQ(a.status, 200u) << type << " " << a.body;
    return a;
  }

  /// A bout with three judges in their seats.
  void open_bout() {
    auto a = send("supervisor", "POST", "/bouts",
                  with_id("", "\"ruleset\":\"mma_abc_2017\",\"red\":{\"name\":"
                              "\"R\"},\"blue\":{\"name\":\"B\"},\"scheduled_"
                              "rounds\":3"));
    ASSERT_EQ(a.status, 201u) << a.body;
    bout_ = text(a.body, "bout_id");
    auto seat = 0;
    for (const auto* who : {"judge", "judge2", "judge3"})
      command("supervisor", "assign_judge",
              "\"seat\":" + std::to_string(++seat) + ",\"name\":\"" + who
                + "\"");
    seat = 0;
    for (const auto* who : {"judge", "judge2", "judge3"})
      command(who, "bind_seat",
              "\"seat\":" + std::to_string(++seat) + ",\"device\":\"t\"");
  }

  /// Fights a round to its end; cards are not filed.
  void fight_round(int n) {
    command("timekeeper", "open_round", "\"round\":" + std::to_string(n));
    command("timekeeper", "start_clock");
    command("operator", "log_strike",
            "\"corner\":\"red\",\"technique\":\"jab\",\"target\":\"head\"");
    auto down = command("operator", "log_knockdown",
                        "\"corner\":\"red\",\"tier\":\"flash\"");
    last_knockdown_ = "e" + std::to_string(number(down.body, "version"));
    command("timekeeper", "stop_clock");
    command("timekeeper", "close_round", "\"round\":" + std::to_string(n));
    EXPECT_TRUE(until([&] {
      return assessment("supervisor", n).body.find("\"closed\":true")
             != std::string::npos;
    }));
  }

  void file(const std::string& who, int seat, int round) {
    command(who, "submit_card",
            "\"seat\":" + std::to_string(seat) + ",\"round\":"
              + std::to_string(round) + ",\"red\":10,\"blue\":9");
  }

  net::http_answer assessment(const std::string& who, int round = 1) {
    auto path
      = "/bouts/" + bout_ + "/rounds/" + std::to_string(round) + "/assessment";
    auto a = send(who, "GET", path);
    for (int n = 0; n < 50 && a.status == 503; ++n) {
      std::this_thread::sleep_for(20ms);
      a = send(who, "GET", path);
    }
    return a;
  }

  unsigned sees(const std::string& who, int round = 1) {
    return assessment(who, round).status;
  }

  /// As `sees`, for whoever may see it: the SCORER hears of a card a moment
  /// after it is acknowledged.
  bool comes_to_see(const std::string& who, int round = 1) {
    return until([&] { return sees(who, round) == 200; });
  }

  /// The assessment once it is under this version of the calibration.
  std::string assessment_under(std::int64_t version, int round = 1) {
    std::string body;
    EXPECT_TRUE(until([&] {
      body = assessment("supervisor", round).body;
      return number(body, "calibration_version") == version;
    }))
      << body;
    return body;
  }

  /// Tries for some seconds.
  template <class Condition>
  static bool until(Condition holds) {
    for (int n = 0; n < 250; ++n) {
      if (holds())
        return true;
      std::this_thread::sleep_for(20ms);
    }
    return false;
  }

  /// What the server says to a subscription of the assessments.
  std::string subscribe(const std::string& who) {
    net::ws_client ws{client(who)};
    // Without a token only a page of this very server may look.
    std::map<std::string, std::string> page;
    if (who.empty())
      page["Origin"] = (*node_)->url();
    EXPECT_TRUE(ws.connect(page));
    EXPECT_TRUE(
      ws.send("{\"op\":\"subscribe\",\"topic\":\"assessment/" + bout_ + "\"}"));
    for (;;) {
      auto frame = ws.read(5s);
      if (!frame)
        return "";
      if (frame->find("heartbeat") == std::string::npos)
        return *frame;
    }
  }

  /// The first round as the stream shows it, once it shows `wanted`: changes
  /// come ten times a second.
  std::string shown_on_stream(const std::string& wanted) {
    std::string last;
    for (int n = 0; n < 50 && last != wanted; ++n) {
      std::this_thread::sleep_for(20ms);
      auto frame = parsed(subscribe("commission"));
      const auto* state = frame.find("state");
      const auto* round = state != nullptr ? state->find("round_1") : nullptr;
      last = round != nullptr ? json::to_text(*round) : "";
    }
    return last;
  }

  static json::value parsed(const std::string& body) {
    auto v = json::parse(body, {1'024 * 1'024, 16});
    return v ? *v : json::value{};
  }

  static std::string text(const std::string& body, const char* key) {
    auto v = parsed(body);
    const auto* found = v.find(key);
    return found != nullptr && found->as_string() ? *found->as_string() : "";
  }

  static std::int64_t number(const std::string& body, const char* key) {
    auto v = parsed(body);
    const auto* found = v.find(key);
    return found != nullptr && found->as_int() ? *found->as_int() : -1;
  }

  /// One member as text, whatever it is.
  static std::string member(const std::string& body, const char* key) {
    auto v = parsed(body);
    const auto* found = v.find(key);
    return found != nullptr ? json::to_text(*found) : "";
  }

  temporary_directory profiles_;
  std::unique_ptr<live_node> node_;
  std::map<std::string, std::string> tokens_;
  std::string bout_;
  /// Its event id.
  std::string last_knockdown_;
};

} // namespace ringside::test
