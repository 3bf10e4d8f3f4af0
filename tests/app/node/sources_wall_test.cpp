#include "tests/app/node/wall_fixture.hpp"

#include <memory>
#include <string>

/// Cameras on a real server, over the wire.
namespace ringside {
namespace {

using namespace std::chrono_literals;

class sources_wall_test : public test::wall_fixture {
protected:
  std::string create(const std::string& rest = {}) {
    auto a
      = send("supervisor", "POST", "/sources",
             R"({"name":"left","kind":"camera","mode":"local")" + rest + "}");
    EXPECT_EQ(a.status, 201u) << a.body;
    return text(a.body, "source_id");
  }

  /// A stream that is open, or null.
  std::unique_ptr<net::ws_client> stream(const std::string& who) {
    auto s = std::make_unique<net::ws_client>(client(who));
    return s->connect() ? std::move(s) : nullptr;
  }

  /// Server time, as a worker learns it.
  std::int64_t server_now(net::ws_client& s) {
    EXPECT_TRUE(s.send(R"({"op":"ts","n":1,"c0":1})"));
    for (;;) {
      auto got = s.read();
      if (!got)
        return 0;
      if (got->find(R"("op":"ts")") != std::string::npos)
        return number(*got, "s2");
    }
  }

  /// The next message that is no heartbeat.
  static std::string next(net::ws_client& s) {
    for (;;) {
      auto got = s.read();
      if (!got)
        return std::string{to_string(got.reason().code)};
      if (got->find(R"("op":"heartbeat")") == std::string::npos)
        return *got;
    }
  }

  std::string batch(const std::string& source, int seq, std::int64_t at) {
    return R"({"op":"detections","source_id":")" + source + R"(","seq":)"
           + std::to_string(seq)
           + R"(,"items":[{"kind":"jab","corner":"red","at_us":)"
           + std::to_string(at) + R"(,"conf_ppm":800000}]})";
  }

  static bool has(const std::string& where, const std::string& what) {
    return where.find(what) != std::string::npos;
  }
};

TEST_F(sources_wall_test, a_camera_streams_its_detections) {
  auto id = create();
  auto s = stream("source");
  ASSERT_TRUE(s);
  auto now = server_now(*s);
  auto one = batch(id, 1, now);
  ASSERT_TRUE(s->send(one));
  auto first = next(*s);
  EXPECT_TRUE(has(first, R"({"op":"accepted",)")) << first;
  EXPECT_TRUE(has(first, R"("taken":1)")) << first;
  // Killed and sent again, it is answered the same.
  EXPECT_EQ(send("admin", "POST", "/actors/source/" + id + "/restart").status,
            200u);
  ASSERT_TRUE(s->send(one));
  EXPECT_EQ(next(*s), first);
  auto shown = send("supervisor", "GET", "/sources/" + id);
  EXPECT_EQ(shown.status, 200u);
  EXPECT_TRUE(has(shown.body, R"("taken":1)")) << shown.body;
  EXPECT_TRUE(has(shown.body, R"("repeated":1)")) << shown.body;
}

TEST_F(sources_wall_test, a_vendor_posts_its_own_format) {
  auto id = create(R"(,"vendor":"B","mapping":"vendor_b")");
  auto utc = std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
               .count();
  auto item = [&](const std::string& label) {
    return R"({"type":")" + label + R"(","timestamp_ms":)" + std::to_string(utc)
           + R"(,"fighter_id":"fighter2",)"
           + R"("certainty":0.91,"cameraId":null})";
  };
  auto a = send("source", "POST", "/sources/" + id + "/detections",
                R"({"seq":1,"items":[)" + item("jab_detected") + ","
                  + item("spin_detected") + "," + item("kd_event") + "]}");
  ASSERT_EQ(a.status, 200u) << a.body;
  EXPECT_TRUE(has(a.body, R"("taken":1)")) << a.body;
  EXPECT_TRUE(has(a.body, R"("no_strikes":1)"));
  EXPECT_TRUE(has(a.body, R"("said":"spin_detected")"));
  auto shown = send("admin", "GET", "/sources").body;
  EXPECT_TRUE(has(shown, R"({"count":1,"name":"spin_detected"})")) << shown;
  EXPECT_TRUE(has(shown, R"("confidence_ppm":910000)"));
  EXPECT_EQ(text(send("source", "POST", "/sources/" + id + "/heartbeat",
                      R"({"in_view":false})")
                   .body,
                 "source_id"),
            id);
}

TEST_F(sources_wall_test, pictures_over_the_wire_become_strikes_and_metrics) {
  open_bout();
  auto id = create(R"(,"mapping":"ringside_frames","rate_hz":60,"bout_id":")"
                   + bout_ + "\"");
  auto s = stream("source");
  ASSERT_TRUE(s);
  // A second of pictures; blue throws an elbow for a fifth of it.
  auto start = server_now(*s) - 1'000'000;
  std::string items;
  for (int n = 0; n < 30; ++n) {
    auto hits = n >= 5 && n < 11;
    items += (n == 0 ? "" : ",") + std::string{R"({"seq":)"} + std::to_string(n)
             + R"(,"at_us":)" + std::to_string(start + n * 33'000)
             + R"(,"red":{"scores":{}},"blue":{"scores":{"elbow":)"
             + (hits ? "880000" : "0.0") + R"(},"impact":")"
             + (hits ? "heavy" : "none") + "\"}}";
  }
  auto wrong = R"({"seq":99,"at_us":1,"red":{"scores":{"jab":1}}})";
  ASSERT_TRUE(s->send(R"({"op":"detections","source_id":")" + id
                      + R"(","seq":1,"items":[)" + items + "," + wrong + "]}"));
  auto answer = next(*s);
  EXPECT_TRUE(has(answer, R"("strikes":1,"taken":30)")) << answer;
  EXPECT_TRUE(has(answer, R"({"code":"unknown_label","index":30)")) << answer;
  std::string fused;
  EXPECT_TRUE(until([&] {
    fused
      = send("supervisor", "GET", "/harmonizer/stats?bout_id=" + bout_).body;
    return has(fused, R"("state":"final")");
  }))
    << fused;
  EXPECT_TRUE(has(fused, R"("kind":"elbow")")) << fused;
  auto shown = send("supervisor", "GET", "/vision/metrics");
  EXPECT_EQ(shown.status, 200u);
  for (const auto* what :
       {R"("frames":30)", R"("thrown":1)", R"("phase":"standing")",
        R"("cameras":1)", R"("momentum_red_ppm":0)", R"("live":1)",
        R"("missing":0)"})
    EXPECT_TRUE(has(shown.body, what)) << what << " " << shown.body;
  EXPECT_TRUE(
    has(send("admin", "GET", "/sources/" + id).body, R"("analytics":{)"));
  EXPECT_EQ(send("operator", "GET", "/vision/metrics").status, 403u);
  EXPECT_EQ(send("judge", "GET", "/vision/metrics").status, 403u);
  EXPECT_EQ(send("", "GET", "/vision/metrics").status, 401u);
}

