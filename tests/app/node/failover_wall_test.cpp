#include "tests/app/node/wall_fixture.hpp"

#include <memory>
#include <string>

/// The modes of an arena on a real server, over the wire.
namespace ringside {
namespace {

using namespace std::chrono_literals;

class failover_wall_test : public test::wall_fixture {
protected:
  std::string create(const std::string& mode, const std::string& rest = {}) {
    auto a = send("supervisor", "POST", "/sources",
                  R"({"name":"left","kind":"camera","mode":")" + mode + "\""
                    + rest + "}");
    EXPECT_EQ(a.status, 201u) << a.body;
    return text(a.body, "source_id");
  }

  void beat(const std::string& source) {
    EXPECT_EQ(
      send("source", "POST", "/sources/" + source + "/heartbeat", "{}").status,
      200u);
  }

  std::string shown() {
    return send("supervisor", "GET", "/failover").body;
  }

  std::string post(const std::string& who, const std::string& body) {
    auto a = send(who, "POST", "/failover", body);
    return std::to_string(a.status) + " " + text(a.body, "code");
  }

  static bool has(const std::string& where, const std::string& what) {
    return where.find(what) != std::string::npos;
  }

  /// The next message of a stream with this in it; empty if there is none.
  static std::string next_with(net::ws_client& s, const std::string& what) {
    for (int i = 0; i < 50; ++i) {
      auto got = s.read();
      if (!got)
        return {};
      if (has(*got, what))
        return *got;
    }
    return {};
  }
};

TEST_F(failover_wall_test, modes_are_shown_and_a_person_may_say_one) {
  EXPECT_TRUE(has(shown(), R"({"arenas":[])")) << shown();
  auto high = create("cloud");
  auto low = create("local");
  net::ws_client s{client("supervisor")};
  ASSERT_TRUE(s.connect());
  ASSERT_TRUE(s.send(R"({"op":"subscribe","topic":"failover"})"));
  EXPECT_TRUE(until([&] {
    beat(high);
    beat(low);
    return has(shown(), R"("decided":true)");
  }))
    << shown();
  EXPECT_TRUE(has(shown(), R"("mode":"cloud","modes":{"cloud":{)")) << shown();
  EXPECT_FALSE(next_with(s, R"("decided":true)").empty());
  auto a = send("supervisor", "POST", "/failover",
                R"({"mode":"local","reason":"the line is being changed"})");
  EXPECT_EQ(a.status, 200u) << a.body;
  EXPECT_TRUE(has(a.body, R"("journaled":true)")) << a.body;
  EXPECT_TRUE(has(a.body, "the line is being changed")) << a.body;
  EXPECT_FALSE(next_with(s, "the line is being changed").empty());
  EXPECT_TRUE(until([&] {
    return has(send("admin", "GET", "/sources/" + high).body, R"("standby":{)");
  }));
  node_->restart();
  EXPECT_TRUE(until([&] { return has(shown(), R"("override":{)"); }));
  EXPECT_TRUE(has(shown(), R"("mode":"local")")) << shown();
  EXPECT_EQ(post("admin", R"({"release":true,"reason":"it is changed"})"),
            "200 ");
  EXPECT_TRUE(has(shown(), R"("kind":"mode_released")")) << shown();
}

TEST_F(failover_wall_test, only_some_may_look_and_fewer_may_say) {
  const auto* word = R"({"mode":"manual","reason":"a test"})";
  for (const auto* who : {"operator", "judge", "source", "viewer"}) {
    EXPECT_EQ(send(who, "GET", "/failover").status, 403u) << who;
    EXPECT_EQ(post(who, word), "403 forbidden") << who;
  }
  EXPECT_EQ(send("", "GET", "/failover").status, 401u);
}

TEST_F(failover_wall_test, what_is_wrong_is_refused) {
  create("local", R"(,"arena":"hall_b")");
  EXPECT_TRUE(until([&] { return has(shown(), R"("arena":"hall_b")"); }));
  auto say = [&](const std::string& body) { return post("supervisor", body); };
  EXPECT_EQ(say(R"({"mode":"manual"})"), "400 malformed");
  EXPECT_EQ(say(R"({"reason":"x"})"), "422 invalid_value");
  EXPECT_EQ(say(R"({"mode":"manual","release":true,"reason":"x"})"),
            "422 invalid_value");
  EXPECT_EQ(say(R"({"mode":"moon","reason":"x"})"), "422 invalid_value");
  EXPECT_EQ(say(R"({"mode":"manual","reason":"x"})"), "404 not_found")
    << "there is no arena main";
  EXPECT_EQ(say(R"({"arena":"hall_b","mode":"cloud","reason":"x"})"),
            "409 wrong_state");
  EXPECT_EQ(say(R"({"arena":"hall_b","release":true,"reason":"x"})"),
            "409 wrong_state");
  EXPECT_EQ(say(R"({"arena":"hall_b","mode":"manual","reason":"x"})"), "200 ");
  EXPECT_EQ(send("supervisor", "POST", "/sources",
                 R"({"name":"a","kind":"camera","mode":"local",)"
                 R"("arena":"hall b"})")
              .status,
            422u);
}

} // namespace
} // namespace ringside
