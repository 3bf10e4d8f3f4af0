#include "tests/crash/bout_night.hpp"
#include "tests/persistence/support/raw_database.hpp"

#include <fstream>
#include <thread>

namespace ringside::test {
namespace {

namespace fs = std::filesystem;
using persistence::test::raw_database;

/// Hybrid scoring as the wire shows it, over a crash, a reload and an edit.
class hybrid_test : public bout_night {
protected:
  /// A server over profiles of its own, with a round that has two strikes.
  void set_up_round() {
    fs::copy(fs::path{RINGSIDE_SOURCE_DIR} / "config/scoring", scoring(),
             fs::copy_options::recursive);
    how.config = test_config(data());
    std::ofstream{how.config, std::ios::app}
      << "scoring: " << scoring().string() << '\n';
    set_up();
    bout = new_bout(1);
    must(supervisor, bout, "open_round", "\"round\":1");
    must(supervisor, bout, "start_clock");
    for (const auto* who : {"red", "red", "blue"})
      must(operator_token, bout, "log_strike",
           "\"corner\":\"" + std::string{who}
             + "\",\"technique\":\"jab\",\"target\":\"head\"");
  }

  fs::path scoring() const {
    return here() / "scoring";
  }

  fs::path hybrid_file() const {
    return scoring() / "hybrid" / "hybrid.yaml";
  }

  /// Changes one place of the hybrid profile on disk.
  void edit_profile(const std::string& from, const std::string& to) {
    std::ifstream in{hybrid_file(), std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    std::ofstream{hybrid_file(), std::ios::binary}
      << text.replace(at, from.size(), to);
  }

  net::http_answer reload() {
    auto answer
      = server.http(commission)
          .post("/api/v1/scoring/profiles/reload", "{\"reason\":\"tuned\"}");
    EXPECT_TRUE(answer);
    return answer ? *answer : net::http_answer{};
  }

  /// The hybrid result once it is in `state`.
  json::value hybrid(const std::string& state) {
    for (int i = 0; i < 100; ++i) {
      auto answer = server.http(supervisor)
                      .get("/api/v1/bouts/" + bout + "/rounds/1/assessment");
      auto all = answer ? parsed(answer->body) : json::value{};
      const auto* found = all.find("hybrid");
      if (found != nullptr && text_in(*found, "state") == state)
        return *found;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    ADD_FAILURE() << "never " << state;
    return {};
  }

  /// What somebody sees who follows the assessments from now on.
  json::value in_topic() {
    net::ws_client stream{server.client(supervisor)};
    EXPECT_TRUE(stream.connect());
    EXPECT_TRUE(stream.send("{\"op\":\"subscribe\",\"topic\":\"assessment/"
                            + bout + "\"}"));
    auto snapshot = next_message(stream, "snapshot");
    const auto* state = snapshot.find("state");
    const auto* round = state != nullptr ? state->find("round_1") : nullptr;
    const auto* found = round != nullptr ? round->find("hybrid") : nullptr;
    return found != nullptr ? *found : json::value{};
  }

  std::string bout;
};

TEST_F(hybrid_test, a_lock_outlasts_a_crash_and_an_edit_of_it_is_seen) {
  set_up_round();
  auto open = hybrid("open");
  EXPECT_EQ(text_in(open, "profile"), "hybrid");
  EXPECT_EQ(number_in(*open.find("red")->find("counts"), "head_milli"), 2'000);
  EXPECT_GT(number_in(open, "lead_ppm"), 0);
  // Behind the wall, as all of the assessment is.
  auto judge_asks = server.http(judges[0]).get("/api/v1/bouts/" + bout
                                               + "/rounds/1/assessment");
  EXPECT_EQ(judge_asks->status, 403u);
  EXPECT_EQ(judge_asks->body.find("hybrid"), std::string::npos);
  // The topic changes ten times a second at most.
  for (int i = 0; i < 40 && in_topic() != open; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_EQ(in_topic(), open);
  must(supervisor, bout, "close_round", "\"round\":1");
  judge_round(bout, 1, 10, 9);
  auto locked = hybrid("locked");
  EXPECT_EQ(text_in(locked, "digest").size(), 64u);
  server.kill_hard();
  start();
  EXPECT_EQ(hybrid("locked"), locked);
  ASSERT_EQ(server.stop(), 0);
  ASSERT_EQ(verify().code, 0) << verify().text;
  {
    raw_database db{data() / "journal.db"};
    ASSERT_EQ(db.run("DROP TRIGGER audit_entry_no_update;"), "");
    ASSERT_EQ(db.run("UPDATE audit_entry SET bytes = CAST(replace(CAST(bytes AS"
                     " TEXT),'\"head_milli\":2000','\"head_milli\":9000') AS"
                     " BLOB) WHERE bout LIKE '\\_hybrid.%' ESCAPE '\\'"),
              "");
  }
  auto verdict = verify();
  EXPECT_EQ(verdict.code, 1) << verdict.text;
  EXPECT_NE(
    verdict.text.find("entry " + std::to_string(number_in(locked, "position"))),
    std::string::npos)
    << verdict.text;
}

TEST_F(hybrid_test, profiles_are_reloaded_refused_and_chosen) {
  set_up_round();
  auto before = hybrid("open");
  auto profiles
    = parsed(server.http(commission).get("/api/v1/scoring/profiles")->body);
  std::string kinds;
  for (const auto& p : *profiles.find("profiles")->as_array())
    kinds += text_in(p, "kind") + ":" + text_in(p, "id") + " ";
  for (const auto* wanted : {"hybrid:hybrid ", "hybrid:hybrid_peer_caps ",
                             "normalise:normalise_default ",
                             "normalise:peer_caps ", "scoring:mma_fit "})
    EXPECT_NE(kinds.find(wanted), std::string::npos) << kinds;
  // Wrong: refused by its term, nothing changed.
  edit_profile("weight_milli: 700", "weight_milli: 600");
  auto refused = reload();
  EXPECT_EQ(refused.status, 422u) << refused.body;
  EXPECT_NE(refused.body.find("weight_milli"), std::string::npos)
    << refused.body;
  // Right, but the same version.
  edit_profile("human: {weight_milli: 300", "human: {weight_milli: 400");
  refused = reload();
  EXPECT_EQ(refused.status, 422u) << refused.body;
  EXPECT_NE(refused.body.find("without a new version"), std::string::npos);
  EXPECT_EQ(hybrid("open"), before);
  edit_profile("version: 1", "version: 2");
  auto done = reload();
  ASSERT_EQ(done.status, 200u) << done.body;
  auto after = hybrid("open");
  EXPECT_EQ(number_in(after, "profile_version"), 2);
  EXPECT_EQ(number_in(*after.find("sources")->find("human"), "weight_milli"),
            400);
  auto version = number_in(parsed(done.body), "version");
  auto chosen = server.http(commission)
                  .send("PUT", "/api/v1/calibration",
                        "{\"version\":" + std::to_string(version)
                          + ",\"reason\":\"to compare\",\"hybrid_profile\":"
                            "\"hybrid_peer_caps\"}");
  ASSERT_EQ(chosen->status, 200u) << chosen->body;
  EXPECT_EQ(text_in(hybrid("open"), "normalise"), "peer_caps");
  EXPECT_EQ(number_in(hybrid("open"), "calibration_version"), version + 1);
}

} // namespace
} // namespace ringside::test
