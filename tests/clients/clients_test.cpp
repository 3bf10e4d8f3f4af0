#include "domain/audit/json.hpp"
#include "tests/clients/cutting_road.hpp"
#include "tests/support/server_process.hpp"

#include <gtest/gtest.h>
#include <stdio.h>

#include <chrono>
#include <string>
#include <thread>

/// The examples of `clients/` as a customer runs them, against the program as
/// it is delivered.
namespace ringside {
namespace {

using namespace std::chrono_literals;

struct told {
  int code = -1;
  std::string text;
};

class clients_test : public testing::Test {
protected:
  static constexpr int strikes = 24;

  void SetUp() override {
    data_ = directory_.path() / "data";
    supervisor_ = test::add_person(data_, "s", "supervisor");
    camera_ = test::add_person(data_, "camera", "source");
    test::server_start how;
    how.data = data_;
    server_ = test::server_process{how};
    ASSERT_TRUE(server_.start()) << server_.log();
    bout_ = field(ask("POST", "/bouts",
                      R"({"command_id":"00000000-0000-4000-8000-000000000001",)"
                      R"("ruleset":"mma_abc_2017","red":{"name":"R"},)"
                      R"("blue":{"name":"B"},"scheduled_rounds":3})"),
                  "bout_id");
    source_ = make_source("ringside");
  }

  std::string make_source(const std::string& mapping) {
    return field(ask("POST", "/sources",
                     R"({"name":"left","kind":"camera","mode":"local",)"
                     R"("rate_hz":50,"mapping":")"
                       + mapping + R"(","bout_id":")" + bout_ + "\"}"),
                 "source_id");
  }

  std::string ask(const char* method, const std::string& path,
                  std::string body = {}) {
    auto http = server_.http(supervisor_);
    net::http_client::header_map type;
    if (!body.empty())
      type["Content-Type"] = "application/json";
    auto a = http.send(method, "/api/v1" + path, std::move(body), type);
    EXPECT_TRUE(a) << path;
    return a ? a->body : std::string{};
  }

  static std::string field(const std::string& text, const char* key) {
    auto v = json::parse(text);
    const auto* found = v ? v->find(key) : nullptr;
    EXPECT_TRUE(found != nullptr && found->as_string() != nullptr) << text;
    return found != nullptr && found->as_string() != nullptr
             ? *found->as_string()
             : std::string{};
  }

  static std::int64_t number(const std::string& text, const std::string& key) {
    auto at = text.find("\"" + key + "\":");
    return at != std::string::npos
             ? std::strtoll(text.c_str() + at + key.size() + 3, nullptr, 10)
             : -1;
  }

