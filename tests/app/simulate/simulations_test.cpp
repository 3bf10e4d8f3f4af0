#include "domain/audit/json.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

namespace ringside {
namespace {

constexpr json::limits body_limits{4 * 1024 * 1024, 16};

/// A real node, asked over HTTP.
class simulations_test : public testing::Test {
protected:
  net::http_client client(role who) {
    auto token = node->make_token("Tester", who);
    EXPECT_TRUE(token);
    return net::http_client{officials::with_token(node.place(), *token)};
  }

  static json::value parsed(const net::http_answer& a) {
    auto v = json::parse(a.body, body_limits);
    EXPECT_TRUE(v) << a.body;
    return v ? std::move(*v) : json::value{};
  }

  static std::string text(const json::value& v, std::string_view key) {
    const auto* found = v.find(key);
    return found != nullptr && found->as_string() ? *found->as_string() : "";
  }

  /// Waits until the simulation is over; its record.
  static json::value over(net::http_client& c, const std::string& id) {
    for (auto i = 0; i < 600; ++i) {
      auto v = parsed(*c.get("/api/v1/simulations/" + id));
      auto state = text(v, "state");
      if (state != "waiting" && state != "running")
        return v;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    ADD_FAILURE() << id << " does not end";
    return {};
  }

  std::string start(net::http_client& c, const std::string& body) {
    auto a = c.post("/api/v1/simulations", body);
    EXPECT_EQ(a->status, 202u) << a->body;
    return text(parsed(*a), "id");
  }

  static std::string script_body(const std::string& name,
                                 const std::string& more = {}) {
    std::ifstream file{std::string{RINGSIDE_SOURCE_DIR} + "/config/simulation/"
                       + name + ".yaml"};
    std::stringstream all;
    all << file.rdbuf();
    return "{\"kind\":\"script\",\"script\":"
           + json::to_text(json::value{all.str()}) + more + "}";
  }

  test::live_node node;
};

TEST_F(simulations_test, a_series_runs_and_its_result_can_be_asked_for) {
  auto c = client(role::commission);
  auto body = R"({"kind":"synthetic","bouts":300,"seed":5,"rounds":5})";
  auto first = over(c, start(c, body));
  EXPECT_EQ(text(first, "state"), "done");
  const auto* result = first.find("result");
  ASSERT_NE(result, nullptr);
  EXPECT_EQ(*result->find("bouts")->as_int(), 300);
  auto second = over(c, start(c, body));
  EXPECT_EQ(json::to_text(*result), json::to_text(*second.find("result")));
  auto all = parsed(*c.get("/api/v1/simulations"));
  EXPECT_EQ(all.find("simulations")->as_array()->size(), 2u);
  // No bout of it is anywhere.
  auto bouts = parsed(*c.get("/api/v1/bouts"));
  EXPECT_TRUE(bouts.find("bouts")->as_array()->empty());
}

TEST_F(simulations_test, the_first_bouts_of_a_series_go_through_this_node) {
  auto c = client(role::supervisor);
  auto done
    = over(c, start(c, R"({"kind":"synthetic","bouts":50,"seed":5,"live":3})"));
  ASSERT_EQ(text(done, "state"), "done") << json::to_text(done);
  EXPECT_EQ(*done.find("progress")->find("done")->as_int(), 53);
  const auto* live = done.find("result")->find("live");
  ASSERT_NE(live, nullptr);
  EXPECT_EQ(*live->find("bouts")->as_int(), 3);
  EXPECT_EQ(*live->find("equal")->as_int(), 3) << json::to_text(*live);
  auto bouts = parsed(*c.get("/api/v1/bouts"));
  EXPECT_EQ(bouts.find("bouts")->as_array()->size(), 3u);
  auto many = c.post("/api/v1/simulations",
                     R"({"kind":"synthetic","bouts":2,"live":3})");
  EXPECT_EQ(many->status, 422u) << many->body;
}

TEST_F(simulations_test, a_script_plays_through_this_very_node) {
  auto c = client(role::supervisor);
  auto done = over(c, start(c, script_body("ten_eight")));
  ASSERT_EQ(text(done, "state"), "done") << json::to_text(done);
  const auto* result = done.find("result");
  EXPECT_EQ(text(*result, "result"), "majority_draw");
  auto bout = c.get("/api/v1/bouts/" + text(*result, "bout_id"));
  EXPECT_EQ(bout->status, 200u);
  EXPECT_NE(bout->body.find("Simulation: not a real bout"), std::string::npos);
  // The officials of the next one are the same accounts.
  over(c, start(c, script_body("knockout")));
  auto admin = client(role::admin);
  auto accounts = admin.get("/api/v1/accounts");
  auto at = accounts->body.find("Simulation supervisor");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(accounts->body.find("Simulation supervisor", at + 1),
            std::string::npos);
}

TEST_F(simulations_test, a_running_script_can_be_called_off) {
  auto c = client(role::supervisor);
  auto id = start(c, script_body("close_round", ",\"speed_milli\":1000"));
  auto next = start(c, R"({"kind":"synthetic","bouts":10})");
  std::this_thread::sleep_for(std::chrono::milliseconds{1'000});
  auto a = c.send("DELETE", "/api/v1/simulations/" + id);
  EXPECT_EQ(a->status, 200u) << a->body;
  auto v = over(c, id);
  EXPECT_EQ(text(v, "state"), "cancelled");
  EXPECT_EQ(text(over(c, next), "state"), "done");
  EXPECT_EQ(c.send("DELETE", "/api/v1/simulations/" + id)->status, 409u);
}

TEST_F(simulations_test, refuses_wrong_requests) {
  auto c = client(role::supervisor);
  auto status = [&c](const std::string& body) {
    return c.post("/api/v1/simulations", body)->status;
  };
  EXPECT_EQ(status(R"({"kind":"dream"})"), 422u);
  EXPECT_EQ(status(R"({"bouts":10})"), 400u);
  EXPECT_EQ(status(R"({"kind":"synthetic","bouts":0})"), 422u);
  EXPECT_EQ(status(R"({"kind":"synthetic","bouts":1000001})"), 422u);
  EXPECT_EQ(status(R"({"kind":"synthetic","profile":"../x"})"), 422u);
  EXPECT_EQ(status(R"({"kind":"synthetic","speed_milli":5})"), 400u);
  EXPECT_EQ(status(R"({"kind":"script"})"), 400u);
  EXPECT_EQ(status(R"({"kind":"script","script":"id: ["})"), 422u);
  EXPECT_EQ(status(R"({"kind":"script","script":7})"), 400u);
  auto slow = c.post("/api/v1/simulations",
                     script_body("knockout", ",\"speed_milli\":50"));
  EXPECT_EQ(slow->status, 422u);
  EXPECT_EQ(c.get("/api/v1/simulations/s1")->status, 404u);
  EXPECT_EQ(client(role::viewer).get("/api/v1/simulations")->status, 403u);
  auto failed = over(c, start(c, R"({"kind":"synthetic","profile":"none"})"));
  EXPECT_EQ(text(failed, "state"), "failed");
}

TEST_F(simulations_test, a_node_stops_although_a_script_runs) {
  {
    auto c = client(role::supervisor);
    start(c, script_body("close_round", ",\"speed_milli\":1000"));
    start(c, R"({"kind":"synthetic","bouts":1000000})");
    std::this_thread::sleep_for(std::chrono::milliseconds{700});
  }
  auto began = std::chrono::steady_clock::now();
  node->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{8});
}

} // namespace
} // namespace ringside
