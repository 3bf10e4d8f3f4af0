#include "actors/protocol/vision_actors.hpp"
#include "domain/audit/json.hpp"
#include "tests/support/node_fixture.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

/// Faults of cameras and operators in a whole node under virtual time: what
/// the fusion still says, and how long until all is well again.
namespace ringside {
namespace {

using protocol::text_answer;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int cameras = 4;
/// From a strike to the button, as the plan has it.
constexpr span_us fusion_latency = ringside::milliseconds(300);

class vision_faults : public test::node_tree_fixture {
protected:
  void SetUp() override {
    const std::vector<std::string> kinds{"jab",  "cross", "hook",
                                         "knee", "elbow", "uppercut"};
    world.fusion = plan(kinds);
    world.mappers = mappers(kinds);
    node_tree_fixture::SetUp();
    create();
    desk("timekeeper", timekeeper, bout::open_round{1});
    desk("timekeeper", timekeeper, bout::start_clock{});
    for (int i = 0; i < cameras; ++i) {
      intake::source_fact f;
      f.name = "Camera " + std::to_string(i + 1);
      f.mapping = "ringside";
      f.rate_hz = 10;
      f.bout = id;
      ask_text<protocol::sources_actor>("vision/sources",
                                        protocol::create_source{admin, f});
    }
    breathe(2);
  }

  static std::shared_ptr<const fusion::fusion_plan>
  plan(const std::vector<std::string>& kinds) {
    auto p = std::make_shared<fusion::fusion_plan>();
    p->id = "test";
    p->strategy = "block_bayes";
    p->kinds = kinds;
    p->settings.kinds = static_cast<std::uint8_t>(kinds.size());
    p->sources.push_back({"camera", kinds, fusion::new_camera(kinds.size())});
    p->sources.push_back({"operator", kinds, fusion::new_human(kinds.size())});
    return p;
  }

  static std::shared_ptr<const mapper_table>
  mappers(const std::vector<std::string>& kinds) {
    vendor::vendor_mapping m;
    m.id = "ringside";
    m.label = {"kind"};
    m.corner = {"corner"};
    m.time = {"at_us"};
    m.corners = {{"red", corner::red}, {"blue", corner::blue}};
    for (const auto& k : kinds)
      m.labels.push_back({k, k});
    auto table = std::make_shared<mapper_table>();
    table->emplace("ringside",
                   std::make_shared<const vendor::mapper>(m, kinds));
    return table;
  }

  template <class Handle, class T>
  std::string ask_text(const std::string& name, T what) {
    auto slot = send_request<text_answer>(services->names.open<Handle>(name),
                                          std::move(what));
    advance(milliseconds{10});
    if (!*slot || !**slot)
      return "none";
    const auto& answer = ***slot;
    const auto* good = std::get_if<std::string>(&answer.outcome);
    return good != nullptr
             ? *good
             : std::string{to_string(std::get<error>(answer.outcome).code)};
  }

  mono_us now() {
    return test_time.at(sched->clock().now());
  }

  static std::string name_of(int camera) {
    return "source/s" + std::to_string(camera);
  }

  static json::value item(mono_us at, const char* by = "red",
                          const char* kind = "jab") {
    return json::object{{"kind", kind}, {"corner", by}, {"at_us", at.count}};
  }

  std::string send(int camera, std::uint64_t seq, json::array items) {
    return ask_text<protocol::source_actor>(
      name_of(camera), protocol::send_detections{
                         "a9",
                         {seq,
                          std::make_shared<const json::array>(std::move(items)),
                          now(),
                          {}}});
  }

  /// The next batch of a camera with one report.
  std::string report(int camera, mono_us at, const char* by = "red") {
    return send(camera, ++seq_[camera], {item(at, by)});
  }

  void beat(int camera) {
    ask_text<protocol::source_actor>(
      name_of(camera), protocol::source_heartbeat{"a9", true, now()});
  }

  /// So many seconds in which these cameras live.
  void breathe(int s, std::vector<int> alive = {1, 2, 3, 4}) {
    for (int i = 0; i < 2 * s; ++i) {
      for (auto c : alive)
        beat(c);
      advance(milliseconds{500} - milliseconds{10} * alive.size());
    }
  }

  /// A strike that these cameras see.
  mono_us strike(std::vector<int> seen_by,
                 std::vector<int> alive = {1, 2, 3, 4}) {
    auto at = now();
    advance(milliseconds{20});
    for (auto c : seen_by)
      report(c, at);
    breathe(2, std::move(alive));
    return at;
  }

  json::value fused() {
    auto text = ask_text<protocol::harmonizer_actor>(
      "bout/" + id.str() + "/harmonizer", protocol::get_fusion{});
    auto read = json::parse(text, {1 << 20, 16});
    EXPECT_TRUE(read) << text;
    return read ? *read : json::value{json::object{}};
  }

  /// The final events that are shown.
  json::array shown() {
    json::array out;
    auto all = fused();
    for (const auto& e : *all.find("events")->as_array()) {
      const auto& how = *e.find("standing")->as_string();
      if (*e.find("state")->as_string() == "final"
          && (how == "shown" || how == "sure"))
        out.push_back(e);
    }
    return out;
  }

  std::int64_t count(const char* name) {
    return *fused().find("counters")->find(name)->as_int();
  }

