#include "tests/crash/bout_night.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace ringside::test {
namespace {

/// Case 23: a bout with events lives through its whole life although the
/// process is killed between any two steps of it.
class lifecycle_test : public bout_night {
protected:
  struct step {
    std::string type;
    std::string rest;
    std::string token;
  };

  /// From the first bell to the published result.
  std::vector<step> life() const {
    const std::string strike = "\"corner\":\"red\",\"technique\":\"jab\"";
    std::vector<step> all{
      {"open_round", "\"round\":1", supervisor},
      {"start_clock", {}, supervisor},
      {"log_strike", strike, operator_token},
      {"log_knockdown", "\"corner\":\"red\",\"tier\":\"flash\"",
       operator_token},
      {"start_control", "\"corner\":\"blue\",\"kind\":\"top\"", operator_token},
      {"end_control", "\"corner\":\"blue\"", operator_token},
      {"stop_clock", {}, supervisor},
      {"close_round", "\"round\":1", supervisor}};
    for (auto seat = 1; seat <= 3; ++seat)
      all.push_back({"submit_card",
                     "\"seat\":" + std::to_string(seat)
                       + ",\"round\":1,\"red\":10,\"blue\":9",
                     judges[static_cast<std::size_t>(seat - 1)]});
    all.push_back({"lock_round", "\"round\":1", supervisor});
    all.push_back({"approve_result", {}, commission});
    all.push_back({"publish_result", {}, supervisor});
    return all;
  }

  /// The locked hybrid result of round 1, once it is there.
  json::value hybrid(const std::string& bout) {
    for (int i = 0; i < 100; ++i) {
      auto all = show(bout, "/rounds/1/assessment");
      const auto* found = all.find("hybrid");
      if (found != nullptr && text_in(*found, "state") == "locked")
        return *found;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    ADD_FAILURE() << "never locked";
    return {};
  }
};

TEST_F(lifecycle_test, case_23_killed_between_any_two_steps) {
  set_up();
  auto bout = new_bout(1);
  std::string locked;
  for (const auto& s : life()) {
    auto json = body(s.type, s.rest);
    auto first = post(s.token, bout, json);
    ASSERT_EQ(first.status, 200u) << s.type << ": " << first.body;
    auto version = version_of(bout);
    auto before = json::to_text(show(bout));
    server.kill_hard();
    start();
    EXPECT_EQ(version_of(bout), version) << s.type;
    EXPECT_EQ(json::to_text(show(bout)), before) << "after " << s.type;
    // Asked again, because its answer might have been lost.
    auto again = post(s.token, bout, json);
    EXPECT_EQ(again.status, 200u) << s.type << ": " << again.body;
    EXPECT_EQ(version_of(bout), version) << s.type << " counts once";
    if (s.type == "lock_round")
      locked = json::to_text(hybrid(bout));
    if (!locked.empty()) {
      EXPECT_EQ(json::to_text(hybrid(bout)), locked) << "after " << s.type;
    }
  }
  EXPECT_NE(locked.find("\"digest\""), std::string::npos) << locked;
  auto result = show(bout, "/result");
  EXPECT_EQ(text_in(*result.find("result"), "kind"), "unanimous_decision");
  server.kill_hard();
  EXPECT_EQ(verify().code, 0);
}

} // namespace
} // namespace ringside::test
