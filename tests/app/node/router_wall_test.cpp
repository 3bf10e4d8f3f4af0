#include "tests/app/node/wall_fixture.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

/// Vision workers on a real server, over the wire.
namespace ringside {
namespace {

using namespace std::chrono_literals;

/// Something that runs beside the test until it is told to stop, however the
/// test ends.
class running {
public:
  template <class Body>
  explicit running(Body body) : thread_([this, body] { body(stop_); }) {
    // nop
  }
  ~running() {
    end();
  }

  running(const running&) = delete;
  running& operator=(const running&) = delete;

  void end() {
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }

private:
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class router_wall_test : public test::wall_fixture {
protected:
  std::string create(const std::string& kind, const std::string& rest = {}) {
    auto a = send("supervisor", "POST", "/sources",
                  R"({"name":"one","mode":"local","kind":")" + kind + "\""
                    + rest + "}");
    EXPECT_EQ(a.status, 201u) << a.body;
    return text(a.body, "source_id");
  }

  std::string add_camera() {
    return create("camera", R"(,"workers":true,"rate_hz":200)");
  }

  /// Where something about a source is, `work` say.
  static std::string about(const std::string& source, const std::string& what) {
    return "/sources/" + source + "/" + what;
  }

  std::unique_ptr<net::ws_client> stream() {
    auto s = std::make_unique<net::ws_client>(client("source"));
    return s->connect() ? std::move(s) : nullptr;
  }

  static bool has(const std::string& where, const std::string& what) {
    return where.find(what) != std::string::npos;
  }

  /// The next message of this kind; empty: the connection ended.
  static std::string next(net::ws_client& s, const std::string& op) {
    for (;;) {
      auto got = s.read();
      if (!got)
        return {};
      if (has(*got, R"("op":")" + op + "\"") || has(*got, R"("op":"refused")"))
        return *got;
    }
  }

  /// Works until `stop`, or until it has `cut_after` jobs in its hands: then it
  /// is gone with them. @returns how many it did.
  int work(const std::string& id, const std::atomic<bool>& stop,
           int cut_after) {
    auto s = stream();
    if (!s)
      return -1;
    std::string done;
    for (int n = 0;;) {
      if (!s->send(R"({"op":"work","source_id":")" + id + R"(","want":4)" + done
                   + "}"))
        return n;
      auto answer = next(*s, "work");
      if (stop)
        return n;
      done.clear();
      const auto jobs = parsed(answer);
      const auto* list = jobs.find("jobs");
      if (list == nullptr || list->as_array() == nullptr)
        return -1;
      for (const auto& j : *list->as_array()) {
        ++n;
        done += done.empty() ? R"(,"done":[)" : ",";
        // What it sees carries the time that the camera said.
        done += R"({"job":)" + std::to_string(*j.find("job")->as_int())
                + R"(,"items":[{"kind":"jab","corner":"red","at_us":)"
                + std::to_string(
                  *(*j.find("items")->as_array())[0].find("at_us")->as_int())
                + R"(,"conf_ppm":800000}]})";
      }
      done += done.empty() ? "" : "]";
      if (cut_after > 0 && n >= cut_after)
        return n;
      std::this_thread::sleep_for(5ms);
    }
  }

  std::int64_t server_now(net::ws_client& s) {
    EXPECT_TRUE(s.send(R"({"op":"ts","n":1,"c0":1})"));
    return number(next(s, "ts"), "s2");
  }
};

TEST_F(router_wall_test, case_30_workers_cut_off_lose_and_double_nothing) {
  constexpr int pictures = 60;
  auto camera = add_camera();
  auto first = create("worker");
  auto second = create("worker");
  // One after the other is cut off with what it holds; the last one stays.
  running cut{[&](const std::atomic<bool>& stop) {
    EXPECT_GT(work(first, stop, 10), 0);
    EXPECT_GT(work(second, stop, 10), 0);
    EXPECT_GE(work(first, stop, 0), 0);
  }};
  auto s = stream();
  auto at = s ? server_now(*s) : 0;
  for (int seq = 1; seq <= pictures && s;) {
    EXPECT_TRUE(s->send(R"({"op":"detections","source_id":")" + camera
                        + R"(","seq":)" + std::to_string(seq)
                        + R"(,"items":[{"at_us":)" + std::to_string(at)
                        + "}]}"));
    auto answer = next(*s, "accepted");
    if (has(answer, R"("queued":1)"))
      ++seq;
    else
      ASSERT_TRUE(has(answer, "rate_limited")) << answer;
    std::this_thread::sleep_for(5ms);
  }
  auto shown = [&] { return send("admin", "GET", "/sources/" + camera).body; };
  auto all = R"("work":{"dead_letters":0,"waiting":0,"worked":)"
             + std::to_string(pictures) + "}";
  // Death is noticed after three seconds.
  EXPECT_TRUE(until([&] { return has(shown(), all); })
              || until([&] { return has(shown(), all); }))
    << shown() << send("admin", "GET", "/vision/router").body;
  EXPECT_TRUE(has(shown(), "\"taken\":" + std::to_string(pictures))) << shown();
  cut.end();
  auto view = send("supervisor", "GET", "/vision/router");
  EXPECT_EQ(view.status, 200u);
  EXPECT_TRUE(has(view.body, R"("dead_letters":[])")) << view.body;
  EXPECT_GE(number(member(view.body, "totals"), "retried"), 1) << view.body;
}

