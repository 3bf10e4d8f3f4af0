#include "actors/protocol/metrics_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "app/config/load_fusion.hpp"
#include "app/config/load_vendors.hpp"
#include "domain/vision/desk/fused_entry.hpp"
#include "tests/domain/vision/analytics/scene_run.hpp"
#include "tests/support/frame_json.hpp"
#include "tests/support/node_fixture.hpp"

#include <filesystem>

/// Invented fights of which everything is known, picture by picture into a
/// whole node under virtual time, and out of its journal as fused events.
namespace ringside {
namespace {

using analytics::family;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds batch_every{200};

class scenes_in_a_node : public test::node_tree_fixture,
                         public testing::WithParamInterface<const char*> {
protected:
  void SetUp() override {
    auto dir = std::filesystem::path{RINGSIDE_SOURCE_DIR} / "config";
    auto plan = config::load_fusion(dir / "fusion" / "standard.yaml");
    ASSERT_TRUE(plan) << plan.reason().detail;
    auto mapping = config::load_vendor(dir / "vendors" / "ringside_frames.yaml",
                                       plan->kinds);
    ASSERT_TRUE(mapping) << mapping.reason().detail;
    auto table = std::make_shared<mapper_table>();
    table->emplace("ringside_frames", std::make_shared<const vendor::mapper>(
                                        *mapping, plan->kinds));
    world.mappers = table;
    world.fusion = std::make_shared<const fusion::fusion_plan>(*plan);
    node_tree_fixture::SetUp();
    create();
    scene = analytics::test::shipped(GetParam());
    for (std::size_t i = 0; i < scene.cameras.size(); ++i)
      add_camera(scene.cameras[i].fps);
    desk("timekeeper", timekeeper, bout::open_round{1});
    desk("timekeeper", timekeeper, bout::start_clock{});
    advance(seconds{1});
  }

  static std::string source(std::size_t i) {
    return "s" + std::to_string(i + 1);
  }

  template <class Handle, class T>
  json::value tell(const std::string& name, T what) {
    auto slot = send_request<protocol::text_answer>(
      services->names.open<Handle>(name), std::move(what));
    settle();
    EXPECT_TRUE(*slot && **slot) << name;
    const auto* text = *slot && **slot
                         ? std::get_if<std::string>(&(***slot).outcome)
                         : nullptr;
    auto v = text != nullptr ? json::parse(*text, {4'000'000, 16})
                             : result<json::value>{json::value{}};
    return v ? *v : json::value{};
  }

  void add_camera(int fps) {
    intake::source_fact f;
    f.name = "camera";
    f.mapping = "ringside_frames";
    f.rate_hz = fps;
    f.bout = id;
    tell<protocol::sources_actor>("vision/sources",
                                  protocol::create_source{admin, f});
  }

  mono_us now() {
    return test_time.at(sched->clock().now());
  }

  /// Plays the scene; `each` is called before every batch.
  template <class Each>
  void play(Each each) {
    start = now();
    std::vector<analytics::scene_player> players;
    std::vector<std::optional<analytics::frame>> next;
    for (std::size_t i = 0; i < scene.cameras.size(); ++i)
      next.push_back(players.emplace_back(scene, i).next());
    sent.assign(players.size(), 0);
    auto step = std::chrono::microseconds{batch_every}.count();
    std::uint64_t number = 0;
    for (auto us = step; us < scene.length_us + step; us += step) {
      advance(batch_every);
      ++number;
      for (std::size_t i = 0; i < players.size(); ++i) {
        json::array items;
        for (; next[i] && next[i]->at.count < us; next[i] = players[i].next())
          items.push_back(test::frame_json(*next[i], {start.count}));
        sent[i] += static_cast<std::int64_t>(items.size());
        each(i, number);
        // Not waited for: a SOURCE that is starting answers later.
        auto to
          = services->names.open<protocol::source_actor>("source/" + source(i));
        protocol::send_detections what{
          "a9",
          {number,
           std::make_shared<const json::array>(std::move(items)),
           now(),
           {}}};
        answers.push_back(send_request<protocol::text_answer>(to, what));
        // Some come twice, and half a second is a life sign.
        if (number % 5 == 0)
          answers.push_back(send_request<protocol::text_answer>(to, what));
        if (number % 2 == 0)
          answers.push_back(send_request<protocol::text_answer>(
            to, protocol::source_heartbeat{"a9", true, now()}));
      }
    }
    advance(seconds{4});
  }

  json::value metrics() {
    return tell<protocol::vision_metrics_actor>("vision/sources",
                                                protocol::get_vision_metrics{});
  }

  /// What the journal keeps, the last revision of each.
  analytics::test::reports fused() {
    auto store = test::memory_world::open(world.disk, true);
    auto rows = (*store)->read_bout(desk::fused_chain(id), 0, 10'000);
    std::map<std::string, desk::fused_fact> last;
    for (const auto& row : *rows) {
      auto fact = desk::read_fused(*audit::parse_entry(row.bytes));
      EXPECT_TRUE(fact);
      if (fact)
        last[fact->id] = *fact;
    }
    analytics::test::reports out;
    for (const auto& [name, x] : last) {
      if (x.p < ppm{500'000} || x.state == fusion::event_state::withdrawn)
        continue;
      analytics::event_report r;
      r.at = {x.t.count - start.count};
      r.by = x.corner.value_or(corner::red);
      out.push_back(r);
    }
    return out;
  }

  const issuer admin{role::admin, "a1"};
  timeline test_time = world.make(sched->clock().now())->time;
  analytics::scene scene;
  mono_us start;
  std::vector<std::int64_t> sent;
  std::vector<pending<protocol::text_answer>> answers;
};

std::int64_t in(const json::value& v, std::initializer_list<const char*> path) {
  const auto* at = &v;
  for (const auto* key : path)
    if (at != nullptr)
      at = at->find(key);
  return at != nullptr && at->as_int() != nullptr ? *at->as_int() : -1;
}

/// One prompt for each knockdown, however many cameras saw it, and the control
/// that they saw together.
void expect_prompts(const json::value& stats, const analytics::scene& of) {
  const auto* acts = stats.find("acts");
  ASSERT_NE(acts, nullptr);
  for (auto c : both_corners) {
    auto name = to_string(c);
    auto truth = analytics::counts_of(of, c);
    auto prompts = 0;
    for (const auto& p : *acts->find("prompts")->as_array())
      prompts += *p.find("what")->as_string() == "knockdown"
                     && *p.find("corner")->as_string() == name
                   ? 1
                   : 0;
    EXPECT_EQ(prompts, truth.knockdowns) << name << json::to_text(*acts);
    EXPECT_NEAR(double(*acts->find("control_ms")->find(name)->as_int()),
                double(truth.control_us) / 1'000,
                1'500 + double(truth.control_us) / 20'000)
      << name;
  }
}

TEST_P(scenes_in_a_node, case_29_pictures_in_known_counts_out) {
  // Killed over and over.
  play([&](std::size_t i, std::uint64_t number) {
    if (number % 97 == 50 + i)
      caf::anon_send_exit(services->names.open("source/" + source(i)),
                          caf::exit_reason::kill);
  });
  for (const auto& a : answers)
    ASSERT_TRUE(*a && **a
                && std::holds_alternative<std::string>((***a).outcome));
  auto shown = metrics();
  const auto& sources = *shown.find("sources")->as_array();
  for (std::size_t i = 0; i < sources.size(); ++i) {
    EXPECT_EQ(in(sources[i], {"analytics", "frames"}), sent[i]);
    EXPECT_EQ(in(sources[i], {"quality", "refused"}), 0);
    EXPECT_GT(in(sources[i], {"load", "repeated"}), 50);
  }
  const auto& first = sources[0];
  auto missed = scene.cameras[0].miss_action_ppm / 1'000;
  for (auto c : both_corners) {
    auto name = std::string{to_string(c)};
    auto truth = analytics::counts_of(scene, c);
    auto count = [&](const char* key) {
      return in(first, {"analytics", name.c_str(), key});
    };
    EXPECT_NEAR(double(count("thrown")), truth.strikes,
                2 + truth.strikes * (20 + missed) / 1'000.0)
      << name;
    EXPECT_EQ(count("knockdowns"), truth.knockdowns) << name;
    EXPECT_EQ(count("submissions"), truth.submissions) << name;
    EXPECT_NEAR(double(count("control_ms")), double(truth.control_us) / 1'000,
                2'000)
      << name;
  }
  auto found = analytics::test::compare(scene, fused(), family::strike);
  EXPECT_GE(found.recall_permille(), missed > 0 ? 930 : 970)
    << found.hits << " of " << found.truth;
  EXPECT_GE(found.precision_permille(), 970)
    << found.hits << " of " << found.told;
  auto stats = tell<protocol::harmonizer_actor>(
    "bout/" + id.str() + "/harmonizer", protocol::get_fusion{});
  EXPECT_EQ(in(stats, {"counters", "late_unmatched"}), 0)
    << json::to_text(*stats.find("counters"));
  expect_prompts(stats, scene);
}

INSTANTIATE_TEST_SUITE_P(all, scenes_in_a_node,
                         testing::Values("balanced", "striker_dominance",
                                         "grappler_control", "war",
                                         "multi_camera"),
                         [](const auto& of) { return std::string{of.param}; });

} // namespace
} // namespace ringside
