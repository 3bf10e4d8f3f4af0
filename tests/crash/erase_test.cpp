#include "app/bundle/zip_archive.hpp"
#include "domain/audit/personal.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"
#include "tests/crash/crash_fixture.hpp"
#include "tests/persistence/support/raw_database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace ringside::test {
namespace {

namespace fs = std::filesystem;
using persistence::test::raw_database;

constexpr const char* secret = "Xanthippe shouted at the referee";

/// Texts about people, erased from a real journal.
class erase_test : public crash_fixture {
protected:
  /// A bout with two notes; the first one is to be erased.
  void set_up() {
    add_people();
    start();
    bout = running_bout();
    first = body("add_note", std::string{"\"text\":\""} + secret + "\"");
    auto answer = command(bout, first);
    ASSERT_EQ(answer.status, 200u) << answer.body;
    first_version = number_in(parsed(answer.body), "version");
    entry = number_in(parsed(answer.body), "position");
    ASSERT_EQ(note(bout, "about nobody"), 200u);
    ASSERT_EQ(server.stop(), 0);
  }

  run_outcome erase(std::int64_t which,
                    const std::string& reason = "the person asked for it") {
    return run_ringside({"admin", "erase", "--data", data().string(), "--entry",
                         std::to_string(which), "--reason", reason, "--json"});
  }

  /// True if any file of the data directory holds these bytes.
  bool on_disk(const std::string& bytes) const {
    for (const auto& each : fs::directory_iterator{data()}) {
      std::ifstream in{each.path(), std::ios::binary};
      std::string all{std::istreambuf_iterator<char>{in}, {}};
      if (all.find(bytes) != std::string::npos)
        return true;
    }
    return false;
  }

  /// Every entry that there is.
  std::vector<persistence::journal_entry> journal() const {
    persistence::sqlite_options options;
    options.read_only = true;
    auto store
      = persistence::sqlite_journal_store::open(data() / "journal.db", options);
    EXPECT_TRUE(store);
    return *(*store)->read(0, SIZE_MAX);
  }

  std::string state_of_bout() {
    EXPECT_GT(version_of(bout), 0);
    return server.http(supervisor).get("/api/v1/bouts/" + bout)->body;
  }

  void expect_verify(int code, const std::string& words) {
    auto verdict = verify();
    EXPECT_EQ(verdict.code, code) << verdict.text;
    EXPECT_NE(verdict.text.find(words), std::string::npos) << verdict.text;
  }

