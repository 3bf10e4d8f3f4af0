#include "actors/protocol/failover_actors.hpp"
#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/journal_messages.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "domain/audit/entry.hpp"
#include "domain/vision/desk/fused_entry.hpp"
#include "domain/vision/failover/failover_entry.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/vision_world.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

/// Scripted outages of the sources of one arena in a whole node under virtual
/// time: which mode there is, whose reports the fusion gets, how long until all
/// is well again, and that every strike stays one event.
namespace ringside {
namespace {

using persistence::fault;
using persistence::store_op;
using protocol::text_answer;
using std::chrono::milliseconds;
using std::chrono::seconds;

using sources = std::set<int>;

/// Two cameras in the cloud and two local ones.
const sources cloud_ones{1, 2};
const sources local_ones{3, 4};
const sources all_four{1, 2, 3, 4};

class failover_fixture : public test::node_tree_fixture {
protected:
  void SetUp() override {
    const std::vector<std::string> kinds{"jab",  "cross", "hook",
                                         "knee", "elbow", "uppercut"};
    world.fusion
      = std::make_shared<const fusion::fusion_plan>(test::plain_plan(kinds));
    world.mappers = test::plain_mappers(kinds);
    node_tree_fixture::SetUp();
    create();
    desk("timekeeper", timekeeper, bout::open_round{1});
    desk("timekeeper", timekeeper, bout::start_clock{});
    for (int i : all_four)
      add(i <= 2 ? intake::source_mode::cloud : intake::source_mode::local);
  }

  template <class Handle, class T>
  std::string ask_text(const std::string& name, T what) {
    auto slot = send_request<text_answer>(services->names.open<Handle>(name),
                                          std::move(what));
    settle();
    if (!*slot || !**slot)
      return "none";
    const auto& answer = ***slot;
    const auto* good = std::get_if<std::string>(&answer.outcome);
    return good != nullptr
             ? *good
             : std::string{to_string(std::get<error>(answer.outcome).code)};
  }

  std::string add(intake::source_mode mode, const std::string& arena = "main") {
    intake::source_fact f;
    f.name = "camera";
    f.mapping = "ringside";
    f.mode = mode;
    f.arena = arena;
    f.bout = id;
    return ask_text<protocol::sources_actor>("vision/sources",
                                             protocol::create_source{admin, f});
  }

  std::string set(std::optional<intake::source_mode> mode,
                  const std::string& arena = "main") {
    return ask_text<protocol::failover_actor>(
      "vision/failover", protocol::set_failover{admin, arena, mode, "tried"});
  }

  std::string shown() {
    return ask_text<protocol::failover_actor>("vision/failover",
                                              protocol::get_failover{});
  }

  std::string mode() {
    auto parsed = json::parse(shown(), {1'024 * 1'024, 16});
    const auto* arenas = parsed ? parsed->find("arenas") : nullptr;
    if (arenas == nullptr || arenas->as_array()->empty())
      return "none";
    return *arenas->as_array()->front().find("mode")->as_string();
  }

  mono_us now() {
    return test_time.at(sched->clock().now());
  }

  // -- time and sources -------------------------------------------------------

  /// Sends without waiting.
  template <class T>
  void post(int source, T what) {
    send_request<text_answer>(services->names.open<protocol::source_actor>(
                                "source/s" + std::to_string(source)),
                              std::move(what));
  }

  void beat(const sources& alive) {
    for (auto i : alive)
      post(i, protocol::source_heartbeat{"a9", true, now()});
  }

  void report(int source, mono_us at, const char* kind = "jab") {
    json::array items;
    items.emplace_back(
      json::object{{"kind", kind}, {"corner", "red"}, {"at_us", at.count}});
    post(source, protocol::send_detections{
                   "a9",
                   {++seqs[source],
                    std::make_shared<const json::array>(std::move(items)),
                    now(),
                    {}}});
  }

