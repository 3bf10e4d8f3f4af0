#include "app/bundle/zip_archive.hpp"
#include "tests/crash/crash_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

namespace ringside::test {
namespace {

namespace fs = std::filesystem;
using file_list = std::vector<audit::bundle_file>;

/// Evidence bundles of a real server, checked by the real program.
class bundle_test : public crash_fixture {
protected:
  /// A running bout with some notes, and its bundle in `zip()`.
  void set_up() {
    add_people();
    admin = add_person(data(), "Ada", "admin");
    start();
    bout = running_bout();
    running_bout();
    for (int i = 0; i < 12; ++i)
      ASSERT_EQ(note(bout, "needle " + std::to_string(i)), 200u);
    auto answer = fetch(commission);
    ASSERT_EQ(answer.status, 200u) << answer.body;
    write(zip(), answer.body);
    auto machine = parsed(verify({"--json"}).text);
    key = text_in(machine, "log_key");
    ASSERT_FALSE(key.empty());
  }

  net::http_answer fetch(const std::string& token) {
    auto answer = server.http(token).get("/api/v1/audit/bout/" + bout + ".zip");
    return answer ? *answer : net::http_answer{0, answer.reason().detail, {}};
  }

  fs::path zip() const {
    return here() / "bundle.zip";
  }

  static void write(const fs::path& file, const std::string& bytes) {
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
  }

  run_outcome check(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"verify", zip().string()});
    return run_ringside(more);
  }

  /// Repacks the bundle after a change.
  void change(const std::function<void(file_list&)>& edit) {
    auto files = bundle::unpack_zip(zip());
    ASSERT_TRUE(files);
    edit(*files);
    auto packed = bundle::pack_zip(*files);
    ASSERT_TRUE(packed);
    write(zip(), *packed);
  }

  static std::string& text_of_file(file_list& files, const std::string& name) {
    for (auto& f : files)
      if (f.name == name)
        return f.bytes;
    ADD_FAILURE() << name;
    return files.front().bytes;
  }

  /// Exit 1, and both outputs name the file of the entry.
  void expect_altered(const std::string& name) {
    auto verdict = check({"--key", key});
    EXPECT_EQ(verdict.code, 1) << verdict.text;
    EXPECT_NE(verdict.text.find("ALTERED"), std::string::npos);
    EXPECT_NE(verdict.text.find(name), std::string::npos) << verdict.text;
    auto machine = check({"--json"});
    EXPECT_EQ(machine.code, 1) << machine.text;
    EXPECT_NE(machine.text.find("\"sound\":false"), std::string::npos);
    EXPECT_NE(machine.text.find(name), std::string::npos) << machine.text;
  }

  std::mutex mutex;
  std::string admin;
  std::string bout;
  std::string key;
};

TEST_F(bundle_test, a_bundle_of_a_running_server_is_sound_offline) {
  set_up();
  ASSERT_EQ(server.stop(), 0);
  fs::remove_all(data());
  auto verdict = check({"--key", key});
  EXPECT_EQ(verdict.code, 0) << verdict.text;
  EXPECT_NE(verdict.text.find("SOUND: bout " + bout), std::string::npos);
  // created, round, clock, twelve notes.
  EXPECT_NE(verdict.text.find("15 of 15 entries"), std::string::npos);
  EXPECT_EQ(verdict.text.find("warning"), std::string::npos) << verdict.text;
  auto machine = parsed(check({"--json", "--key", key}).text);
  EXPECT_EQ(number_in(machine, "proved"), 15);
  EXPECT_EQ(text_in(machine, "bout_id"), bout);
  // A key may stand in a file, and the bundle has one.
  auto keys = here() / "keys.txt";
  write(keys, key + "\n");
  EXPECT_EQ(check({"--key", keys.string()}).code, 0);
  auto alone = check();
  EXPECT_EQ(alone.code, 0) << alone.text;
  EXPECT_NE(alone.text.find("no key was given"), std::string::npos);
}

TEST_F(bundle_test, a_finished_bout_holds_its_result) {
  set_up();
  EXPECT_EQ(command(bout, body("stop_clock")).status, 200u);
  EXPECT_EQ(
    command(bout, body("record_finish", "\"corner\":\"red\",\"method\":\"ko\","
                                        "\"round\":1,\"round_ms\":0"))
      .status,
    200u);
  // Not announced: the admin may not know it yet.
  EXPECT_EQ(fetch(admin).status, 409u);
  auto answer = fetch(supervisor);
  ASSERT_EQ(answer.status, 200u) << answer.body;
  write(zip(), answer.body);
  auto files = bundle::unpack_zip(zip());
  ASSERT_TRUE(files);
  EXPECT_NE(text_of_file(*files, "result.json").find("\"ko\""),
            std::string::npos);
  EXPECT_NE(text_of_file(*files, "ruleset.json").find("mma_abc_2025"),
            std::string::npos);
  EXPECT_EQ(check({"--key", key}).code, 0);
}

