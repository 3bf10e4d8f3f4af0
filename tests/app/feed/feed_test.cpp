#include "app/feed/play.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <set>

/// Synthetic cameras at a real node, over real sockets.
namespace ringside::feed {
namespace {

using namespace std::chrono_literals;

void unlimited(config::node_config& c) {
  c.judge_rate = c.operator_rate = c.viewer_rate = {100'000, 100'000};
}

class feed_test : public testing::Test {
protected:
  result<feed_outcome> run(const feed_settings& s) {
    play_options options;
    options.settings = s;
    return play(options, node_.place(),
                [this](const std::string& name, role who) {
                  return node_->make_token(name, who);
                });
  }

  std::string admin(const std::string& path) {
    auto token = node_->make_token("Boss", role::admin);
    auto http = net::http_client{officials::with_token(node_.place(), *token)};
    auto answer = http.get("/api/v1" + path);
    return answer ? answer->body : answer.reason().detail;
  }

  static feed_settings short_fight() {
    feed_settings s;
    s.cameras = 3;
    s.operators = 2;
    s.seconds = 10;
    s.rounds = 1;
    return s;
  }

  test::live_node node_{unlimited};
};

TEST_F(feed_test, a_fight_is_fused_and_compared_with_its_truth) {
  auto done = run(short_fight());
  ASSERT_TRUE(done) << done.reason().detail;
  EXPECT_GT(done->truth.all, 0u);
  EXPECT_GT(done->quality.right, 0u);
  EXPECT_EQ(done->quality.shown, done->fused.all);
  EXPECT_EQ(done->gaps, 0u) << "no revision is missed";
  EXPECT_EQ(done->operators.refused, 0u);
  EXPECT_FALSE(done->result.empty());
  ASSERT_EQ(done->cameras.size(), 3u);
  for (const auto& c : done->cameras) {
    EXPECT_GT(c.sent.reports, 0u);
    EXPECT_EQ(c.sent.refused_items, 0u);
    EXPECT_EQ(c.beyond_bound, 0u) << "a bound is a guarantee";
    EXPECT_NE(admin("/sources/" + c.source_id)
                .find("\"taken\":" + std::to_string(c.sent.reports)),
              std::string::npos)
      << "each report arrived, once";
  }
  auto body = json_of(*done);
  for (const auto* key :
       {"precision_ppm", "recall_ppm", "f1_ppm", "double_count_rate_ppm",
        "ece_ppm", "label_accuracy_ppm"})
    EXPECT_NE(body.find("fusion")->find(key), nullptr) << key;
  EXPECT_NE(body.find("truth"), nullptr);
  EXPECT_NE(body.find("fused"), nullptr);
  EXPECT_NE(text_of(*done).find("precision"), std::string::npos);
}

TEST_F(feed_test, a_camera_that_is_cut_off_comes_back) {
  auto s = short_fight();
  s.dropouts = 2;
  auto done = run(s);
  ASSERT_TRUE(done) << done.reason().detail;
  EXPECT_EQ(done->cameras[0].sent.connections, 2u);
  EXPECT_EQ(done->cameras[1].sent.connections, 2u);
  EXPECT_EQ(done->cameras[2].sent.connections, 1u);
  for (const auto& c : done->cameras)
    EXPECT_NE(admin("/sources/" + c.source_id)
                .find("\"taken\":" + std::to_string(c.sent.reports)),
              std::string::npos)
      << "what was cut off came again, and counted once";
}

TEST_F(feed_test, a_second_fight_takes_the_sources_of_the_first) {
  auto s = short_fight();
  s.seconds = 5;
  ASSERT_TRUE(run(s));
  ASSERT_TRUE(run(s));
  auto all = json::parse(admin("/sources"), {1'024 * 1'024, 16});
  ASSERT_TRUE(all);
  EXPECT_EQ(all->find("sources")->as_array()->size(), 3u);
}

} // namespace

TEST(timetable, a_seed_is_a_fight) {
  feed_settings s;
  auto from = clock::now();
  auto told = [&](std::uint64_t seed, int n) {
    s.seed = seed;
    std::vector<std::int64_t> all;
    for (const auto& x : draw_round(s, n, from).truth)
      all.push_back((x.at - from).count());
    return all;
  };
  EXPECT_FALSE(told(1, 0).empty());
  EXPECT_EQ(told(1, 0), told(1, 0));
  EXPECT_NE(told(1, 0), told(1, 1));
  EXPECT_NE(told(1, 0), told(2, 0));
}

TEST(timetable, no_two_devices_have_the_same_clock) {
  std::set<std::int64_t> seen;
  for (std::size_t n = 0; n < 22; ++n) {
    auto d = device_for(1, n, n < 16);
    EXPECT_TRUE(seen.insert(d.time.ahead_us).second);
    EXPECT_GE(d.time.at(clock::now()), 0);
  }
}

TEST(timetable, what_cannot_be_is_refused) {
  auto refused = [](auto change) {
    feed_settings s;
    change(s);
    return !check(s);
  };
  EXPECT_TRUE(check(feed_settings{}));
  EXPECT_TRUE(refused([](auto& s) { s.cameras = 0; }));
  EXPECT_TRUE(refused([](auto& s) { s.cameras = 17; }));
  EXPECT_TRUE(refused([](auto& s) { s.operators = 7; }));
  EXPECT_TRUE(refused([](auto& s) { s.seconds = 4; }));
  EXPECT_TRUE(refused([](auto& s) { s.rounds = 13; }));
  EXPECT_TRUE(refused([](auto& s) { s.rounds = 12, s.seconds = 50; }));
  EXPECT_TRUE(refused([](auto& s) { s.feints_ppm = -1; }));
  EXPECT_TRUE(refused([](auto& s) { s.dropouts = 101; }));
}

} // namespace ringside::feed
