#include "tests/net/net_fixture.hpp"

namespace ringside::net {
namespace {

using http_test = net_fixture;

TEST_F(http_test, is_alive_and_ready) {
  start();
  auto c = http();
  EXPECT_EQ(c.get("/healthz")->status, 200u);
  auto ready = c.get("/readyz");
  EXPECT_EQ(ready->status, 200u);
  EXPECT_NE(ready->body.find("\"component\":\"journal\""), std::string::npos);
  stage_->refusal = refuse(ec::io_error, "disk");
  EXPECT_EQ(c.get("/readyz")->status, 503u);
}

TEST_F(http_test, every_answer_has_the_security_headers) {
  start();
  auto c = http();
  for (const auto* path : {"/healthz", "/nothing", "/api/v1/bouts"}) {
    auto a = c.get(path);
    ASSERT_TRUE(a);
    EXPECT_NE(a->headers["content-security-policy"].find("default-src 'self'"),
              std::string::npos);
    EXPECT_EQ(a->headers["x-content-type-options"], "nosniff");
    EXPECT_EQ(a->headers["referrer-policy"], "no-referrer");
    EXPECT_EQ(a->headers["cross-origin-opener-policy"], "same-origin");
    EXPECT_EQ(a->headers["cache-control"], "no-store");
    EXPECT_FALSE(a->headers.contains("access-control-allow-origin"));
  }
}

TEST_F(http_test, serves_files_with_etags) {
  start([](server_options& o) {
    o.files["/"]
      = {"text/html", std::make_shared<const std::string>("<p>hi</p>"),
         "\"e1\"", false};
    o.files["/assets/a.js"]
      = {"text/javascript", std::make_shared<const std::string>("1"), "\"e2\"",
         true};
  });
  auto c = http();
  auto page = c.get("/");
  EXPECT_EQ(page->body, "<p>hi</p>");
  EXPECT_EQ(page->headers["content-type"], "text/html");
  EXPECT_EQ(page->headers["cache-control"], "no-cache");
  auto same = c.send("GET", "/", {}, {{"If-None-Match", "\"e1\""}});
  EXPECT_EQ(same->status, 304u);
  EXPECT_TRUE(same->body.empty());
  EXPECT_NE(c.get("/assets/a.js")->headers["cache-control"].find("immutable"),
            std::string::npos);
  auto head = c.send("HEAD", "/");
  EXPECT_EQ(head->status, 200u);
  EXPECT_EQ(head->headers["content-length"], "9");
  EXPECT_TRUE(head->body.empty());
  EXPECT_EQ(c.get("/assets/../secret")->status, 400u);
  EXPECT_EQ(c.get("/assets/b.js")->status, 404u);
}

TEST_F(http_test, creates_a_bout_and_answers_a_repeat_alike) {
  start();
  auto c = http("supervisor");
  auto body = "{\"command_id\":\"" + fresh_uuid()
              + "\",\"ruleset\":\"mma_unified\",\"red\":{\"name\":\"R\"},"
                "\"blue\":{\"name\":\"B\"},\"judges\":[{\"name\":\"J\"}]}";
  auto first = c.post("/api/v1/bouts", body);
  ASSERT_EQ(first->status, 201u) << first->body;
  EXPECT_EQ(first->headers["location"], "/api/v1/bouts/b1");
  EXPECT_EQ(first->body, "{\"bout_id\":\"b1\",\"events\":[\"e1\"],"
                         "\"position\":101,\"version\":1}");
  auto again = c.post("/api/v1/bouts", body);
  EXPECT_EQ(again->status, 201u);
  EXPECT_EQ(again->body, "{\"bout_id\":\"b1\",\"events\":[\"e1\"],"
                         "\"position\":101,\"replayed\":true,\"version\":1}");
  EXPECT_EQ(stage_->commands.at(0).door, "bouts");
  EXPECT_EQ(to_string(stage_->commands.at(0).what.command->by),
            "supervisor:supervisor");
}

TEST_F(http_test, sends_commands_through_the_right_door) {
  start();
  auto post = [&](const char* token, const std::string& body) {
    auto a = http(token).post("/api/v1/bouts/b1/commands", body);
    EXPECT_EQ(a->status, 200u) << a->body;
    return stage_->commands.back().door;
  };
  EXPECT_EQ(post("supervisor", command_body("open_round", "\"round\":1")),
            "bout/b1/desk/supervisor");
  EXPECT_EQ(post("timekeeper", command_body("start_clock")),
            "bout/b1/desk/timekeeper");
  EXPECT_EQ(post("judge", command_body("submit_card",
                                       "\"seat\":2,\"round\":1,\"red\":10,"
                                       "\"blue\":9")),
            "bout/b1/seat/2");
  EXPECT_EQ(post("judge", command_body("add_note", "\"text\":\"hm\"")),
            "bout/b1/desk/judge");
}

TEST_F(http_test, passes_a_refusal_of_the_bout_on_as_a_problem) {
  start();
  stage_->refusal = refuse(ec::round_locked, "round 1 is locked", "round",
                           "ask for an unlock");
  auto a = http("supervisor")
             .post("/api/v1/bouts/b1/commands",
                   command_body("lock_round", "\"round\":1"));
  EXPECT_EQ(a->status, 409u);
  EXPECT_EQ(a->headers["content-type"], "application/problem+json");
  auto p = parsed(a->body);
  EXPECT_EQ(text_at(p, "code"), "round_locked");
  EXPECT_EQ(text_at(p, "field"), "round");
  EXPECT_EQ(text_at(p, "hint"), "ask for an unlock");
  EXPECT_EQ(int_at(p, "status"), 409);
}

TEST_F(http_test, sends_a_silent_command_once_more) {
  start([](server_options& o) {
    o.limits.command_resend = std::chrono::milliseconds{150};
  });
  stage_->swallow = 1;
  auto a = http("supervisor")
             .post("/api/v1/bouts/b1/commands", command_body("start_clock"));
  EXPECT_EQ(a->status, 200u) << a->body;
  ASSERT_EQ(stage_->commands.size(), 2u);
  EXPECT_EQ(stage_->commands[0].what.tag, stage_->commands[1].what.tag);
  EXPECT_EQ(node->counters().commands_resent.load(), 1u);
}

TEST_F(http_test, gives_a_silent_command_up) {
  start([](server_options& o) {
    o.limits.command_resend = std::chrono::milliseconds{100};
    o.limits.command_timeout = std::chrono::milliseconds{400};
  });
  stage_->swallow = 100;
  auto a = http("supervisor")
             .post("/api/v1/bouts/b1/commands", command_body("start_clock"));
  EXPECT_EQ(a->status, 504u);
  EXPECT_EQ(text_at(parsed(a->body), "code"), "timeout");
  EXPECT_EQ(stage_->commands.size(), 2u);
}

TEST_F(http_test, wakes_a_resting_bout) {
  start();
  stage_->resting = {"b7"};
  auto a = http("supervisor")
             .post("/api/v1/bouts/b7/commands", command_body("start_clock"));
  EXPECT_EQ(a->status, 200u) << a->body;
  EXPECT_EQ(http().get("/api/v1/bouts/b7")->status, 200u);
  auto none = http().get("/api/v1/bouts/b8");
  EXPECT_EQ(none->status, 404u);
  EXPECT_EQ(text_at(parsed(none->body), "code"), "not_found");
  EXPECT_EQ(
    http("judge")
      .post("/api/v1/bouts/b1/commands",
            command_body("submit_card", "\"seat\":4,\"round\":1,\"red\":10,"
                                        "\"blue\":9"))
      ->status,
    404u);
}

TEST_F(http_test, asks_the_bout_as_the_right_audience) {
  start();
  auto audience = [&](const std::string& token, const std::string& path) {
    EXPECT_EQ(http(token).get(path)->status, 200u) << path;
    return stage_->last_audience;
  };
  EXPECT_EQ(audience("supervisor", "/api/v1/bouts/b1"), "0/0");
  EXPECT_EQ(audience("operator", "/api/v1/bouts/b1"), "1/0");
  EXPECT_EQ(audience("broadcast", "/api/v1/bouts/b1/statistics"), "3/0");
  EXPECT_EQ(audience("", "/api/v1/bouts/b1/result"), "4/0");
  // A judge is who the BOUT says, whatever seat is asked for.
  EXPECT_EQ(audience("judge", "/api/v1/bouts/b1?seat=1"), "2/0");
  stage_->bout_text = "{\"seats\":[{\"account\":\"judge\",\"seat\":3}]}";
  EXPECT_EQ(audience("judge", "/api/v1/bouts/b1/scorecards"), "2/3");
  EXPECT_EQ(audience("judge", "/api/v1/bouts/b1?seat=1"), "2/0");
}

TEST_F(http_test, passes_queries_on) {
  start();
  auto c = http("commission");
  EXPECT_EQ(c.get("/api/v1/bouts?state=open&event=UFC%201&limit=7")->status,
            200u);
  EXPECT_EQ(stage_->questions.back(), "list open,UFC 1,,7");
  EXPECT_TRUE(c.get("/api/v1/bouts/b1/events?after_version=5&limit=9"));
  EXPECT_EQ(stage_->questions.back(), "bout/b1/bout events 5 9");
  EXPECT_EQ(c.get("/api/v1/audit/checkpoint")->body, "checkpoint");
  EXPECT_EQ(c.get("/api/v1/audit/tile/0/x001/067.p/12")->body,
            "tile 0 1067 12");
  EXPECT_EQ(c.get("/api/v1/audit/tile/entries/000")->body, "tile -1 0 0");
  EXPECT_EQ(c.get("/api/v1/audit/proof/inclusion?index=3")->body,
            "inclusion 3 0");
  EXPECT_EQ(c.get("/api/v1/audit/proof/consistency?from=1&to=4")->body,
            "consistency 1 4");
  EXPECT_EQ(c.get("/api/v1/audit/proof/consistency?from=1")->status, 400u);
  EXPECT_EQ(c.get("/api/v1/bouts?limit=x")->status, 422u);
  EXPECT_EQ(c.get("/api/v1/bouts?colour=red")->status, 400u);
  auto zip = c.get("/api/v1/audit/bout/b-1.zip");
  EXPECT_EQ(zip->status, 200u);
  EXPECT_EQ(zip->body, "PK of b-1");
  EXPECT_EQ(zip->headers.at("content-type"), "application/zip");
  EXPECT_EQ(zip->headers.at("content-disposition"),
            "attachment; filename=\"b-1.zip\"");
  for (const auto* wrong :
       {"b-1", ".zip", "_system.zip", "b%22-1.zip", "b-1.ZIP", "b-1.zip/x"})
    EXPECT_EQ(c.get(std::string{"/api/v1/audit/bout/"} + wrong)->status, 404u)
      << wrong;
  EXPECT_EQ(c.get("/api/v1/audit/bout/b-1.zip?x=1")->status, 400u);
  EXPECT_EQ(c.get("/api/v1/audit/tile/../x")->status, 400u);
  EXPECT_EQ(http().get("/api/v1/audit/tile/entries/000")->status, 401u);
  EXPECT_EQ(http("judge").get("/api/v1/audit/tile/entries/000")->status, 403u);
}

TEST_F(http_test, shows_and_restarts_actors) {
  start();
  auto c = http("admin");
  EXPECT_NE(c.get("/api/v1/actors")->body.find("\"name\":\"node/hub\""),
            std::string::npos);
  EXPECT_EQ(c.send("POST", "/api/v1/actors/node/hub/restart")->status, 200u);
  EXPECT_EQ(stage_->questions.back(), "restart node/hub");
  EXPECT_EQ(c.send("POST", "/api/v1/actors/node%2Fhub/restart")->status, 200u);
  EXPECT_EQ(c.send("POST", "/api/v1/actors/..x/restart")->status, 404u);
}

TEST_F(http_test, manages_accounts) {
  start();
  auto c = http("admin");
  EXPECT_EQ(
    c.post("/api/v1/accounts", "{\"name\":\"Ann\",\"role\":\"judge\"}")->status,
    201u);
  EXPECT_EQ(stage_->questions.back(), "admin:admin create Ann");
  EXPECT_TRUE(c.post("/api/v1/accounts/a1/tokens", "{\"ttl_s\":120}"));
  EXPECT_EQ(stage_->questions.back(), "admin:admin issue a1 120");
  EXPECT_TRUE(c.send("DELETE", "/api/v1/accounts/a1/tokens"));
  EXPECT_EQ(stage_->questions.back(), "admin:admin revoke a1");
  EXPECT_TRUE(
    c.send("PUT", "/api/v1/accounts/a1/role", "{\"role\":\"supervisor\"}"));
  EXPECT_EQ(stage_->questions.back(), "admin:admin role a1 supervisor");
  EXPECT_EQ(
    c.send("PUT", "/api/v1/accounts/a1/role", "{\"role\":\"king\"}")->status,
    422u);
  EXPECT_EQ(c.post("/api/v1/accounts", "{\"name\":\"A\",\"role\":\"judge\","
                                       "\"x\":1}")
              ->status,
            400u);
}

TEST_F(http_test, claims_are_few) {
  start([](server_options& o) { o.limits.failures = {1, 3}; });
  auto c = http();
  auto claim = [&](const char* code) {
    return c.post("/api/v1/claim",
                  std::string{"{\"code\":\""} + code + "\",\"name\":\"Root\"}");
  };
  EXPECT_EQ(claim("wrong")->status, 403u);
  EXPECT_EQ(claim("right")->status, 201u);
  EXPECT_EQ(claim("wrong")->status, 403u);
  auto limited = claim("right");
  EXPECT_EQ(limited->status, 429u);
  EXPECT_EQ(limited->headers["retry-after"], "1");
}

TEST_F(http_test, keeps_a_panel_signed_in_by_cookie) {
  start();
  auto c = http();
  auto in = c.post("/api/v1/session", "{\"token\":\"judge\"}");
  ASSERT_EQ(in->status, 200u);
  EXPECT_EQ(in->headers["set-cookie"],
            "rsid=judge; HttpOnly; SameSite=Strict; Path=/");
  auto me = c.send("GET", "/api/v1/session", {}, {{"Cookie", "rsid=judge"}});
  EXPECT_EQ(text_at(parsed(me->body), "role"), "judge");
  EXPECT_EQ(text_at(parsed(c.get("/api/v1/session")->body), "role"), "viewer");
  // A stale cookie makes a visitor, a stale token an error.
  auto stale = c.send("GET", "/api/v1/bouts", {}, {{"Cookie", "rsid=gone"}});
  EXPECT_EQ(stale->status, 200u);
  EXPECT_EQ(http("gone").get("/api/v1/bouts")->status, 401u);
  EXPECT_EQ(c.post("/api/v1/session", "{\"token\":\"gone\"}")->status, 401u);
  EXPECT_EQ(c.send("DELETE", "/api/v1/session")->status, 204u);
}

TEST_F(http_test, revocation_works_at_once) {
  start();
  auto c = http("supervisor");
  EXPECT_EQ(c.get("/api/v1/actors")->status, 200u);
  accounts->revoke("supervisor");
  EXPECT_EQ(c.get("/api/v1/actors")->status, 401u);
}

TEST_F(http_test, metrics_are_for_the_machine_itself) {
  start([](server_options& o) {
    o.metrics = [] { return std::string{"ringside_other 1\n"}; };
  });
  auto text = http().get("/metrics")->body;
  EXPECT_NE(text.find("ringside_net_requests_total 1\n"), std::string::npos);
  EXPECT_NE(text.find("ringside_other 1\n"), std::string::npos);
}

} // namespace
} // namespace ringside::net
