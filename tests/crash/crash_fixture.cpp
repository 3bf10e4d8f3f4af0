#include "tests/crash/crash_fixture.hpp"

#include "domain/base/uuid.hpp"

#include <chrono>
#include <cstdlib>
#include <thread>

namespace ringside::test {

namespace {

constexpr std::uint64_t default_seed = 20'261'122;

std::string create_body(const std::string& id) {
  return "{\"command_id\":\"" + id
         + "\",\"ruleset\":\"mma_abc_2025\",\"red\":{\"name\":\"Red\"},"
           "\"blue\":{\"name\":\"Blue\"},\"judges\":[{\"name\":\"J1\"},"
           "{\"name\":\"J2\"},{\"name\":\"J3\"}]}";
}

} // namespace

std::uint64_t number_from_environment(const char* name,
                                      std::uint64_t fallback) {
  const auto* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : fallback;
}

std::string text_in(const json::value& o, std::string_view key) {
  const auto* v = o.find(key);
  return v != nullptr && v->as_string() != nullptr ? *v->as_string() : "";
}

std::int64_t number_in(const json::value& o, std::string_view key) {
  const auto* v = o.find(key);
  return v != nullptr && v->as_int() != nullptr ? *v->as_int() : -1;
}

json::value parsed(const std::string& text) {
  auto v = json::parse(text, {64 * 1024 * 1024, 32});
  return v ? std::move(*v) : json::value{};
}

crash_fixture::crash_fixture()
  : seed(number_from_environment("RINGSIDE_CRASH_SEED", default_seed)),
    random(seed) {
  how.data = data();
  RecordProperty("seed", std::to_string(seed));
}

void crash_fixture::add_people() {
  supervisor = add_person(data(), "Sue", "supervisor");
  operator_token = add_person(data(), "Olga", "operator");
  judge = add_person(data(), "Jay", "judge");
  commission = add_person(data(), "Cora", "commission");
  viewer = add_person(data(), "Vic", "viewer");
}

void crash_fixture::start() {
  server = server_process{how};
  ASSERT_TRUE(server.start()) << server.log();
}

std::string crash_fixture::fresh_id() {
  uuid id;
  for (auto& byte : id.bytes)
    byte = static_cast<std::uint8_t>(random());
  return to_string(id);
}

std::string crash_fixture::body(const std::string& type,
                                const std::string& rest) {
  return "{\"command_id\":\"" + fresh_id() + "\",\"type\":\"" + type + "\""
         + (rest.empty() ? "" : "," + rest) + "}";
}

std::string crash_fixture::running_bout() {
  auto made
    = server.http(supervisor).post("/api/v1/bouts", create_body(fresh_id()));
  if (!made || made->status != 201) {
    ADD_FAILURE() << (made ? made->body : made.reason().detail);
    return {};
  }
  auto id = text_in(parsed(made->body), "bout_id");
  EXPECT_EQ(command(id, body("open_round", "\"round\":1")).status, 200u);
  EXPECT_EQ(command(id, body("start_clock")).status, 200u);
  return id;
}

net::http_answer crash_fixture::command(const std::string& bout,
                                        const std::string& json) {
  auto answer
    = server.http(supervisor).post("/api/v1/bouts/" + bout + "/commands", json);
  return answer ? *answer : net::http_answer{0, answer.reason().detail, {}};
}

unsigned crash_fixture::note(const std::string& bout, const std::string& text) {
  return command(bout, body("add_note", "\"text\":\"" + text + "\"")).status;
}

std::int64_t crash_fixture::version_of(const std::string& bout) {
  // 503 means: come back in a moment, the bout is being read.
  for (int i = 0; i < 100; ++i) {
    auto answer = server.http(supervisor).get("/api/v1/bouts/" + bout);
    if (answer && answer->status == 200)
      return number_in(parsed(answer->body), "version");
    if (answer && answer->status != 503) {
      ADD_FAILURE() << answer->status << " " << answer->body;
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  return -1;
}

run_outcome crash_fixture::verify(std::vector<std::string> more) const {
  more.insert(more.begin(), {"verify", data().string()});
  return run_ringside(more);
}

std::string crash_fixture::wait_for_readyz(unsigned status) {
  std::string last;
  for (int i = 0; i < 100; ++i) {
    auto answer = server.http().get("/readyz");
    if (answer) {
      last = answer->body;
      if (answer->status == status)
        return last;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  ADD_FAILURE() << "/readyz never said " << status << ", last: " << last;
  return last;
}

json::value next_message(net::ws_client& from, std::string_view op,
                         int timeout_ms) {
  auto end
    = std::chrono::steady_clock::now() + std::chrono::milliseconds{timeout_ms};
  for (;;) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      end - std::chrono::steady_clock::now());
    if (left.count() <= 0)
      return {};
    auto text = from.read(left);
    if (!text)
      return {};
    auto message = parsed(*text);
    if (text_in(message, "op") == op)
      return message;
  }
}

} // namespace ringside::test