TEST_F(bundle_test, who_may_have_it) {
  set_up();
  for (const auto& token : {supervisor, commission, admin})
    EXPECT_EQ(fetch(token).status, 200u);
  for (const auto& token : {operator_token, judge, viewer})
    EXPECT_EQ(fetch(token).status, 403u);
  EXPECT_EQ(fetch("").status, 401u);
  bout = "nobody";
  EXPECT_EQ(fetch(commission).status, 404u);
  bout = "_system";
  EXPECT_EQ(fetch(commission).status, 404u);
  auto plain = server.http(commission).get("/api/v1/audit/bout/nobody");
  EXPECT_EQ(plain->status, 404u);
}

TEST_F(bundle_test, a_hidden_card_stays_hidden) {
  set_up();
  auto at = "/api/v1/bouts/" + bout + "/commands";
  EXPECT_EQ(server.http(judge)
              .post(at, body("bind_seat", "\"seat\":1,\"device\":\"d\""))
              ->status,
            200u);
  EXPECT_EQ(command(bout, body("stop_clock")).status, 200u);
  EXPECT_EQ(command(bout, body("close_round", "\"round\":1")).status, 200u);
  EXPECT_EQ(fetch(supervisor).status, 200u);
  auto card = server.http(judge).post(
    at, body("submit_card", "\"seat\":1,\"round\":1,\"red\":10,\"blue\":9"));
  ASSERT_EQ(card->status, 200u) << card->body;
  for (const auto& token : {supervisor, commission, admin}) {
    auto refused = fetch(token);
    EXPECT_EQ(refused.status, 409u) << refused.body;
    EXPECT_EQ(text_in(parsed(refused.body), "code"), "wrong_state");
    EXPECT_NE(text_in(parsed(refused.body), "hint"), "");
  }
}

TEST_F(bundle_test, case_43_flipped_bytes_of_an_entry) {
  set_up();
  const auto name = std::string{"entries/000009.json"};
  std::string sound;
  change([&](file_list& files) { sound = text_of_file(files, name); });
  auto steps = sound.size() / 12;
  for (std::size_t at = 0; at < sound.size(); at += steps) {
    change([&](file_list& files) {
      auto& bytes = text_of_file(files, name) = sound;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
    });
    expect_altered(name);
  }
}

TEST_F(bundle_test, case_43_dropped_swapped_and_added_entries) {
  set_up();
  auto sound = *bundle::unpack_zip(zip());
  change([](file_list& files) {
    std::erase_if(
      files, [](const auto& f) { return f.name == "entries/000007.json"; });
  });
  expect_altered("entries/000007.json");
  change([&](file_list& files) {
    files = sound;
    std::swap(text_of_file(files, "entries/000004.json"),
              text_of_file(files, "entries/000005.json"));
  });
  expect_altered("entries/000004.json");
  expect_altered("entries/000005.json");
  change([&](file_list& files) {
    files = sound;
    files.push_back(
      {"entries/000015.json", text_of_file(files, "entries/000014.json")});
  });
  expect_altered("entries/000015.json");
  change([&](file_list& files) {
    files = sound;
    text_of_file(files, "result.json") = "{}";
  });
  expect_altered("result.json");
  change([&](file_list& files) { files = sound; });
  EXPECT_EQ(check({"--key", key}).code, 0);
}