  std::string status(int camera) {
    return ask_text<protocol::sources_actor>(
      "vision/sources", protocol::get_source{"s" + std::to_string(camera)});
  }

  static bool has(const std::string& where, const std::string& what) {
    return where.find(what) != std::string::npos;
  }

  const issuer admin{role::admin, "a1"};
  timeline test_time = world.make(sched->clock().now())->time;
  std::map<int, std::uint64_t> seq_;
};

TEST_F(vision_faults, a_killed_camera_is_silent_and_costs_nothing) {
  strike({1, 2, 3, 4});
  breathe(4, {1, 2, 3});
  EXPECT_TRUE(has(status(4), R"("state":"silent")")) << status(4);
  strike({1, 2, 3}, {1, 2, 3});
  auto all = shown();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(*all[1].find("silence_milli")->as_int(), 0)
    << "its silence is no evidence";
  // It is back with its first report.
  strike({1, 2, 3, 4});
  EXPECT_TRUE(has(status(4), R"("state":"live")"));
  all = shown();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[2].find("sources")->as_array()->size(), 4u);
}

TEST_F(vision_faults, a_frozen_camera_speaks_against_but_not_alone) {
  strike({1, 2, 3});
  auto all = shown();
  ASSERT_EQ(all.size(), 1u) << "three eyes are more than one frozen";
  EXPECT_LT(*all[0].find("silence_milli")->as_int(), 0);
  EXPECT_TRUE(has(status(4), R"("state":"live")"));
}

TEST_F(vision_faults, inverted_corners_of_one_do_not_turn_a_strike) {
  for (int i = 0; i < 3; ++i) {
    auto at = now();
    advance(milliseconds{20});
    for (auto c : {1, 2, 3})
      report(c, at, "red");
    report(4, at, "blue");
    breathe(2);
  }
  std::size_t red = 0;
  for (const auto& e : shown())
    red += *e.find("corner")->as_string() == "red" ? 1 : 0;
  EXPECT_EQ(red, 3u);
}

TEST_F(vision_faults, a_flood_is_held_back_and_ends_by_itself) {
  // 50 times its ten reports a second.
  for (int i = 0; i < 16; ++i) {
    json::array many(32, item(now(), "blue"));
    send(4, ++seq_[4], std::move(many));
    advance(milliseconds{54});
  }
  EXPECT_TRUE(has(status(4), R"("quarantine":"flood")")) << status(4);
  auto before = shown().size();
  strike({1, 2, 3});
  EXPECT_EQ(shown().size(), before + 1) << "the others are heard";
  auto waited = 0;
  while (has(status(4), R"("state":"quarantined")") && waited < 60) {
    breathe(1);
    ++waited;
  }
  EXPECT_GE(waited, 5);
  EXPECT_LE(waited, 20);
  EXPECT_TRUE(has(report(4, now()), R"("taken":1)"));
}

TEST_F(vision_faults, an_operator_two_seconds_late_adds_no_strike) {
  auto at = strike({1, 2, 3, 4});
  ASSERT_EQ(shown().size(), 1u);
  auto late = make(operator_, bout::log_fact{jab(), {}});
  late.occurred = bout::claimed_time{after(at, fusion_latency), 5'000};
  must(test::node_tree_fixture::send("bout/" + id.str() + "/desk/operator",
                                     late, id));
  breathe(2);
  EXPECT_EQ(shown().size(), 1u);
  EXPECT_EQ(count("late_evidence"), 1);
}

TEST_F(vision_faults, doubled_and_shuffled_batches_are_one_strike) {
  auto at = now();
  advance(milliseconds{20});
  EXPECT_TRUE(has(send(1, 3, {item(at)}), R"("taken":1)"));
  EXPECT_TRUE(has(send(1, 2, {}), R"("seq":2)"));
  auto first = send(2, 1, {item(at)});
  EXPECT_EQ(send(2, 1, {item(at)}), first);
  EXPECT_TRUE(has(send(3, 1, {json::value{"noise"}, item(at)}), R"("taken":1)"))
    << "the sound part of a batch counts";
  breathe(2);
  EXPECT_EQ(shown().size(), 1u);
  EXPECT_TRUE(has(status(2), R"("repeated":1)")) << status(2);
  EXPECT_TRUE(has(status(3), R"("refused":1)")) << status(3);
}

TEST_F(vision_faults, an_unknown_label_is_named_and_nothing_else_happens) {
  auto answer = send(1, 1, {item(now(), "red", "spin")});
  EXPECT_TRUE(has(answer, "unknown_label")) << answer;
  EXPECT_TRUE(has(status(1), R"({"count":1,"name":"spin"})")) << status(1);
  seq_[1] = 1;
  strike({1, 2, 3, 4});
  EXPECT_EQ(shown().size(), 1u);
}

TEST_F(vision_faults, a_clock_that_steps_mid_combination_is_refused) {
  auto at = now();
  advance(milliseconds{20});
  for (auto c : {1, 2, 3, 4})
    report(c, at);
  auto ahead = after(now(), ringside::seconds(600));
  EXPECT_TRUE(has(report(4, ahead), "in_future"));
  for (auto c : {1, 2, 3})
    report(c, now());
  breathe(2);
  EXPECT_EQ(shown().size(), 2u);
  EXPECT_TRUE(has(report(4, now()), R"("taken":1)")) << "right again at once";
}

} // namespace
} // namespace ringside
