#include "domain/audit/checkpoint.hpp"
#include "tests/crash/crash_fixture.hpp"

#include <array>
#include <chrono>
#include <fstream>
#include <thread>

namespace ringside::test {
namespace {

namespace fs = std::filesystem;

/// The key of the log: lost, replaced, and exchanged in order.
class key_test : public crash_fixture {
protected:
  void set_up() {
    add_people();
    start();
    bout = running_bout();
    ASSERT_EQ(note(bout, "under the first key"), 200u);
    ASSERT_EQ(server.stop(), 0);
    first = key_of_log();
    ASSERT_TRUE(first);
  }

  std::optional<audit::verifier_key> key_of_log() {
    auto machine = parsed(verify({"--json"}).text);
    auto key = audit::parse_vkey(text_in(machine, "log_key"));
    return key ? std::optional{*key} : std::nullopt;
  }

  fs::path key_file() const {
    return data() / "log.key";
  }

  run_outcome rotate() {
    return run_ringside(
      {"admin", "rotate-key", "--data", data().string(), "--json"});
  }

  /// The start is refused with the reason and what to do.
  void expect_refused(const std::string& why) {
    for (const auto* job : {"serve", "list"}) {
      auto outcome
        = job == std::string{"serve"}
            ? run_ringside(
              {"serve", "--data", data().string(), "--listen", "127.0.0.1:0"})
            : run_ringside({"admin", "list", "--data", data().string()});
      EXPECT_EQ(outcome.code, 1) << outcome.text;
      EXPECT_NE(outcome.text.find(why), std::string::npos) << outcome.text;
      EXPECT_NE(outcome.text.find("restore log.key"), std::string::npos)
        << outcome.text;
    }
    EXPECT_EQ(verify().code, 2);
  }

  /// The latest checkpoint of the server, as a client with `key` sees it.
  bool head_opens_with(const audit::verifier_key& key) {
    for (int i = 0; i < 100; ++i) {
      auto note = server.http().get("/api/v1/audit/checkpoint");
      if (note && note->status == 200)
        return static_cast<bool>(
          audit::open_checkpoint(note->body, std::array{key}));
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return false;
  }

  std::string bout;
  std::optional<audit::verifier_key> first;
};

TEST_F(key_test, a_missing_key_refuses_the_start) {
  set_up();
  auto aside = here() / "kept.key";
  fs::rename(key_file(), aside);
  expect_refused("log.key is missing");
  EXPECT_FALSE(fs::exists(key_file())) << "no other key was made";
  // Nor after somebody removed the signer's memory as well.
  fs::rename(data() / "signer.state", here() / "signer.state");
  expect_refused("log.key is missing");
  EXPECT_FALSE(fs::exists(key_file()));
  fs::rename(here() / "signer.state", data() / "signer.state");
  fs::rename(aside, key_file());
  start();
  EXPECT_EQ(note(bout, "back again"), 200u);
  EXPECT_EQ(server.stop(), 0);
  EXPECT_EQ(verify().code, 0);
}

TEST_F(key_test, a_missing_key_is_noticed_before_the_first_start) {
  add_people();
  ASSERT_TRUE(fs::exists(key_file()));
  fs::remove(key_file());
  expect_refused("log.key is missing");
}

TEST_F(key_test, case_43_key_rotation_survives_a_restart) {
  set_up();
  auto done = rotate();
  ASSERT_EQ(done.code, 0) << done.text;
  auto second = key_of_log();
  ASSERT_TRUE(second);
  EXPECT_FALSE(*second == *first);
  EXPECT_EQ(text_in(parsed(done.text), "old_key"), audit::vkey_text(*first));
  EXPECT_EQ(text_in(parsed(done.text), "new_key"), audit::vkey_text(*second));
  EXPECT_FALSE(fs::exists(data() / "log.key.next"));
  for (int round = 0; round < 2; ++round) {
    auto verdict = verify();
    EXPECT_EQ(verdict.code, 0) << verdict.text;
    start();
    EXPECT_EQ(note(bout, "under the second key"), 200u);
    EXPECT_TRUE(head_opens_with(*second));
    EXPECT_FALSE(head_opens_with(*first));
    if (round == 0)
      server.kill_hard();
    else
      EXPECT_EQ(server.stop(), 0);
  }
  EXPECT_EQ(verify().code, 0) << verify().text;
  // Once more, with everything that two keys signed.
  ASSERT_EQ(rotate().code, 0);
  EXPECT_EQ(verify().code, 0) << verify().text;
}

TEST_F(key_test, a_bundle_after_a_rotation_has_both_keys) {
  set_up();
  ASSERT_EQ(rotate().code, 0);
  auto second = key_of_log();
  start();
  auto answer
    = server.http(commission).get("/api/v1/audit/bout/" + bout + ".zip");
  ASSERT_EQ(answer->status, 200u) << answer->body;
  auto zip = (here() / "b.zip").string();
  std::ofstream{zip, std::ios::binary} << answer->body;
  auto verdict = run_ringside({"verify", zip});
  EXPECT_EQ(verdict.code, 0) << verdict.text;
  for (const auto& key : {*first, *second})
    EXPECT_NE(verdict.text.find(audit::vkey_text(key)), std::string::npos);
  EXPECT_EQ(
    run_ringside({"verify", zip, "--key", audit::vkey_text(*second)}).code, 0);
  EXPECT_EQ(
    run_ringside({"verify", zip, "--key", audit::vkey_text(*first)}).code, 1);
}

TEST_F(key_test, a_key_that_was_replaced_does_not_start) {
  set_up();
  auto old = here() / "old.key";
  fs::copy_file(key_file(), old);
  ASSERT_EQ(rotate().code, 0);
  auto present = here() / "present.key";
  fs::copy_file(key_file(), present);
  fs::copy_file(old, key_file(), fs::copy_options::overwrite_existing);
  expect_refused("was replaced in entry");
  // The power went between the entry and the exchange of the files.
  fs::copy_file(present, data() / "log.key.next");
  EXPECT_EQ(verify().code, 0) << verify().text;
  EXPECT_TRUE(fs::exists(data() / "log.key.next")) << "verify changes nothing";
  start();
  EXPECT_EQ(note(bout, "finished the exchange"), 200u);
  EXPECT_EQ(server.stop(), 0);
  EXPECT_FALSE(fs::exists(data() / "log.key.next"));
  EXPECT_EQ(verify().code, 0);
}

TEST_F(key_test, rotation_needs_a_sound_journal_and_no_node) {
  set_up();
  start();
  auto running = rotate();
  EXPECT_EQ(running.code, 1) << running.text;
  EXPECT_EQ(server.stop(), 0);
  std::ofstream{data() / "signer.state"} << "nonsense\n";
  auto unsound = rotate();
  EXPECT_EQ(unsound.code, 1) << unsound.text;
  EXPECT_NE(unsound.text.find("does not verify"), std::string::npos);
  auto none = run_ringside(
    {"admin", "rotate-key", "--data", (here() / "none").string()});
  EXPECT_EQ(none.code, 1) << none.text;
  EXPECT_FALSE(fs::exists(here() / "none"));
}

} // namespace
} // namespace ringside::test
