#include "tests/crash/crash_fixture.hpp"

#include <string>
#include <vector>

namespace ringside::test {
namespace {

/// Requests that a program with a defect or a person with bad intentions
/// sends to a real server. Every one gets its code and changes nothing.
class abuse_test : public crash_fixture {
protected:
  void set_up() {
    add_people();
    start();
    bout = running_bout();
    version = version_of(bout);
  }

  /// Posts `json` as the owner of `token`: status and code must be these, and
  /// the bout must be as before.
  void expect_refused(unsigned status, const std::string& code,
                      const std::string& json, const std::string& token) {
    auto answer = server.http(token).post(path(), json);
    ASSERT_TRUE(answer) << json.substr(0, 200);
    EXPECT_EQ(answer->status, status) << json.substr(0, 200) << "\n"
                                      << answer->body;
    auto problem = parsed(answer->body);
    EXPECT_EQ(text_in(problem, "code"), code) << json.substr(0, 200);
    EXPECT_EQ(answer->headers["content-type"], "application/problem+json");
    EXPECT_FALSE(text_in(problem, "detail").empty());
    EXPECT_EQ(version_of(bout), version) << json.substr(0, 200);
  }

  void expect_refused(unsigned status, const std::string& code,
                      const std::string& json) {
    expect_refused(status, code, json, supervisor);
  }

  std::string path() const {
    return "/api/v1/bouts/" + bout + "/commands";
  }