  told run(const std::string& command) const {
    auto line = "RINGSIDE_TOKEN='" + camera_ + "' " + command + " 2>&1";
    told out;
    auto* pipe = ::popen(line.c_str(), "r");
    if (pipe == nullptr)
      return out;
    char buffer[4'096];
    while (auto n = ::fread(buffer, 1, sizeof buffer, pipe))
      out.text.append(buffer, n);
    out.code = ::pclose(pipe);
    return out;
  }

public:
  std::string python(std::uint16_t port) const {
    return "timeout 60 python3 -B " RINGSIDE_SOURCE_DIR
           "/clients/python/example_camera.py --port "
           + std::to_string(port) + " --source " + source_ + " --strikes "
           + std::to_string(strikes) + " --every-ms 30";
  }

  std::string cpp(std::uint16_t port) const {
    return "timeout 60 " RINGSIDE_BINARY_DIR
           "/clients/cpp/ringside_camera 127.0.0.1 "
           + std::to_string(port) + " " + source_ + " "
           + std::to_string(strikes) + " 30";
  }

protected:
  /// All have arrived, each once, at the source and at the fusion.
  void expect_taken_once(const told& got, std::int64_t repeated) {
    EXPECT_EQ(got.code, 0) << got.text;
    EXPECT_EQ(number(got.text, "taken"), strikes) << got.text;
    auto shown = ask("GET", "/sources/" + source_);
    EXPECT_EQ(number(shown, "taken"), strikes) << shown;
    EXPECT_EQ(number(shown, "refused"), 0) << shown;
    EXPECT_EQ(number(shown, "missing"), 0) << shown;
    EXPECT_GE(number(shown, "repeated"), repeated) << shown;
    EXPECT_GE(number(shown, "heartbeats"), 1) << shown;
    std::string fused;
    for (int n = 0; n < 100 && number(fused, "reports") != strikes; ++n) {
      std::this_thread::sleep_for(20ms);
      fused = ask("GET", "/harmonizer/stats?bout_id=" + bout_);
    }
    EXPECT_EQ(number(fused, "reports"), strikes) << fused;
  }

  /// The same with three answers lost on the way.
  void expect_survives_cuts(std::string (clients_test::*how)(std::uint16_t)
                              const) {
    test::cutting_road road{server_.port(), 4, 3};
    auto got = run((this->*how)(road.port()));
    EXPECT_EQ(road.cuts(), 3) << got.text;
    EXPECT_GE(number(got.text, "connections"), 4) << got.text;
    EXPECT_GE(number(got.text, "resent"), 3) << got.text;
    expect_taken_once(got, 3);
  }

  /// Eight punches in pictures, and three answers lost on the way: the node
  /// finds each once, and the fusion has it.
  void expect_found(const std::string& command,
                    const test::cutting_road& road) {
    auto got = run(command);
    EXPECT_EQ(got.code, 0) << got.text;
    EXPECT_EQ(road.cuts(), 3) << got.text;
    EXPECT_GE(number(got.text, "resent"), 3) << got.text;
    std::string fused;
    for (int n = 0; n < 150 && number(fused, "final") != punches; ++n) {
      std::this_thread::sleep_for(20ms);
      fused = ask("GET", "/harmonizer/stats?bout_id=" + bout_);
    }
    EXPECT_EQ(number(fused, "final"), punches) << fused;
    EXPECT_EQ(number(fused, "late_unmatched"), 0) << fused;
    EXPECT_NE(fused.find(R"("kind":"unknown")"), std::string::npos)
      << "a jab or a hook";
    auto shown = ask("GET", "/vision/metrics");
    EXPECT_EQ(number(shown, "thrown"), 0) << "blue comes first: " << shown;
    EXPECT_EQ(number(shown, "strikes"), punches) << shown;
    EXPECT_EQ(number(shown, "frames_missing"), 0) << shown;
    EXPECT_EQ(number(shown, "refused"), 0) << shown;
  }

  static constexpr int punches = 8;

  test::scratch_directory directory_;
  std::filesystem::path data_;
  std::string supervisor_, camera_, bout_, source_;
  test::server_process server_;
};

TEST_F(clients_test, python_sends_and_all_is_taken) {
  auto got = run(python(server_.port()));
  expect_taken_once(got, 0);
  // On one machine an exchange takes well below a tenth of a second.
  auto bound = number(got.text, "clock_bound_us");
  EXPECT_TRUE(bound > 0 && bound < 50'000) << got.text;
}

TEST_F(clients_test, python_loses_and_doubles_nothing_when_the_line_is_cut) {
  expect_survives_cuts(&clients_test::python);
}

TEST_F(clients_test, cpp_sends_and_all_is_taken) {
  expect_taken_once(run(cpp(server_.port())), 0);
}

TEST_F(clients_test, cpp_loses_and_doubles_nothing_when_the_line_is_cut) {
  expect_survives_cuts(&clients_test::cpp);
}

TEST_F(clients_test, python_sends_pictures_and_the_node_finds_the_strikes) {
  source_ = make_source("ringside_frames");
  test::cutting_road road{server_.port(), 4, 3};
  expect_found("timeout 60 python3 -B " RINGSIDE_SOURCE_DIR
               "/clients/python/example_frames.py --every-ms 500 --strikes "
                 + std::to_string(punches) + " --source " + source_ + " --port "
                 + std::to_string(road.port()),
               road);
}

TEST_F(clients_test, cpp_sends_pictures_and_the_node_finds_the_strikes) {
  source_ = make_source("ringside_frames");
  test::cutting_road road{server_.port(), 4, 3};
  expect_found("timeout 60 " RINGSIDE_BINARY_DIR
               "/clients/cpp/ringside_camera 127.0.0.1 "
                 + std::to_string(road.port()) + " " + source_ + " "
                 + std::to_string(punches) + " 500 30",
               road);
}

TEST_F(clients_test, a_wrong_token_is_said_and_ends_the_program) {
  camera_ = "nobody";
  for (const auto& line : {python(server_.port()), cpp(server_.port())}) {
    auto got = run(line);
    EXPECT_NE(got.code, 0);
    EXPECT_NE(got.text.find("refused"), std::string::npos) << got.text;
  }
}

} // namespace
} // namespace ringside
