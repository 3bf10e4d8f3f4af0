#include "app/replay/stage.hpp"
#include "app/simulate/run_script.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <map>

namespace ringside::simulate {
namespace {

namespace fs = std::filesystem;

fs::path shipped(const std::string& name) {
  return fs::path{RINGSIDE_SOURCE_DIR} / "config" / "simulation"
         / (name + ".yaml");
}

officials::token_maker tokens_of(test::live_node& n) {
  return [&n](const std::string& name, role who) {
    return n->make_token(name, who);
  };
}

TEST(run_script, every_shipped_script_ends_as_it_expects) {
  test::live_node n;
  auto tokens = tokens_of(n);
  auto seen = 0;
  for (const auto& entry : fs::directory_iterator{shipped("x").parent_path()}) {
    if (entry.path().extension() != ".yaml")
      continue;
    auto s = load_script(entry.path());
    ASSERT_TRUE(s) << s.reason().detail;
    EXPECT_EQ(entry.path().stem(), s->id);
    auto o = run_script(*s, n.place(), tokens, {});
    ASSERT_TRUE(o) << s->id << ": " << o.reason().detail;
    EXPECT_EQ(o->as_expected, true) << s->id << ": " << o->result;
    ++seen;
  }
  EXPECT_GE(seen, 4);
}

TEST(run_script, marks_the_bout_so_that_nobody_takes_it_for_a_real_one) {
  test::live_node n;
  auto tokens = tokens_of(n);
  auto s = load_script(shipped("knockout"));
  auto o = run_script(*s, n.place(), tokens, {});
  ASSERT_TRUE(o);
  auto boss = tokens("Reader", role::supervisor);
  net::http_client http{officials::with_token(n.place(), *boss)};
  auto bout = http.get("/api/v1/bouts/" + o->bout_id);
  ASSERT_EQ(bout->status, 200u);
  EXPECT_NE(bout->body.find(event_name), std::string::npos);
  EXPECT_NE(bout->body.find("Caro Lind (Simulation)"), std::string::npos);
}

TEST(run_script, says_in_which_round_the_node_refused) {
  test::live_node n;
  auto s = load_script(shipped("close_round"));
  ASSERT_TRUE(s);
  s->rounds[1].cards[0] = {{whole_points(11), whole_points(9)}};
  auto o = run_script(*s, n.place(), tokens_of(n), {});
  ASSERT_FALSE(o);
  EXPECT_EQ(o.reason().code, ec::score_not_allowed);
  EXPECT_EQ(o.reason().detail.rfind("round 2: ", 0), 0u) << o.reason().detail;
}

TEST(run_script, calls_the_bout_off_when_it_is_stopped) {
  test::live_node n;
  auto tokens = tokens_of(n);
  auto s = load_script(shipped("close_round"));
  script_options options;
  options.speed = 1;
  auto end = std::chrono::steady_clock::now() + std::chrono::seconds{2};
  options.stopping = [end] { return std::chrono::steady_clock::now() > end; };
  auto began = std::chrono::steady_clock::now();
  auto o = run_script(*s, n.place(), tokens, options);
  ASSERT_FALSE(o);
  EXPECT_EQ(o.reason().code, ec::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{8});
  auto boss = tokens("Reader", role::supervisor);
  net::http_client http{officials::with_token(n.place(), *boss)};
  auto bouts = http.get("/api/v1/bouts?limit=10");
  EXPECT_NE(bouts->body.find("cancelled"), std::string::npos) << bouts->body;
}

TEST(run_script, keeps_the_pace_that_is_asked_for) {
  test::live_node n;
  auto s = load_script(shipped("knockout"));
  s->rounds.erase(s->rounds.begin());
  script_options options;
  options.speed = 100;
  auto o = run_script(*s, n.place(), tokens_of(n), options);
  ASSERT_TRUE(o) << o.reason().detail;
  // 2:58 of the fight at a hundred times the speed.
  EXPECT_GE(o->took_ms, 1'780);
  EXPECT_LT(o->took_ms, 6'000);
}

TEST(run_script, refuses_a_speed_that_is_none) {
  auto s = load_script(shipped("knockout"));
  script_options options;
  options.speed = 0.05;
  auto o = run_script(*s, {}, {}, options);
  ASSERT_FALSE(o);
  EXPECT_EQ(o.reason().field, "speed");
}

TEST(stage, a_node_of_this_process_leaves_a_sound_journal) {
  auto s = load_script(shipped("point_deduction"));
  std::optional<script_outcome> outcome;
  auto verify = replay::on_stage(
    {}, [&](const officials::place& where, const officials::token_maker& t) {
      auto o = run_script(*s, where, t, {});
      if (!o)
        return result<unit>{o.reason()};
      outcome = *o;
      return result<unit>{unit{}};
    });
  ASSERT_TRUE(verify) << verify.reason().detail;
  ASSERT_TRUE(*verify);
  EXPECT_TRUE((*verify)->sound);
  EXPECT_GT((*verify)->entries, 50u);
  EXPECT_TRUE(outcome->good());
}

} // namespace
} // namespace ringside::simulate