  std::string bout;
  std::int64_t version = 0;
};

TEST_F(abuse_test, malformed_oversized_and_deep) {
  set_up();
  auto id = "{\"command_id\":\"" + fresh_id() + "\",";
  for (const std::string& rest : {
         std::string{"\"type\":\"start_clock\""},
         std::string{"\"type\":\"start_clock\"}}"},
         std::string{"\"type\":\"start_clock\",}"},
         std::string{"\"type\":\"start_clock\",\"type\":\"stop_clock\"}"},
         std::string{"\"type\":\"open_round\",\"round\":1.5}"},
         std::string{"\"type\":\"open_round\",\"round\":1e999}"},
         std::string{"\"type\":\"open_round\",\"round\":NaN}"},
         std::string{"\"type\":\"open_round\",\"round\":-0}"},
         std::string{"\"type\":\"open_round\",\"round\":9223372036854775808}"},
         std::string{"\"type\":\"open_round\",\"round\":null}"},
         std::string{"\"type\":\"add_note\",\"text\":\"\\ud800\"}"},
         std::string{"\"type\":\"add_note\",\"text\":\"\xff\xfe\"}"},
         std::string{"\"type\":\"start_clock\",\"extra\":1}"},
       })
    expect_refused(400, "malformed", id + rest);
  expect_refused(400, "malformed", "[]");
  expect_refused(400, "malformed", "nonsense");
  auto deep = id + "\"type\":" + std::string(2'000, '[')
              + std::string(2'000, ']') + "}";
  expect_refused(400, "malformed", deep);
  auto big = id + "\"type\":\"add_note\",\"text\":\"" + std::string(17'000, 'x')
             + "\"}";
  expect_refused(413, "too_large", big);
  // Beyond what is even read.
  auto huge = server.http(supervisor).post(path(), std::string(200'000, ' '));
  if (huge) {
    EXPECT_EQ(huge->status, 413u);
  }
  EXPECT_EQ(version_of(bout), version);
}

TEST_F(abuse_test, case_01_wrong_values) {
  set_up();
  auto refused = [&](const std::string& type, const std::string& rest,
                     unsigned status, const std::string& code) {
    expect_refused(status, code, body(type, rest));
  };
  auto strike = "\"corner\":\"PURPLE\",\"technique\":\"jab\"";
  refused("log_strike", strike, 422, "invalid_value");
  refused("log_strike", "\"corner\":5,\"technique\":\"jab\"", 400, "malformed");
  refused("log_strike", "\"corner\":\"red\",\"technique\":\"moonsault\"", 422,
          "not_in_ruleset");
  refused("open_round", "\"round\":-3", 422, "invalid_value");
  refused("open_round", "\"round\":\"abc\"", 422, "invalid_value");
  refused("deduct_point", "\"corner\":\"red\",\"points\":-1,\"reason\":\"x\"",
          422, "invalid_value");
  refused("explode", "", 422, "invalid_value");
  // An unknown bout is not made on the way.
  auto other
    = server.http(supervisor)
        .post("/api/v1/bouts/b0000000000000/commands", body("start_clock"));
  EXPECT_EQ(other->status, 404u) << other->body;
  auto list = server.http(supervisor).get("/api/v1/bouts");
  EXPECT_EQ(list->body.find("b0000000000000"), std::string::npos);
}

TEST_F(abuse_test, out_of_state) {
  set_up();
  expect_refused(409, "clock_running", body("start_clock"));
  expect_refused(409, "wrong_state", body("open_round", "\"round\":2"));
  expect_refused(409, "round_not_closed", body("lock_round", "\"round\":1"));
  expect_refused(
    404, "not_found",
    body("retract_event", "\"event_id\":\"e999\",\"reason\":\"x\""));
  expect_refused(409, "approval_required", body("publish_result"));
}

TEST_F(abuse_test, unauthorised) {
  set_up();
  auto strike = "\"corner\":\"red\",\"technique\":\"jab\"";
  expect_refused(401, "unauthenticated", body("start_clock"), "");
  expect_refused(401, "unauthenticated", body("start_clock"),
                 "rsd_s_0000000000000000000000000000000000000000000");
  expect_refused(403, "forbidden", body("log_strike", strike), judge);
  expect_refused(403, "forbidden", body("lock_round", "\"round\":1"),
                 operator_token);
  auto card = "\"seat\":1,\"round\":1,\"red\":10,\"blue\":9";
  expect_refused(403, "forbidden", body("submit_card", card), operator_token);
  expect_refused(403, "forbidden", body("submit_card", card), supervisor);
}

TEST_F(abuse_test, the_stream_refuses_as_well) {
  set_up();
  net::ws_client stream{server.client(operator_token)};
  ASSERT_TRUE(stream.connect());
  auto frame = [&](const std::string& type, const std::string& rest) {
    return "{\"op\":\"command\",\"bout_id\":\"" + bout + "\",\"command_id\":\""
           + fresh_id() + "\",\"type\":\"" + type + "\"" + rest + "}";
  };
  std::vector<std::pair<std::string, std::string>> all{
    {"{", "malformed"},
    {"{\"op\":\"command\"}", "malformed"},
    {"{\"op\":\"shout\"}", "malformed"},
    {frame("log_strike", ",\"corner\":\"PURPLE\",\"technique\":\"jab\""),
     "invalid_value"},
    {frame("lock_round", ",\"round\":1"), "forbidden"},
    {frame("add_note", ",\"text\":\"a\",\"text\":\"b\""), "malformed"},
    {frame("add_note", ",\"text\":" + std::string(500, '[')), "malformed"},
  };
  for (const auto& [text, code] : all) {
    ASSERT_TRUE(stream.send(text)) << text.substr(0, 200);
    auto refused = next_message(stream, "refused");
    EXPECT_EQ(text_in(refused, "code"), code) << text.substr(0, 200);
  }
  EXPECT_EQ(version_of(bout), version);
  // The connection survived all of it.
  ASSERT_TRUE(stream.send("{\"op\":\"ping\"}"));
  EXPECT_EQ(text_in(next_message(stream, "pong"), "op"), "pong");
  // A message beyond every limit ends it, and nothing else. It is more than
  // the sockets hold: the goodbye arrives only if the server reads on.
  EXPECT_TRUE(stream.send(std::string(16'000'000, 'x')));
  while (stream.read())
    continue;
  EXPECT_EQ(stream.close_code(), 1009);
  EXPECT_EQ(note(bout, "still here"), 200u);
}

} // namespace
} // namespace ringside::test