  /// Not always the same: that would be a source that is stuck.
  static const char* kind_of(std::size_t n) {
    static constexpr std::array names{"jab", "cross", "hook", "knee"};
    return names[n % names.size()];
  }

  /// Half a second; one strike in it that all of these see.
  void half(const sources& alive, bool fights = true) {
    beat(alive);
    advance(milliseconds{250});
    if (fights && !alive.empty()) {
      auto at = now();
      strikes.push_back(at);
      advance(milliseconds{50});
      for (auto i : alive)
        report(i, {at.count + 3'000 * i}, kind_of(strikes.size()));
      advance(milliseconds{200});
    } else {
      advance(milliseconds{250});
    }
  }

  void run(int n, const sources& alive, bool fights = true) {
    for (int i = 0; i < 2 * n; ++i)
      half(alive, fights);
  }

  /// Seconds until the mode is this one; -1: it never was.
  int until(const std::string& wanted, const sources& alive, int most = 60) {
    for (int n = 1; n <= most; ++n) {
      run(1, alive);
      if (mode() == wanted)
        return n;
    }
    return -1;
  }

  void kill(const std::string& name, const sources& alive) {
    caf::anon_send_exit(services->names.open(name), caf::exit_reason::kill);
    settle();
    run(3, alive);
  }

  // -- what came of it --------------------------------------------------------

  /// Reports of a source that the fusion got.
  std::int64_t got_of(int source) {
    auto text = ask_text<protocol::harmonizer_actor>(
      "bout/" + id.str() + "/harmonizer", protocol::get_fusion{});
    auto stats = json::parse(text, {1'024 * 1'024, 16});
    auto name = "source/s" + std::to_string(source);
    for (const auto& s : *stats->find("sources")->as_array())
      if (*s.find("source")->as_string() == name)
        return *s.find("reports")->as_int();
    return 0;
  }

  template <class Fact, class Read>
  std::vector<Fact> chain(const bout_id& which, Read read) {
    auto store = test::memory_world::open(world.disk, true);
    auto rows = (*store)->read_bout(which, 0, 10'000);
    std::vector<Fact> out;
    for (const auto& row : *rows)
      out.push_back(read(*audit::parse_entry(row.bytes)));
    return out;
  }

  /// The journal of the modes: `cloud>local`.
  std::vector<std::string> journaled() {
    return chain<std::string>(protocol::failover_bout, [](const auto& e) {
      const auto* from = e.data.find("from");
      return (from != nullptr ? *from->as_string() : "") + ">"
             + *e.data.find("mode")->as_string();
    });
  }

  /// Every strike is one event of the journal, and there is no other one.
  void expect_one_event_each() {
    run(3, {}, false);
    std::map<std::string, desk::fused_fact> last;
    for (auto& x :
         chain<desk::fused_fact>(desk::fused_chain(id), [](const auto& e) {
           return *desk::read_fused(e);
         }))
      last[x.id] = x;
    std::erase_if(last, [](const auto& x) {
      return x.second.state != fusion::event_state::final;
    });
    EXPECT_EQ(last.size(), strikes.size());
    for (auto t : strikes) {
      auto n = std::count_if(last.begin(), last.end(), [t](const auto& x) {
        return std::abs(elapsed(t, x.second.t).count) < 100'000;
      });
      EXPECT_EQ(n, 1) << "the strike at " << elapsed(strikes[0], t).count;
    }
  }

  static bool has(const std::string& where, const std::string& what) {
    return where.find(what) != std::string::npos;
  }

  const issuer admin{role::admin, "a1"};
  timeline test_time = world.make(sched->clock().now())->time;
  std::map<int, std::uint64_t> seqs;
  std::vector<mono_us> strikes;
};

TEST_F(failover_fixture, case_34_outages_move_mode_and_traffic_and_end) {
  run(5, all_four);
  EXPECT_EQ(mode(), "cloud");
  auto before = got_of(3);
  run(5, all_four);
  EXPECT_EQ(got_of(3), before) << "the local ones are on standby";
  EXPECT_GT(got_of(1), before);
  // The cloud dies.
  auto took = until("local", local_ones);
  EXPECT_GE(took, 3);
  EXPECT_LE(took, 5);
  before = got_of(3);
  run(5, local_ones);
  EXPECT_GT(got_of(3), before + 8) << "they are listened to";
  // It returns.
  took = until("cloud", all_four);
  EXPECT_GE(took, 20);
  EXPECT_LE(took, 30);
  // Everything dies, and the local ones return.
  took = until("manual", {});
  EXPECT_LE(took, 5);
  EXPECT_TRUE(book.contains("listens to manual"));
  run(10, {});
  took = until("local", local_ones);
  EXPECT_LE(took, 4);
  EXPECT_EQ(journaled(),
            (std::vector<std::string>{">cloud", "cloud>local", "local>cloud",
                                      "cloud>manual", "manual>local"}))
    << shown();
  expect_one_event_each();
}

TEST_F(failover_fixture, case_34_no_event_is_lost_or_doubled_by_many_switches) {
  run(5, all_four);
  for (int i = 0; i < 3; ++i) {
    run(6 + i, local_ones);
    run(33, all_four);
    run(1, {});
    run(5, cloud_ones);
  }
  EXPECT_GE(journaled().size(), 6u);
  expect_one_event_each();
}

TEST_F(failover_fixture, case_34_a_mode_that_flaps_is_not_followed) {
  run(5, all_four);
  for (int i = 0; i < 10; ++i) {
    run(5, local_ones);
    run(8, all_four);
  }
  EXPECT_EQ(mode(), "local");
  EXPECT_EQ(journaled().size(), 2u);
  expect_one_event_each();
}

TEST_F(failover_fixture, case_34_a_persons_word_holds_and_is_released) {
  run(5, all_four);
  EXPECT_EQ(set({}), "wrong_state") << "nothing to release";
  EXPECT_EQ(set(intake::source_mode::local, "none"), "not_found");
  auto answer = set(intake::source_mode::manual);
  EXPECT_TRUE(has(answer, R"("journaled":true)")) << answer;
  EXPECT_TRUE(has(answer, R"("mode":"manual")")) << answer;
  auto before = got_of(1) + got_of(3);
  run(40, all_four);
  EXPECT_EQ(mode(), "manual");
  EXPECT_TRUE(has(shown(), R"("by":"admin:a1")")) << shown();
  EXPECT_EQ(got_of(1) + got_of(3), before) << "only people count";
  // A node that starts anew goes on with it.
  kill("vision/failover", all_four);
  EXPECT_EQ(mode(), "manual");
  EXPECT_TRUE(has(shown(), R"("override":{)")) << shown();
  before = got_of(1);
  run(5, all_four);
  EXPECT_EQ(got_of(1), before);
  EXPECT_TRUE(has(set({}), R"("journaled":true)"));
  EXPECT_NE(until("cloud", all_four, 3), -1);
  run(2, all_four);
  EXPECT_GT(got_of(1), before);
  EXPECT_EQ(journaled().size(), 4u);
}

TEST_F(failover_fixture, killed_actors_are_told_again) {
  run(5, all_four);
  EXPECT_NE(until("local", local_ones), -1);
  for (const auto* name :
       {"vision/failover", "vision/sources", "source/s3", "source/s1",
        "node/hub", "node/journal", "node/reader", "vision/pool"}) {
    kill(name, local_ones);
    EXPECT_EQ(mode(), "local") << name;
    auto cloudy = got_of(1);
    auto locals = got_of(3);
    run(3, all_four);
    EXPECT_EQ(got_of(1), cloudy) << name;
    EXPECT_GT(got_of(3), locals) << name;
    run(4, local_ones);
  }
  EXPECT_EQ(journaled().size(), 2u);
}

TEST_F(failover_fixture, the_modes_survive_a_restart_of_the_node) {
  run(5, all_four);
  EXPECT_NE(until("local", local_ones), -1);
  set(intake::source_mode::local);
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  advance(seconds{5});
  start();
  advance(seconds{2});
  seqs.clear();
  run(40, all_four, false);
  EXPECT_EQ(mode(), "local") << "a person said so";
  EXPECT_TRUE(has(shown(), R"("kind":"mode_overridden")")) << shown();
}

TEST_F(failover_fixture, a_journal_that_fails_does_not_hold_it_up) {
  run(5, all_four);
  auto fails = std::make_shared<bool>(true);
  world.disk->plan([fails](store_op op, auto) {
    return op == store_op::append && *fails ? fault{fault::kind::fail}
                                            : fault{};
  });
  EXPECT_NE(until("local", local_ones, 6), -1);
  auto answer = set(intake::source_mode::manual);
  EXPECT_TRUE(has(answer, R"("journaled":false)")) << answer;
  EXPECT_TRUE(has(shown(), R"("waiting":2)")) << shown();
  *fails = false;
  run(10, local_ones);
  EXPECT_EQ(journaled(),
            (std::vector<std::string>{">cloud", "cloud>local", "local>manual"}))
    << shown();
}

TEST_F(failover_fixture, who_is_not_believed_is_left) {
  // Four in the cloud, which see in turn what none of the others sees.
  add(intake::source_mode::cloud);
  add(intake::source_mode::cloud);
  const sources many{1, 2, 3, 4, 5, 6};
  const std::vector<int> liars{1, 2, 5, 6};
  run(3, many);
  run(30, many, false);
  ASSERT_EQ(mode(), "cloud");
  int n = 0;
  for (; n < 90 && mode() == "cloud"; ++n) {
    beat(many);
    report(liars[static_cast<std::size_t>(n) % 4], now());
    advance(milliseconds{500});
    beat(many);
    advance(milliseconds{500});
  }
  EXPECT_LT(n, 90) << shown();
  EXPECT_EQ(mode(), "local");
  EXPECT_TRUE(has(shown(), "is not believed")) << shown();
  run(55, many, false);
  EXPECT_EQ(mode(), "local") << "the doubt holds";
  EXPECT_NE(until("cloud", many), -1) << "and it may try again";
}

TEST_F(failover_fixture, arenas_have_modes_of_their_own) {
  EXPECT_EQ(add(intake::source_mode::cloud, "hall b"), "invalid_value");
  add(intake::source_mode::cloud, "hall_b");
  run(5, {1, 2, 3, 4, 5});
  run(8, {3, 4, 5});
  auto text = shown();
  auto hall = text.find(R"("arena":"hall_b")");
  auto main = text.find(R"("arena":"main")");
  ASSERT_TRUE(hall < main && main != std::string::npos) << text;
  EXPECT_TRUE(has(text.substr(hall, main - hall), R"("mode":"cloud")"));
  EXPECT_TRUE(has(text.substr(main), R"("mode":"local")"));
}

TEST_F(failover_fixture, the_topic_shows_every_change) {
  auto seen = std::make_shared<test::seen_frames>();
  auto tv = track(sys->spawn(test::screen, seen));
  auto hub = services->names.open<protocol::hub_actor>("node/hub");
  protocol::stream_key key{"failover", {wire::audience::kind::control, 0}};
  caf::anon_send(caf::actor_cast<caf::actor>(hub), protocol::follow{key, tv});
  ASSERT_TRUE(ask<protocol::join_answer>(hub, protocol::join{key, {}}));
  run(5, all_four);
  seen->frames.clear();
  run(10, all_four, false);
  EXPECT_LE(seen->frames.size(), 4u) << "it rests";
  run(5, local_ones);
  ASSERT_FALSE(seen->frames.empty());
  EXPECT_TRUE(has(seen->frames.back(), R"("mode":"local")"))
    << seen->frames.back();
  EXPECT_TRUE(has(seen->frames.back(), "cloud is silent"))
    << seen->frames.back();
}

} // namespace
} // namespace ringside
