#include "domain/audit/json.hpp"
#include "tests/support/server_process.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <list>
#include <memory>
#include <string>
#include <thread>

/// The example of a vision worker as a customer runs it, several at once, at
/// the program as it is delivered; and some of them are killed.
namespace ringside {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

/// One worker in a process of its own. Killed with the object.
class worker_process {
public:
  worker_process(std::string source, const std::string& token,
                 std::uint16_t port)
    : source_(std::move(source)), pid_(::fork()) {
    if (pid_ != 0)
      return;
    ::setenv("RINGSIDE_TOKEN", token.c_str(), 1);
    auto at = std::to_string(port);
    ::execlp("python3", "python3", "-B",
             RINGSIDE_SOURCE_DIR "/clients/python/example_worker.py", "--port",
             at.c_str(), "--source", source_.c_str(), "--work-ms", "25",
             static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ~worker_process() {
    say(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  worker_process(const worker_process&) = delete;
  worker_process& operator=(const worker_process&) = delete;

  void say(int signal) const {
    ::kill(pid_, signal);
  }
  const std::string& source() const noexcept {
    return source_;
  }

private:
  std::string source_;
  pid_t pid_;
};

struct filming_camera {
  std::string id;
  int batches = 0;
  std::int64_t pictures = 0;
  std::int64_t last_us = 0;
};

class workers_test : public testing::Test {
protected:
  static constexpr int batch_pictures = 4;

  void SetUp() override {
    auto data = directory_.path() / "data";
    supervisor_ = test::add_person(data, "s", "supervisor");
    token_ = test::add_person(data, "camera", "source");
    test::server_start how;
    how.data = data;
    server_ = test::server_process{how};
    ASSERT_TRUE(server_.start()) << server_.log();
    started_ = steady_clock::now();
    base_us_ = server_now();
    ASSERT_GT(base_us_, 0);
    for (int n = 0; n < 2; ++n)
      cameras_.push_back({make(R"("kind":"camera","workers":true,)"
                               R"("rate_hz":200,"mapping":"ringside_frames")"),
                          0, 0});
  }

  std::string make(const std::string& what) {
    auto made = ask(supervisor_, "POST", "/sources",
                    R"({"name":"one","mode":"local",)" + what + "}");
    const auto* id = made.find("source_id");
    EXPECT_TRUE(id != nullptr) << json::to_text(made);
    return id != nullptr ? *id->as_string() : "";
  }

  void hire(const std::string& source) {
    workers_.push_back(
      std::make_unique<worker_process>(source, token_, server_.port()));
  }

  json::value ask(const std::string& token, const char* method,
                  const std::string& path, std::string body = {}) {
    auto http = server_.http(token);
    net::http_client::header_map type;
    if (!body.empty())
      type["Content-Type"] = "application/json";
    auto a = http.send(method, "/api/v1" + path, std::move(body), type);
    EXPECT_TRUE(a) << path;
    auto v = json::parse(a ? a->body : "{}", {1 << 20, 16});
    return v ? *v : json::value{};
  }

  static std::int64_t number(const json::value& v,
                             std::initializer_list<const char*> path) {
    const auto* at = &v;
    for (const auto* key : path)
      if (at = at->find(key); at == nullptr)
        return -1;
    return at->as_int() != nullptr ? *at->as_int() : -1;
  }

  std::int64_t server_now() {
    net::ws_client s{server_.client(token_)};
    if (!s.connect() || !s.send(R"({"op":"ts","n":1,"c0":1})"))
      return 0;
    for (;;) {
      auto got = s.read();
      auto v = got ? json::parse(*got) : json::value{};
      if (!got || !v || v->find("s2") != nullptr)
        return v ? number(*v, {"s2"}) : 0;
    }
  }

  std::int64_t now_us() const {
    using std::chrono::microseconds;
    auto gone = steady_clock::now() - started_;
    return base_us_ + std::chrono::duration_cast<microseconds>(gone).count();
  }

  json::value picture(filming_camera& c) {
    c.last_us = std::max(now_us(), c.last_us + 1);
    return json::object{
      {"picture", "p" + std::to_string(c.pictures) + ".jpg"},
      {"shows", json::object{
                  {"seq", ++c.pictures},
                  {"at_us", c.last_us},
                  {"red", json::object{{"scores", json::object{{"punch", 0}}}}},
                  {"blue", json::object{{"scores", json::object{}}}}}}};
  }

  /// Sends the next batch, again and again if the node says that it is to wait.
  void film(filming_camera& c) {
    json::array items;
    for (int n = 0; n < batch_pictures; ++n)
      items.push_back(picture(c));
    auto body = json::to_text(
      json::object{{"seq", ++c.batches}, {"items", std::move(items)}});
    for (;;) {
      auto said = ask(token_, "POST", "/sources/" + c.id + "/detections", body);
      if (number(said, {"queued"}) == batch_pictures)
        return;
      ASSERT_EQ(json::to_text(said).find("rate_limited") == std::string::npos,
                false)
        << json::to_text(said);
      std::this_thread::sleep_for(50ms);
    }
  }

  void film(int batches) {
    for (int n = 0; n < batches; ++n) {
      for (auto& c : cameras_)
        film(c);
      std::this_thread::sleep_for(20ms);
    }
  }

  json::value routing() {
    return ask(supervisor_, "GET", "/vision/router");
  }

  bool holds_something(const std::string& source) {
    const auto view = routing();
    for (const auto& w : *view.find("workers")->as_array())
      if (*w.find("source_id")->as_string() == source)
        return number(w, {"in_flight"}) > 0;
    return false;
  }

  /// kill -9 for one that is in the middle of its work. @returns its source.
  std::string kill_one_at_work() {
    for (int n = 0; n < 100; ++n) {
      film(1);
      for (auto i = workers_.begin(); i != workers_.end(); ++i) {
        auto source = (*i)->source();
        // What it holds now it can finish no more.
        (*i)->say(SIGSTOP);
        std::this_thread::sleep_for(30ms);
        if (holds_something(source)) {
          workers_.erase(i);
          return source;
        }
        (*i)->say(SIGCONT);
      }
    }
    return {};
  }

  /// Every picture was looked at, once, and each camera's in its order: the
  /// analytics refuse what is not after the last one.
  void expect_all_in_order() {
    for (const auto& c : cameras_) {
      json::value shown;
      for (int n = 0; n < 300 && number(shown, {"work", "worked"}) < c.batches;
           ++n) {
        std::this_thread::sleep_for(100ms);
        shown = ask(supervisor_, "GET", "/sources/" + c.id);
      }
      auto text = json::to_text(shown) + json::to_text(routing());
      EXPECT_EQ(number(shown, {"work", "worked"}), c.batches) << text;
      EXPECT_EQ(number(shown, {"work", "waiting"}), 0) << text;
      EXPECT_EQ(number(shown, {"work", "dead_letters"}), 0) << text;
      EXPECT_EQ(number(shown, {"quality", "taken"}), c.pictures) << text;
      EXPECT_EQ(number(shown, {"quality", "refused"}), 0) << text;
      EXPECT_EQ(number(shown, {"analytics", "frames_missing"}), 0) << text;
    }
  }

  test::scratch_directory directory_;
  std::string supervisor_, token_;
  test::server_process server_;
  steady_clock::time_point started_;
  std::int64_t base_us_ = 0;
  std::list<filming_camera> cameras_;
  std::list<std::unique_ptr<worker_process>> workers_;
};

TEST_F(workers_test, case_30_killed_worker_processes_lose_and_double_nothing) {
  for (int n = 0; n < 2; ++n)
    hire(make(R"("kind":"worker")"));
  film(30);
  // One stays dead: the other one does its work three seconds later.
  ASSERT_NE(kill_one_at_work(), "");
  film(60);
  hire(make(R"("kind":"worker")"));
  film(30);
  // One is started anew at once: what it held goes elsewhere at once.
  auto source = kill_one_at_work();
  ASSERT_NE(source, "");
  hire(source);
  film(30);
  expect_all_in_order();
  auto view = routing();
  EXPECT_EQ(number(view, {"totals", "deaths"}), 2) << json::to_text(view);
  EXPECT_GE(number(view, {"totals", "retried"}), 2) << json::to_text(view);
}

} // namespace
} // namespace ringside
