#include "app/config/load_fusion.hpp"
#include "app/config/load_scene.hpp"
#include "app/config/load_vendors.hpp"
#include "domain/vision/analytics/scene_player.hpp"
#include "domain/vision/intake/source_status.hpp"
#include "domain/vision/intake/vision_metrics.hpp"
#include "tests/support/frame_json.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

/// A source that sends what its model says of each picture.
namespace ringside::intake {
namespace {

using analytics::action;

std::filesystem::path config_dir() {
  return std::filesystem::path{RINGSIDE_SOURCE_DIR} / "config";
}

vendor::mapper shipped(const std::string& id) {
  auto plan = config::load_fusion(config_dir() / "fusion" / "standard.yaml");
  EXPECT_TRUE(plan);
  auto m = config::load_vendor(config_dir() / "vendors" / (id + ".yaml"),
                               plan->kinds);
  EXPECT_TRUE(m) << m.reason().detail;
  return vendor::mapper{*m, plan->kinds};
}

/// A camera of 30 pictures a second and the time.
struct stage {
  explicit stage(const char* mapping = "ringside_frames")
    : how(shipped(mapping)) {
    fact.id = "s1";
    fact.mapping = mapping;
    fact.rate_hz = 60;
    fact.bout = bout_id{"b1"};
    book = source_book{fact.rate_hz};
  }

  result<intake_result> send(json::array items) {
    return book.take(
      fact, how,
      {++batches, std::make_shared<const json::array>(items), now, {}});
  }