TEST_F(sources_wall_test, only_sources_send_and_only_some_manage) {
  auto id = create();
  auto detections = "/sources/" + id + "/detections";
  const auto* empty = R"({"seq":1,"items":[]})";
  EXPECT_EQ(send("operator", "POST", detections, empty).status, 403u);
  EXPECT_EQ(send("source", "POST", detections, empty).status, 200u);
  EXPECT_EQ(send("source", "POST", "/sources", "{}").status, 403u);
  EXPECT_EQ(send("source", "GET", "/sources").status, 403u);
  EXPECT_EQ(send("operator", "PUT", "/sources/" + id + "/bout", "{}").status,
            403u);
  auto s = stream("operator");
  ASSERT_TRUE(s && s->send(batch(id, 1, 1)));
  auto refused = next(*s);
  EXPECT_TRUE(has(refused, R"("code":"forbidden")")) << refused;
  EXPECT_TRUE(has(refused, R"("seq":1)")) << refused;
}

TEST_F(sources_wall_test, what_is_wrong_is_refused_with_its_reason) {
  auto id = create();
  auto post = [&](const std::string& path, const std::string& body) {
    auto a = send("source", "POST", path, body);
    return std::to_string(a.status) + " " + text(a.body, "code");
  };
  auto to = "/sources/" + id + "/detections";
  EXPECT_EQ(post("/sources/s99/detections", R"({"seq":1,"items":[]})"),
            "404 not_found");
  EXPECT_EQ(post(to, R"({"seq":0,"items":[]})"), "422 invalid_value");
  EXPECT_EQ(post(to, R"({"seq":1.5,"items":[]})"), "422 invalid_value");
  EXPECT_EQ(post(to, R"({"seq":1})"), "400 malformed");
  EXPECT_EQ(post(to, R"({"seq":1,"items":[],"more":1})"), "400 malformed");
  std::string many = "{}";
  for (int i = 0; i < 64; ++i)
    many += ",{}";
  EXPECT_EQ(post(to, R"({"seq":1,"items":[)" + many + "]}"), "413 too_large");
  many.resize(many.size() - 3);
  EXPECT_EQ(post(to, R"({"seq":1,"items":[)" + many + "]}"), "200 ");
  auto beyond
    = send("source", "POST", to, R"({"seq":2,"items":[)" + many + "]}");
  EXPECT_EQ(beyond.status, 429u) << beyond.body;
  EXPECT_EQ(beyond.headers.at("retry-after"), "1");
}