TEST_F(router_wall_test, a_worker_pulls_over_http) {
  auto camera = add_camera();
  auto worker = create("worker");
  auto where = about(worker, "work");
  auto none = send("source", "POST", where, R"({"want":0})");
  EXPECT_EQ(none.status, 200u);
  EXPECT_EQ(none.body, R"({"jobs":[]})");
  EXPECT_EQ(send("source", "POST", "/sources/" + camera + "/detections",
                 R"({"seq":1,"items":[{"picture":"p1","size":1.5}]})")
              .status,
            200u);
  auto got = send("source", "POST", where, "{}");
  EXPECT_TRUE(has(got.body, R"("items":[{"picture":"p1","size":"1.5"}])"))
    << got.body;
  auto job = number(
    json::to_text((*parsed(got.body).find("jobs")->as_array())[0]), "job");
  auto said = send("source", "POST", where,
                   R"({"want":0,"load_ppm":250000,"done":[{"job":)"
                     + std::to_string(job) + R"(,"items":[]}]})");
  EXPECT_EQ(said.status, 200u) << said.body;
  EXPECT_TRUE(until([&] {
    return has(send("admin", "GET", "/sources/" + camera).body,
               R"("worked":1)");
  }));
  auto view = send("admin", "GET", "/vision/router").body;
  EXPECT_TRUE(has(view, R"("said_load_ppm":250000)")) << view;
  net::http_client http{client("admin")};
  auto numbers = http.send("GET", "/metrics", {}, {});
  ASSERT_TRUE(numbers);
  for (const auto* line :
       {"ringside_vision_sources{state=\"live\"} 2\n",
        "ringside_vision_items_total 1\n",
        "ringside_vision_router_done_total 1\n",
        "ringside_vision_router_workers{state=\"starting\"} 1\n"})
    EXPECT_TRUE(has(numbers->body, line)) << line << numbers->body;
}

TEST_F(router_wall_test, rights_and_shapes_are_held) {
  auto camera = add_camera();
  auto worker = create("worker");
  auto where = about(worker, "work");
  auto post = [&](const std::string& who, const std::string& path,
                  const std::string& body) {
    auto a = send(who, "POST", path, body);
    return std::to_string(a.status) + " " + text(a.body, "code");
  };
  EXPECT_EQ(post("operator", where, "{}"), "403 forbidden");
  EXPECT_EQ(post("source", where, R"({"want":9})"), "422 invalid_value");
  EXPECT_EQ(post("source", where, R"({"done":[{"job":1}]})"), "400 malformed");
  EXPECT_EQ(post("source", about(camera, "work"), "{}"), "409 wrong_state");
  EXPECT_EQ(post("source", about("s99", "work"), "{}"), "404 not_found");
  auto drain = about(worker, "drain");
  EXPECT_EQ(post("source", drain, R"({"on":true})"), "403 forbidden");
  EXPECT_EQ(post("supervisor", drain, R"({"on":true})"), "200 ");
  EXPECT_EQ(post("supervisor", about(camera, "drain"), "{}"),
            "409 wrong_state");
  EXPECT_EQ(post("supervisor", about("s99", "drain"), "{}"), "404 not_found");
  EXPECT_TRUE(
    has(send("admin", "GET", "/sources/" + worker).body, R"("draining":true)"));
  EXPECT_EQ(send("source", "GET", "/vision/router").status, 403u);
  auto s = stream();
  ASSERT_TRUE(s);
  ASSERT_TRUE(s->send(R"({"op":"work","source_id":"s99"})"));
  EXPECT_TRUE(has(next(*s, "work"), R"("code":"not_found")"));
}

} // namespace
} // namespace ringside
