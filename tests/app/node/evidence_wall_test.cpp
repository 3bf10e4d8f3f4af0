#include "tests/app/node/wall_fixture.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

/// What cameras saw in the hybrid result, on a real server, over the wire.
namespace ringside {
namespace {

using namespace std::chrono_literals;

/// The shipped settings, but the rules of this bout let cameras count where a
/// person saw the strike, too.
void let_cameras_count(config::node_config& c) {
  auto shipped = config::default_node_config();
  c.scoring = shipped.scoring;
  c.rulesets = c.data.parent_path() / "rulesets";
  std::filesystem::copy(shipped.rulesets, c.rulesets);
  std::ofstream{c.rulesets / "mma_abc_2017.yaml", std::ios::app}
    << "\ncameras: strikes_with_human\n";
}

class evidence_wall_test : public test::wall_fixture {
protected:
  evidence_wall_test() : wall_fixture(let_cameras_count) {
    open_bout();
    command("timekeeper", "open_round", "\"round\":1");
    command("timekeeper", "start_clock");
    for (auto& id : cameras_)
      id = text(send("supervisor", "POST", "/sources",
                     R"({"name":"c","kind":"camera","mode":"local","bout_id":")"
                       + bout_ + "\"}")
                  .body,
                "source_id");
    worker_ = std::make_unique<net::ws_client>(client("source"));
    EXPECT_TRUE(worker_->connect());
  }

  /// Server time, as a worker learns it.
  std::int64_t server_now() {
    EXPECT_TRUE(worker_->send(R"({"op":"ts","n":1,"c0":1})"));
    for (;;) {
      auto got = worker_->read();
      if (!got)
        return 0;
      if (got->find(R"("op":"ts")") != std::string::npos)
        return number(*got, "s2");
    }
  }

  /// Both cameras post a batch with one jab of blue, just now.
  void cameras_see_a_jab() {
    ++seq_;
    auto at = std::to_string(server_now());
    for (const auto& id : cameras_) {
      auto a = send("source", "POST", "/sources/" + id + "/detections",
                    "{\"seq\":" + std::to_string(seq_)
                      + R"(,"items":[{"kind":"jab","corner":"blue","at_us":)"
                      + at + R"(,"target":"head","conf_ppm":900000}]})");
      EXPECT_EQ(a.status, 200u) << a.body;
      EXPECT_EQ(number(a.body, "taken"), 1) << a.body;
    }
  }

  /// A part of the hybrid result while the cameras go on watching.
  std::string hybrid(const char* part) {
    for (const auto& id : cameras_)
      send("source", "POST", "/sources/" + id + "/heartbeat",
           R"({"in_view":true})");
    auto v = parsed(assessment("supervisor").body);
    const auto* found = v.find("hybrid");
    found = found != nullptr ? found->find(part) : nullptr;
    return found != nullptr ? json::to_text(*found) : "";
  }

  std::string stats() {
    return send("supervisor", "GET", "/harmonizer/stats?bout_id=" + bout_).body;
  }

  /// Of what was handed to the hybrid result.
  std::int64_t handed() {
    return number(member(stats(), "evidence"), "handed");
  }

  /// How far the bout's own journal is, and what it counts.
  std::string official() {
    auto bout = send("supervisor", "GET", "/bouts/" + bout_).body;
    EXPECT_GT(number(bout, "version"), 0) << bout;
    return member(bout, "version")
           + send("supervisor", "GET", "/bouts/" + bout_ + "/statistics").body;
  }

  std::string cameras_[2];
  std::unique_ptr<net::ws_client> worker_;
  int seq_ = 0;
};

TEST_F(evidence_wall_test, a_posted_batch_counts_in_the_hybrid_result_alone) {
  cameras_see_a_jab();
  std::this_thread::sleep_for(300ms);
  command("operator", "log_strike",
          R"("corner":"blue","technique":"jab","target":"head")");
  command("timekeeper", "stop_clock");
  auto before = official();
  EXPECT_TRUE(until(
    [&] { return hybrid("acts").find(R"("both":1)") != std::string::npos; }))
    << hybrid("acts") << stats();
  EXPECT_EQ(hybrid("coverage"), "\"both\"");
  EXPECT_EQ(handed(), 1);
  EXPECT_EQ(official(), before) << "no camera moves an official's score";
  // Nobody tapped this one: it is fused and kept, and counts nothing.
  command("timekeeper", "start_clock");
  auto alone = official();
  cameras_see_a_jab();
  EXPECT_TRUE(until([&] {
    auto fused = send("supervisor", "GET", "/bouts/" + bout_ + "/fused").body;
    return fused.find("/128\"") != std::string::npos;
  }))
    << stats();
  EXPECT_EQ(handed(), 1);
  EXPECT_EQ(official(), alone);
}

TEST_F(evidence_wall_test, cards_alone_make_the_result) {
  for (int i = 0; i < 5; ++i) {
    cameras_see_a_jab();
    std::this_thread::sleep_for(300ms);
    command("operator", "log_strike",
            R"("corner":"blue","technique":"jab","target":"head")");
    std::this_thread::sleep_for(700ms);
  }
  EXPECT_TRUE(until([&] { return handed() >= 4; })) << stats();
  command("timekeeper", "stop_clock");
  command("timekeeper", "close_round", "\"round\":1");
  // The judges saw red ahead.
  auto seat = 0;
  for (const auto* who : {"judge", "judge2", "judge3"})
    file(who, ++seat, 1);
  auto judging = "/bouts/" + bout_ + "/judging";
  std::string body;
  EXPECT_TRUE(until([&] {
    body = send("commission", "GET", judging).body;
    return body.find(R"("majority":"red")") != std::string::npos;
  }))
    << body;
  EXPECT_TRUE(until([&] { return hybrid("lead_ppm").starts_with("-"); }))
    << "advice says blue: " << hybrid("lead_ppm");
}

} // namespace
} // namespace ringside