TEST_F(sources_wall_test, other_messages_of_a_source_stay_strict) {
  auto s = stream("source");
  ASSERT_TRUE(s && s->send(R"({"op":"ts","n":1,"c0":1.5})"));
  EXPECT_TRUE(has(next(*s), R"("code":"malformed")"));
  ASSERT_TRUE(s->send(R"({"op":"command","bout_id":"b","aB":null})"));
  EXPECT_TRUE(has(next(*s), R"("code":"malformed")"));
}

TEST_F(sources_wall_test, cameras_and_operator_are_fused_and_score_nothing) {
  open_bout();
  command("timekeeper", "open_round", "\"round\":1");
  command("timekeeper", "start_clock");
  auto watches = R"(,"bout_id":")" + bout_ + "\"";
  auto left = create(watches);
  auto right = create(watches);
  auto s = stream("source");
  ASSERT_TRUE(s);
  auto statistics
    = send("supervisor", "GET", "/bouts/" + bout_ + "/statistics");
  auto now = server_now(*s);
  ASSERT_TRUE(s->send(batch(left, 1, now - 2'000)));
  EXPECT_TRUE(has(next(*s), R"("taken":1)"));
  ASSERT_TRUE(s->send(batch(right, 1, now)));
  EXPECT_TRUE(has(next(*s), R"("taken":1)"));
  auto where = "/harmonizer/stats?bout_id=" + bout_;
  std::string body;
  EXPECT_TRUE(until([&] {
    body = send("supervisor", "GET", where).body;
    return has(body, R"("state":"final")");
  }))
    << body;
  EXPECT_TRUE(has(body, R"("kind":"jab")")) << body;
  EXPECT_TRUE(has(body, "\"source\":\"source/" + left + "\"")) << body;
  EXPECT_TRUE(has(body, "\"source\":\"source/" + right + "\"")) << body;
  EXPECT_TRUE(has(body, R"("final":1)")) << "one strike, not two";
  EXPECT_EQ(send("supervisor", "GET", "/bouts/" + bout_ + "/statistics").body,
            statistics.body);
  command("operator", "log_strike",
          R"("corner":"blue","technique":"jab","target":"head")");
  EXPECT_TRUE(until(
    [&] { return has(send("supervisor", "GET", where).body, "\"account/"); }));
  EXPECT_TRUE(until([&] {
    return has(send("admin", "GET", "/harmonizer/stats").body, bout_);
  }));
  EXPECT_EQ(send("operator", "GET", where).status, 403u);
  EXPECT_EQ(send("admin", "GET", "/harmonizer/stats?bout_id=none").status,
            404u);
  // It is kept: the journal has it, also when the fusion was killed.
  auto kept = "/bouts/" + bout_ + "/fused";
  EXPECT_TRUE(until([&] {
    body = send("supervisor", "GET", kept).body;
    return has(body, R"("event_id":"source/)");
  }))
    << body;
  for (const auto* judge : {"judge", "operator", "viewer"})
    EXPECT_EQ(send(judge, "GET", kept).status, 403u) << judge;
  EXPECT_EQ(send("admin", "GET", kept + "?limit=9999").status, 422u);
  EXPECT_EQ(
    send("admin", "POST", "/actors/bout/" + bout_ + "/harmonizer/restart")
      .status,
    200u);
  ASSERT_TRUE(s->send(batch(left, 2, server_now(*s))));
  EXPECT_TRUE(has(next(*s), R"("taken":1)"));
  EXPECT_TRUE(until([&] {
    return has(send("supervisor", "GET", where).body, R"("reports":1)");
  }));
  EXPECT_TRUE(has(send("supervisor", "GET", kept).body, body.substr(0, 60)));
}

TEST_F(sources_wall_test, sources_survive_a_restart_of_the_node) {
  auto id = create(R"(,"bout_id":"b1")");
  node_->restart();
  auto a = send("source", "POST", "/sources/" + id + "/detections",
                R"({"seq":1,"items":[]})");
  EXPECT_EQ(a.status, 200u) << a.body;
  EXPECT_TRUE(
    has(send("admin", "GET", "/sources/" + id).body, R"("bout_id":"b1")"));
}

} // namespace
} // namespace ringside