  /// A picture in which red shows `what`.
  json::value picture(action what, int score, const char* impact = "none") {
    now += mono_us{33'000};
    return json::object{
      {"seq", ++seq},
      {"at_us", now.count - 40'000},
      {"red", json::object{{"scores",
                            json::object{{std::string{text_of(what)}, score}}},
                           {"impact", impact}}},
      {"blue", json::object{{"scores", json::object{}}}}};
  }

  /// Red throws something, and half a second passes.
  intake_result strike(action what = action::punch) {
    json::array items;
    for (int i = 0; i < 6; ++i)
      items.push_back(picture(what, 900'000, "medium"));
    for (int i = 0; i < 12; ++i)
      items.push_back(picture(what, 0));
    auto got = send(std::move(items));
    EXPECT_TRUE(got) << got.reason().detail;
    return got ? *got : intake_result{};
  }

  json::object analytics() const {
    auto o = status_json(fact, &book, now);
    auto i = o.find("analytics");
    return i != o.end() ? *i->second.as_object() : json::object{};
  }

  vendor::mapper how;
  source_fact fact;
  source_book book;
  mono_us now{1'790'000'000'000'000};
  std::uint64_t batches = 0;
  std::uint64_t seq = 0;
};

std::int64_t at(const json::object& o, const char* key) {
  return *o.at(key).as_int();
}

TEST(pictures, one_punch_over_six_pictures_is_one_strike) {
  stage s;
  auto got = s.strike();
  ASSERT_EQ(got.reports.size(), 1u) << got.answer;
  const auto& r = got.reports[0];
  EXPECT_EQ(r.corner, corner::red);
  EXPECT_FALSE(r.kind) << "a jab or a hook: nobody knows";
  EXPECT_EQ(r.severity->count, 500'000);
  EXPECT_NE(got.answer.find(R"("strikes":1,"taken":18)"), std::string::npos)
    << got.answer;
  EXPECT_EQ(s.strike(action::elbow).reports.at(0).kind, fusion::kind_index{4});
}

TEST(pictures, whoever_goes_on_from_a_copy_says_the_same_under_new_numbers) {
  stage s;
  json::array half;
  for (int i = 0; i < 4; ++i)
    half.push_back(s.picture(action::punch, 900'000, "heavy"));
  ASSERT_TRUE(s.strike().reports.size() == 1);
  ASSERT_TRUE(s.send(half)) << "late; refused one by one";
  auto copy = s;
  auto a = s.strike();
  auto b = copy.strike();
  ASSERT_EQ(a.reports, b.reports);
  EXPECT_EQ(a.answer, b.answer);
  std::set<std::uint64_t> given;
  for (int i = 0; i < 20; ++i)
    for (const auto& r : s.strike().reports)
      EXPECT_TRUE(given.insert(r.seq).second);
  EXPECT_EQ(given.size(), 20u);
}

TEST(pictures, an_action_goes_on_over_batches_and_a_batch_counts_once) {
  stage s;
  json::array first;
  for (int i = 0; i < 3; ++i)
    first.push_back(s.picture(action::punch, 900'000, "medium"));
  ASSERT_TRUE(s.send(first));
  --s.batches;
  auto again = s.send(first);
  ASSERT_TRUE(again && again->repeated);
  json::array rest;
  for (int i = 0; i < 3; ++i)
    rest.push_back(s.picture(action::punch, 900'000, "medium"));
  for (int i = 0; i < 12; ++i)
    rest.push_back(s.picture(action::punch, 0));
  auto got = s.send(rest);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->reports.size(), 1u);
  EXPECT_EQ(at(s.analytics(), "strikes"), 1);
  EXPECT_EQ(at(s.analytics(), "frames"), 18);
}

TEST(pictures, what_is_no_strike_is_an_act_and_is_told_again) {
  stage s;
  json::array items;
  for (int i = 0; i < 20; ++i)
    items.push_back(s.picture(action::takedown, 900'000));
  for (int i = 0; i < 44; ++i)
    items.push_back(s.picture(action::ground_control, 900'000));
  auto got = s.send(items);
  ASSERT_TRUE(got);
  EXPECT_TRUE(got->reports.empty());
  ASSERT_EQ(got->acts.size(), 2u) << got->answer;
  EXPECT_EQ(got->acts[0].what, action::takedown);
  EXPECT_EQ(got->acts[1].seq, got->acts[0].seq);
  EXPECT_EQ(got->acts[1].rev, 2u);
  EXPECT_TRUE(got->acts[1].landed);
  auto shown = s.analytics();
  EXPECT_EQ(*shown.at("position").find("holder")->as_string(), "red");
  EXPECT_EQ(at(*shown.at("red").as_object(), "takedowns"), 1);
  EXPECT_GT(at(*shown.at("red").as_object(), "control_ms"), 500)
    << "what runs counts";
  // No more pictures: control is over, and told.
  s.now += mono_us{camera_book::still_us};
  auto over = s.book.look_at_pictures(s.how, s.now);
  ASSERT_EQ(over.acts.size(), 1u);
  EXPECT_EQ(over.acts[0].what, action::ground_control);
  EXPECT_EQ(over.acts[0].by, corner::red);
  EXPECT_NE(over.acts[0].seq, got->acts[0].seq);
  EXPECT_TRUE(s.book.look_at_pictures(s.how, s.now).acts.empty()) << "once";
}

TEST(pictures, what_is_out_of_order_or_no_picture_is_refused_by_its_code) {
  stage s;
  auto one = s.picture(action::punch, 0);
  auto two = s.picture(action::punch, 0);
  auto bad = *s.picture(action::punch, 0).as_object();
  bad["red"] = json::object{{"scores", json::object{}},
                            {"box", json::array{5, 5, 4, 4}}};
  auto got = s.send({two, one, bad, json::value{"x"}});
  ASSERT_TRUE(got);
  for (const auto* code : {"out_of_order", "bad_picture", "no_object"})
    EXPECT_NE(got->answer.find(code), std::string::npos) << got->answer;
  EXPECT_EQ(s.book.counters().taken, 1u);
  EXPECT_EQ(s.book.counters().refused, 3u);
}

TEST(pictures, a_program_that_starts_anew_counts_from_the_beginning) {
  stage s;
  auto first = s.strike();
  s.seq = 0;
  s.now += mono_us{2'000'000};
  auto second = s.strike();
  ASSERT_EQ(second.reports.size(), 1u) << second.answer;
  EXPECT_GT(second.reports[0].seq, first.reports[0].seq);
  EXPECT_EQ(at(s.analytics(), "started_over"), 1);
}

TEST(pictures, two_items_of_one_picture_are_one) {
  stage s{"earlier_frames"};
  json::array items;
  auto add = [&](int n, const char* who, const char* score) {
    json::object logits;
    if (*score != 0)
      logits["punch"] = score;
    items.emplace_back(
      json::object{{"frame_id", n},
                   {"timestamp_ms", s.now.count / 1'000},
                   {"fighter_id", who},
                   {"impact_level", *score != 0 ? "heavy" : ""},
                   {"action_logits", logits}});
  };
  for (int n = 0; n < 20; ++n) {
    s.now += mono_us{33'000};
    add(n, "fighter1", "");
    add(n, "fighter2", n < 6 ? "0.92" : "");
  }
  add(20, "fighter1", "");
  auto got = s.send(items);
  ASSERT_TRUE(got);
  EXPECT_EQ(at(s.analytics(), "frames"), 20) << got->answer;
  EXPECT_EQ(s.book.counters().refused, 1u) << "the last is no later one";
  ASSERT_EQ(got->reports.size(), 1u);
  EXPECT_EQ(got->reports[0].corner, corner::blue);
}

TEST(pictures, a_detector_that_says_one_thing_of_one_corner_is_held) {
  stage s;
  for (int i = 0; i < 130; ++i)
    s.strike();
  EXPECT_EQ(s.book.held(), quarantine::labels);
  auto got = s.strike();
  EXPECT_TRUE(got.reports.empty());
  EXPECT_NE(got.answer.find(R"("taken":18)"), std::string::npos)
    << "still read: " << got.answer;
  EXPECT_GT(s.book.counters().held_back, 0u);
}

TEST(pictures, a_flood_of_pictures_is_held_and_credit_counts_pictures) {
  stage s;
  int refused = 0;
  for (int n = 0; n < 40; ++n) {
    json::array items;
    for (int i = 0; i < 64; ++i)
      items.push_back(s.picture(action::punch, 0));
    s.now = {s.now.count - 64 * 33'000 + 10'000};
    refused += s.send(items) ? 0 : 1;
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(s.book.held(), quarantine::flood);
}

TEST(pictures, another_bout_begins_from_nothing) {
  stage s;
  s.strike();
  EXPECT_EQ(at(*s.analytics().at("red").as_object(), "thrown"), 1);
  s.fact.bout = bout_id{"b2"};
  s.strike();
  EXPECT_EQ(at(*s.analytics().at("red").as_object(), "thrown"), 1);
  EXPECT_EQ(at(s.analytics(), "strikes"), 2) << "counters go on";
}

TEST(pictures, the_metrics_add_up_over_the_sources) {
  stage a;
  stage b;
  b.fact.id = "s2";
  for (int i = 0; i < 5; ++i) {
    a.strike();
    b.strike();
  }
  const std::vector<known_source> all{{&a.fact, &a.book}, {&b.fact, &b.book}};
  watched_bouts bouts;
  for (const auto& s : all)
    bouts[bout_id{"b1"}].take(s.fact->id, s.book->pictures()->votes());
  auto o = metrics_json(all, bouts, a.now);
  const auto& total = *o.at("totals").as_object();
  EXPECT_EQ(at(total, "taken"), 180);
  EXPECT_EQ(at(total, "sources"), 2);
  EXPECT_GT(at(total, "items_per_s_milli"), 40'000);
  EXPECT_EQ(at(*total.at("states").as_object(), "live"), 2);
  const auto& agreed = *o.at("bouts").as_array();
  ASSERT_EQ(agreed.size(), 1u);
  EXPECT_EQ(*agreed[0].find("cameras")->as_int(), 2);
  EXPECT_EQ(*agreed[0].find("phase")->as_string(), "standing");
  auto series = metrics_series(all, a.now);
  for (const auto* line :
       {"# TYPE ringside_vision_sources gauge\n",
        "ringside_vision_sources{state=\"live\"} 2\n",
        "ringside_vision_sources{state=\"quarantined\"} 0\n",
        "# HELP ringside_vision_items_total Detections and pictures received.\n"
        "# TYPE ringside_vision_items_total counter\n"
        "ringside_vision_items_total 180\n",
        "ringside_vision_items_taken_total 180\n",
        "ringside_vision_batches_missing 0\n"})
    EXPECT_NE(series.find(line), std::string::npos) << line << series;
}

/// What vision workers score goes the same way, in the order of the camera,
/// whoever was ready first; and what waits for one did not stop.
TEST(pictures, workers_score_them_and_the_camera_shows_the_same) {
  stage direct;
  stage s;
  s.fact.workers = true;
  std::vector<fusion::report> seen;
  auto read = [&] {
    while (auto got = s.book.read_worked(s.fact, s.how, s.now))
      seen.insert(seen.end(), got->reports.begin(), got->reports.end());
  };
  json::array one;
  json::array two;
  for (int i = 0; i < 4; ++i)
    one.push_back(s.picture(action::punch, 900'000, "medium"));
  for (int i = 0; i < 12; ++i)
    two.push_back(s.picture(action::punch, i < 2 ? 900'000 : 0, "medium"));
  direct.now = s.now;
  ASSERT_TRUE(direct.send(one));
  auto expected = direct.send(two);
  ASSERT_TRUE(expected);
  ASSERT_EQ(expected->reports.size(), 1u);
  for (int n = 0; n < 2; ++n)
    ASSERT_TRUE(s.send({json::object{{"picture", "p.jpg"}}}));
  ASSERT_TRUE(s.book.finish(2, {std::make_shared<const json::array>(two), ""}));
  read();
  EXPECT_FALSE(s.book.pictures()) << "the first batch is not there yet";
  ASSERT_TRUE(s.book.finish(1, {std::make_shared<const json::array>(one), ""}));
  read();
  EXPECT_EQ(seen, expected->reports);
  EXPECT_EQ(s.book.counters().taken, 16u);
  EXPECT_EQ(s.book.counters().refused, 0u);
}

TEST(pictures, what_waits_for_a_worker_did_not_stop_coming) {
  stage s;
  s.fact.workers = true;
  json::array half;
  for (int i = 0; i < 64; ++i)
    half.push_back(
      s.picture(i < 20 ? action::takedown : action::ground_control, 900'000));
  ASSERT_TRUE(s.send({json::object{{"picture", "p.jpg"}}}));
  ASSERT_TRUE(
    s.book.finish(1, {std::make_shared<const json::array>(half), ""}));
  ASSERT_TRUE(s.book.read_worked(s.fact, s.how, s.now));
  ASSERT_TRUE(s.send({json::object{{"picture", "q.jpg"}}}));
  s.now += mono_us{3'000'000};
  EXPECT_TRUE(s.book.look_at_pictures(s.how, s.now).acts.empty());
  ASSERT_TRUE(s.book.finish(2, {nullptr, "given up"}));
  ASSERT_TRUE(s.book.read_worked(s.fact, s.how, s.now));
  EXPECT_FALSE(s.book.look_at_pictures(s.how, s.now).acts.empty())
    << "now it is over";
}

TEST(pictures, cameras_agree_on_who_is_in_control) {
  auto file
    = config::load_scene(config::default_scene_dir() / "multi_camera.yaml");
  ASSERT_TRUE(file);
  const auto& scene = file->scene;
  std::vector<stage> all(scene.cameras.size());
  std::vector<analytics::scene_player> players;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].fact.id = "s" + std::to_string(i);
    players.emplace_back(scene, i);
  }
  auto start = all[0].now;
  watched_bout together;
  std::vector<std::optional<analytics::frame>> next;
  for (auto& p : players)
    next.push_back(p.next());
  // A batch of each camera every 200 ms.
  for (std::int64_t us = 200'000; us < scene.length_us + 200'000; us += 200'000)
    for (std::size_t i = 0; i < all.size(); ++i) {
      json::array items;
      for (; next[i] && next[i]->at.count < us; next[i] = players[i].next())
        items.push_back(test::frame_json(*next[i], {start.count}));
      all[i].now = {start.count + us};
      auto got = all[i].send(items);
      ASSERT_TRUE(got) << got.reason().detail;
      together.take(all[i].fact.id, all[i].book.pictures()->votes());
    }
  auto o = together.consensus_json();
  auto truth = file->counts.red.control_us / 1'000;
  EXPECT_NEAR(static_cast<double>(at(*o.at("red").as_object(), "control_ms")),
              static_cast<double>(truth), 1'000);
  EXPECT_EQ(at(*o.at("blue").as_object(), "control_ms"), 0);
  for (auto& s : all) {
    auto held = at(*s.analytics().at("red").as_object(), "control_ms");
    EXPECT_NEAR(static_cast<double>(held), static_cast<double>(truth), 2'000)
      << s.fact.id;
  }
}

} // namespace
} // namespace ringside::intake