  std::string bout;
  std::string first;
  std::int64_t first_version = 0;
  std::int64_t entry = 0;
};

TEST_F(erase_test, a_note_is_gone_and_every_proof_holds) {
  set_up();
  ASSERT_TRUE(on_disk(secret));
  expect_verify(0, "0 more erased");
  auto before = journal();
  auto done = erase(entry);
  ASSERT_EQ(done.code, 0) << done.text;
  auto machine = parsed(done.text);
  EXPECT_EQ(text_in(machine, "bout"), bout);
  EXPECT_EQ(text_in(machine, "kind"), "note_added");
  EXPECT_FALSE(on_disk(secret));
  expect_verify(0, "1 more erased");
  auto quiet = verify();
  EXPECT_EQ(quiet.text.find("warning"), std::string::npos) << quiet.text;
  // Nothing else changed, and the last entry says what was done.
  auto after = journal();
  ASSERT_EQ(after.size(), before.size() + 1);
  auto at = static_cast<std::size_t>(entry);
  EXPECT_TRUE(before[at].personal);
  before[at].personal.reset();
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  auto said = audit::parse_entry(after.back().bytes);
  ASSERT_TRUE(said);
  EXPECT_EQ(audit::erased_entry(*said), entry);
  EXPECT_EQ(said->actor, "admin:offline");
  EXPECT_EQ(number_in(machine, "recorded"),
            static_cast<std::int64_t>(said->seq));
}

TEST_F(erase_test, the_bout_goes_on_and_a_repeat_has_no_second_effect) {
  set_up();
  ASSERT_EQ(erase(entry).code, 0);
  start();
  auto shown = state_of_bout();
  EXPECT_NE(shown.find("[erased]"), std::string::npos) << shown;
  EXPECT_NE(shown.find("about nobody"), std::string::npos);
  auto version = version_of(bout);
  auto other_text = first;
  other_text.replace(other_text.find(secret), 9, "Somebody ");
  for (const auto& again : {first, other_text}) {
    auto answer = command(bout, again);
    EXPECT_EQ(answer.status, 200u) << answer.body;
    EXPECT_NE(answer.body.find("\"replayed\":true"), std::string::npos);
    EXPECT_EQ(number_in(parsed(answer.body), "version"), first_version);
  }
  auto other_round = first;
  other_round.insert(other_round.size() - 1, ",\"round\":1");
  auto refused = command(bout, other_round);
  EXPECT_EQ(refused.status, 409u);
  EXPECT_EQ(text_in(parsed(refused.body), "code"), "command_id_reused");
  EXPECT_EQ(version_of(bout), version);
  EXPECT_FALSE(on_disk(secret)) << "a repeat writes nothing";
  EXPECT_EQ(note(bout, "and on it goes"), 200u);
  EXPECT_EQ(server.stop(), 0);
  expect_verify(0, "1 more erased");
}

TEST_F(erase_test, a_bundle_has_the_texts_that_are_left) {
  set_up();
  auto bundle_of = [&] {
    start();
    auto answer
      = server.http(commission).get("/api/v1/audit/bout/" + bout + ".zip");
    EXPECT_EQ(answer->status, 200u) << answer->body;
    EXPECT_EQ(server.stop(), 0);
    auto zip = here() / "b.zip";
    std::ofstream{zip, std::ios::binary | std::ios::trunc} << answer->body;
    auto verdict = run_ringside({"verify", zip.string(), "--json"});
    EXPECT_EQ(verdict.code, 0) << verdict.text;
    auto machine = parsed(verdict.text);
    auto files = bundle::unpack_zip(zip);
    EXPECT_TRUE(files);
    auto texts = std::count_if(files->begin(), files->end(), [](const auto& f) {
      return f.name.starts_with("personal/");
    });
    EXPECT_EQ(number_in(machine, "personal"), texts);
    EXPECT_EQ(verdict.text.find("not_derived"), std::string::npos)
      << verdict.text;
    return std::pair{texts, number_in(machine, "erased")};
  };
  EXPECT_EQ(bundle_of(), (std::pair{std::ptrdiff_t{2}, std::int64_t{0}}));
  ASSERT_EQ(erase(entry).code, 0);
  EXPECT_EQ(bundle_of(), (std::pair{std::ptrdiff_t{1}, std::int64_t{1}}));
}

TEST_F(erase_test, the_name_of_an_account_can_be_erased) {
  add_person(data(), "Zebedee Quux", "viewer");
  set_up();
  ASSERT_TRUE(on_disk("Zebedee Quux"));
  auto all = journal();
  auto found = std::find_if(all.begin(), all.end(), [](const auto& e) {
    return e.personal
           && e.personal->payload.find("Zebedee") != std::string::npos;
  });
  ASSERT_NE(found, all.end());
  EXPECT_EQ(found->bytes.find("Zebedee"), std::string::npos);
  ASSERT_EQ(erase(static_cast<std::int64_t>(found->seq)).code, 0);
  EXPECT_FALSE(on_disk("Zebedee Quux"));
  auto list = run_ringside({"admin", "list", "--data", data().string()});
  EXPECT_EQ(list.code, 0);
  EXPECT_NE(list.text.find("viewer\t[erased]"), std::string::npos) << list.text;
  start();
  EXPECT_EQ(note(bout, "everybody else still signs in"), 200u);
}

TEST_F(erase_test, an_altered_text_is_found_and_named) {
  set_up();
  {
    raw_database db{data() / "journal.db"};
    ASSERT_EQ(db.run("DROP TRIGGER personal_only_erased;"
                     "UPDATE personal SET payload = CAST(replace(CAST(payload "
                     "AS TEXT), 'shouted', 'spat   ') AS BLOB) WHERE seq = "
                     + std::to_string(entry)),
              "");
  }
  expect_verify(1, "entry " + std::to_string(entry));
  expect_verify(1, "personal_altered");
  auto refused = erase(entry);
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.text.find("does not verify"), std::string::npos);
}

TEST_F(erase_test, an_interrupted_erasure_is_found_and_finished) {
  set_up();
  {
    raw_database db{data() / "journal.db"};
    ASSERT_EQ(db.run("CREATE TABLE kept AS SELECT * FROM personal"), "");
  }
  ASSERT_EQ(erase(entry).code, 0);
  {
    raw_database db{data() / "journal.db"};
    ASSERT_EQ(
      db.run("DROP TRIGGER personal_only_erased;"
             "UPDATE personal SET (erased, salt, payload) = (SELECT "
             "erased, salt, payload FROM kept WHERE seq = personal.seq);"
             "DROP TABLE kept"),
      "");
  }
  expect_verify(0, "erase it again");
  ASSERT_EQ(erase(entry).code, 0);
  EXPECT_FALSE(on_disk(secret));
  expect_verify(0, "1 more erased");
  auto again = erase(entry);
  EXPECT_EQ(again.code, 0) << again.text;
  EXPECT_NE(again.text.find("\"erased_before\":true"), std::string::npos);
}

TEST_F(erase_test, what_cannot_be_erased_is_refused_with_the_reason) {
  set_up();
  auto refused
    = [&](const run_outcome& got, const std::string& words, int code = 1) {
        EXPECT_EQ(got.code, code) << got.text;
        EXPECT_NE(got.text.find(words), std::string::npos) << got.text;
      };
  auto size = journal().size();
  refused(erase(entry - 1), "holds no text that can be erased");
  refused(erase(9'999), "there is no entry 9999");
  EXPECT_EQ(erase(-1).code, 2) << "and not entry 0";
  refused(erase(entry, ""), "a reason has", 2);
  refused(erase(entry, "\xff"), "not UTF-8", 2);
  start();
  refused(erase(entry), "is locked");
  EXPECT_EQ(server.stop(), 0);
  EXPECT_GE(journal().size(), size);
  EXPECT_TRUE(on_disk(secret));
  expect_verify(0, "0 more erased");
}

} // namespace
} // namespace ringside::test
