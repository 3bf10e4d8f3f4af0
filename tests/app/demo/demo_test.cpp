#include "app/config/load_rulesets.hpp"
#include "app/demo/demo.hpp"
#include "app/demo/fight.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/dice.hpp"
#include "net/client/http_client.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace ringside::demo {
namespace {

using namespace std::chrono_literals;

void unlimited(config::node_config& c) {
  c.judge_rate = c.operator_rate = {100'000, 100'000};
}

officials::token_maker tokens_of(test::live_node& node) {
  return [&node](const std::string& name, role who) {
    return node->make_token(name, who);
  };
}

std::string bouts_of(test::live_node& node, const std::string& state) {
  auto viewer = node->make_token("Viewer", role::viewer);
  auto http = net::http_client{officials::with_token(node.place(), *viewer)};
  auto answer = http.get("/api/v1/bouts?state=" + state);
  return answer ? answer->body : answer.reason().detail;
}

} // namespace

TEST(demo, shows_a_bout_to_its_published_result) {
  test::live_node node{unlimited};
  demo_options fast;
  fast.speed = 100;
  fast.bouts = 1;
  demo d{node.place(), tokens_of(node), fast, {}};
  ASSERT_TRUE(d.wait(60s));
  EXPECT_EQ(d.published(), 1);
  auto list = bouts_of(node, "published");
  EXPECT_NE(list.find("(Demo)"), std::string::npos) << list;
  EXPECT_NE(list.find(event_name), std::string::npos) << list;
}

TEST(demo, cameras_see_its_strikes) {
  test::live_node node{unlimited};
  demo d{node.place(), tokens_of(node), {}, {}};
  auto reader = node->make_token("Reader", role::supervisor);
  auto http = net::http_client{officials::with_token(node.place(), *reader)};
  auto seen_by_cameras = [&] {
    auto list = json::parse(http.get("/api/v1/bouts")->body);
    const auto& bouts = *list->find("bouts")->as_array();
    if (bouts.empty())
      return false;
    auto id = *bouts[0].find("bout_id")->as_string();
    auto fused = http.get("/api/v1/bouts/" + id + "/fused")->body;
    return fused.find(R"("source":"source/s1")") != std::string::npos
           && fused.find(R"("source":"source/s2")") != std::string::npos;
  };
  auto found = false;
  for (auto i = 0; i < 400 && !found; ++i) {
    std::this_thread::sleep_for(100ms);
    found = seen_by_cameras();
  }
  EXPECT_TRUE(found);
}

TEST(demo, counts_down_the_rounds_it_shows) {
  auto sets = config::load_rulesets(config::default_node_config().rulesets);
  ASSERT_TRUE(sets) << sets.reason().detail;
  const auto* set = sets->find(ruleset_id);
  ASSERT_NE(set, nullptr);
  const demo_options real;
  EXPECT_EQ(std::chrono::seconds{set->rounds.lengths_s.at(0)}, real.round);
  EXPECT_EQ(std::chrono::seconds{set->rounds.rest_s}, real.rest);
  // The page counts down from what the node says, and that is the rule set's.
  test::live_node node{unlimited};
  demo_options slow;
  slow.speed = 5;
  demo d{node.place(), tokens_of(node), slow, {}};
  auto viewer = node->make_token("Viewer", role::viewer);
  auto http = net::http_client{officials::with_token(node.place(), *viewer)};
  std::string shown;
  for (int i = 0; i < 100 && shown.find("\"running\":true") == shown.npos;
       ++i) {
    std::this_thread::sleep_for(100ms);
    auto list = json::parse(http.get("/api/v1/bouts")->body);
    const auto& bouts = *list->find("bouts")->as_array();
    if (!bouts.empty())
      shown
        = http.get("/api/v1/bouts/" + *bouts[0].find("bout_id")->as_string())
            ->body;
  }
  EXPECT_NE(shown.find("\"running\":true"), std::string::npos) << shown;
  EXPECT_NE(shown.find("\"length_ms\":60000"), std::string::npos) << shown;
}

TEST(demo, stops_at_once_in_the_middle_of_a_round) {
  test::live_node node{unlimited};
  demo d{node.place(), tokens_of(node), {}, {}};
  std::this_thread::sleep_for(1s);
  auto began = std::chrono::steady_clock::now();
  d.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
  EXPECT_EQ(d.published(), 0);
}

TEST(demo, calls_off_what_an_earlier_run_left_open) {
  test::live_node node{unlimited};
  {
    demo first{node.place(), tokens_of(node), {}, {}};
    std::this_thread::sleep_for(1s);
  }
  EXPECT_EQ(bouts_of(node, "cancelled").find("(Demo)"), std::string::npos);
  demo_options fast;
  fast.speed = 100;
  fast.bouts = 1;
  demo second{node.place(), tokens_of(node), fast, {}};
  ASSERT_TRUE(second.wait(60s));
  EXPECT_NE(bouts_of(node, "cancelled").find("(Demo)"), std::string::npos);
}

TEST(demo, a_fight_is_the_same_for_the_same_seed) {
  auto told = [](std::uint64_t seed) {
    dice d{seed};
    fight f{d};
    std::vector<bout::fact> all;
    f.begin_round();
    for (auto i = 0; i < 200; ++i)
      for (auto& what : f.next())
        all.push_back(std::move(what));
    return all;
  };
  EXPECT_EQ(told(5), told(5));
  EXPECT_NE(told(5), told(6));
}

} // namespace ringside::demo