TEST_F(bundle_test, what_is_beside_the_bout_is_in_it_and_named_when_altered) {
  set_up();
  EXPECT_EQ(command(bout, body("stop_clock")).status, 200u);
  EXPECT_EQ(
    command(bout, body("record_finish", "\"corner\":\"red\",\"method\":\"ko\","
                                        "\"round\":1,\"round_ms\":0"))
      .status,
    200u);
  EXPECT_EQ(
    server.http(commission)
      .post("/api/v1/bouts/" + bout + "/commands", body("approve_result"))
      ->status,
    200u);
  // The approved result locks the hybrid result, in a moment.
  const auto name = "beside/_hybrid." + bout + "/entries/000000.json";
  auto is_in = [&] {
    write(zip(), fetch(commission).body);
    auto files = bundle::unpack_zip(zip());
    return files
           && std::any_of(files->begin(), files->end(),
                          [&](const auto& f) { return f.name == name; });
  };
  for (int i = 0; i < 100 && !is_in(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  auto verdict = check({"--key", key});
  EXPECT_EQ(verdict.code, 0) << verdict.text;
  EXPECT_NE(verdict.text.find("beside  _hybrid." + bout), std::string::npos)
    << verdict.text;
  std::string sound;
  change([&](file_list& files) { sound = text_of_file(files, name); });
  for (std::size_t at = 0; at < sound.size(); at += sound.size() / 6) {
    change([&](file_list& files) {
      auto& bytes = text_of_file(files, name) = sound;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
    });
    expect_altered(name);
  }
}

TEST_F(bundle_test, a_foreign_key_does_not_vouch_for_it) {
  set_up();
  auto other = here() / "other";
  add_person(other, "Eve", "admin");
  auto machine
    = parsed(run_ringside({"verify", other.string(), "--json"}).text);
  auto foreign = text_in(machine, "log_key");
  ASSERT_FALSE(foreign.empty());
  ASSERT_NE(foreign, key);
  auto verdict = check({"--key", foreign});
  EXPECT_EQ(verdict.code, 1) << verdict.text;
  EXPECT_NE(verdict.text.find("checkpoint"), std::string::npos);
  EXPECT_EQ(check({"--key", "nonsense"}).code, 2);
}

TEST_F(bundle_test, what_is_no_usable_zip_is_2) {
  set_up();
  std::ifstream in{zip(), std::ios::binary};
  const std::string sound{std::istreambuf_iterator<char>{in}, {}};
  for (auto keep :
       {sound.size() - 1, sound.size() / 2, std::size_t{30}, std::size_t{0}}) {
    write(zip(), sound.substr(0, keep));
    EXPECT_EQ(check().code, 2) << keep;
  }
  write(zip(), "PK\x03\x04 hello");
  EXPECT_EQ(check({"--json"}).code, 2);
  write(zip(), *bundle::pack_zip({{"hello.txt", "hello"}}));
  EXPECT_EQ(check().code, 2);
}

TEST_F(bundle_test, flipped_bytes_of_the_file_never_pass_as_another_content) {
  set_up();
  auto sound = *bundle::unpack_zip(zip());
  std::ifstream in{zip(), std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  for (int i = 0; i < 40; ++i) {
    auto all = bytes;
    auto at = random() % all.size();
    all[at] = static_cast<char>(all[at] ^ (1 << random() % 8));
    write(zip(), all);
    auto verdict = check({"--key", key});
    EXPECT_GE(verdict.code, 0) << verdict.text;
    EXPECT_LE(verdict.code, 2) << "byte " << at << ": " << verdict.text;
    // A time stamp may differ; nothing that is unpacked may.
    if (verdict.code == 0) {
      auto files = bundle::unpack_zip(zip());
      ASSERT_TRUE(files);
      EXPECT_EQ(*files, sound) << "byte " << at;
    }
  }
}

TEST_F(bundle_test, many_at_once_while_the_bout_goes_on) {
  set_up();
  std::vector<std::thread> all;
  std::vector<unsigned> status(6);
  for (std::size_t i = 0; i < status.size(); ++i)
    all.emplace_back([&, i] { status[i] = fetch(commission).status; });
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(note(bout, "meanwhile"), 200u);
  for (auto& t : all)
    t.join();
  for (auto s : status)
    EXPECT_EQ(s, 200u);
  // What was acknowledged before the question is in the answer.
  write(zip(), fetch(commission).body);
  auto verdict = check({"--key", key});
  EXPECT_EQ(verdict.code, 0) << verdict.text;
  EXPECT_NE(verdict.text.find("35 of 35"), std::string::npos) << verdict.text;
}

TEST_F(bundle_test, a_long_bout_is_proved_page_by_page) {
  set_up();
  std::vector<std::thread> all;
  for (int t = 0; t < 4; ++t)
    all.emplace_back([this] {
      auto http = server.http(supervisor);
      for (int i = 0; i < 300; ++i) {
        std::string text;
        {
          std::lock_guard guard{mutex};
          text = body("add_note", "\"text\":\"more\"");
        }
        auto answer = http.post("/api/v1/bouts/" + bout + "/commands", text);
        EXPECT_TRUE(answer && answer->status == 200u);
      }
    });
  for (auto& t : all)
    t.join();
  write(zip(), fetch(commission).body);
  auto verdict = check({"--key", key});
  EXPECT_EQ(verdict.code, 0) << verdict.text;
  EXPECT_NE(verdict.text.find("1215 of 1215"), std::string::npos)
    << verdict.text;
}

} // namespace
} // namespace ringside::test
