#include "domain/audit/merkle.hpp"
#include "tests/crash/crash_fixture.hpp"
#include "tests/persistence/support/raw_database.hpp"

#include <sqlite3.h>

#include <fstream>
#include <functional>

namespace ringside::test {
namespace {

namespace fs = std::filesystem;
using persistence::test::raw_database;

constexpr const char* drop_triggers
  = "DROP TRIGGER audit_entry_no_update; DROP TRIGGER audit_entry_no_delete;"
    "DROP TRIGGER audit_head_never_shrinks;"
    "DROP TRIGGER audit_checkpoint_no_delete;";

/// A stopped server whose journal somebody edits.
class tamper_test : public crash_fixture {
protected:
  /// 40 notes in one bout and some in another; stopped in order, so that the
  /// WAL is in the database.
  void set_up() {
    add_people();
    start();
    bout = running_bout();
    other = running_bout();
    for (int i = 0; i < 40; ++i) {
      auto answer
        = command(bout, body("add_note",
                             "\"text\":\"needle " + std::to_string(i) + "\""));
      ASSERT_EQ(answer.status, 200u);
      if (i == 20)
        victim = number_in(parsed(answer.body), "position");
    }
    ASSERT_EQ(note(other, "beside"), 200u);
    other_version = version_of(other);
    ASSERT_EQ(server.stop(), 0);
    ASSERT_EQ(verify().code, 0) << verify().text;
  }

  fs::path journal() const {
    return data() / "journal.db";
  }

  void edit(const std::string& sql) {
    raw_database db{journal()};
    ASSERT_EQ(db.run(drop_triggers), "");
    ASSERT_EQ(db.run(sql), "");
  }

  /// What stands in the entry itself and nowhere else.
  std::string in_the_entry() const {
    return "\"seq\":" + std::to_string(victim) + ",\"t\"";
  }

  std::string entry_name() const {
    return "entry " + std::to_string(victim);
  }

  /// `ringside verify` gives 1 and names the entry.
  void expect_verify_names(const std::string& name) {
    auto verdict = verify();
    EXPECT_EQ(verdict.code, 1) << verdict.text;
    EXPECT_NE(verdict.text.find(name), std::string::npos) << verdict.text;
    EXPECT_NE(verdict.text.find("ALTERED"), std::string::npos);
    auto machine = verify({"--json"});
    EXPECT_EQ(machine.code, 1);
    EXPECT_NE(machine.text.find("\"sound\":false"), std::string::npos);
  }

  /// The server comes up read-only with an alarm, and shows what it can.
  void expect_read_only_start(const std::string& name) {
    start();
    EXPECT_NE(server.log().find("critical"), std::string::npos) << server.log();
    EXPECT_NE(server.log().find(name), std::string::npos) << server.log();
    auto refused = command(other, body("add_note", "\"text\":\"x\""));
    EXPECT_EQ(refused.status, 503u) << refused.body;
    EXPECT_EQ(text_in(parsed(refused.body), "code"), "read_only")
      << refused.body;
    EXPECT_EQ(version_of(other), other_version);
    auto ready = wait_for_readyz(503);
    EXPECT_NE(ready.find("does not verify"), std::string::npos) << ready;
    auto signed_head = server.http().get("/api/v1/audit/checkpoint");
    EXPECT_EQ(signed_head->status, 404u) << "nothing may be signed";
    EXPECT_EQ(server.stop(), 0);
  }

  /// Who may do what cannot be trusted any more: nobody may, and everybody is
  /// told why.
  void expect_nobody_is_known(const std::string& name) {
    auto read_only = [&](const net::http_answer& answer) {
      EXPECT_EQ(answer.status, 503u) << answer.body;
      auto why = parsed(answer.body);
      EXPECT_EQ(text_in(why, "code"), "read_only");
      EXPECT_NE(text_in(why, "detail").find(name), std::string::npos)
        << answer.body;
      EXPECT_NE(text_in(why, "hint").find("ringside verify"),
                std::string::npos);
    };
    read_only(command(other, body("add_note", "\"text\":\"x\"")));
    read_only(*server.http(supervisor).get("/api/v1/accounts"));
    read_only(*server.http().get("/api/v1/accounts"));
    read_only(
      *server.http().post("/api/v1/claim", "{\"code\":\"x\",\"name\":\"y\"}"));
    EXPECT_EQ(server.log().find("one-time code"), std::string::npos);
    EXPECT_EQ(server.http().get("/api/v1/bouts/" + other)->status, 200u);
  }

  void expect_found(const std::string& name) {
    SCOPED_TRACE(name);
    expect_verify_names(name);
    expect_read_only_start(name);
  }

  std::string bout;
  std::string other;
  std::int64_t other_version = 0;
  std::int64_t victim = 0;
};

TEST_F(tamper_test, case_43_a_flipped_byte_in_an_entry) {
  set_up();
  edit("UPDATE audit_entry SET bytes = CAST(replace(CAST(bytes AS TEXT),"
       "'note_added','note_adder') AS BLOB) WHERE idx = "
       + std::to_string(victim));
  expect_found(entry_name());
}

TEST_F(tamper_test, case_43_an_entry_with_its_leaf_rehashed) {
  set_up();
  raw_database db{journal()};
  ASSERT_EQ(db.run(drop_triggers), "");
  // The forger computes the leaf as well; the chain of the bout tells.
  std::string bytes;
  sqlite3* raw = nullptr;
  sqlite3_open(journal().c_str(), &raw);
  auto at = " WHERE idx = " + std::to_string(victim);
  sqlite3_exec(
    raw, ("SELECT CAST(bytes AS TEXT) FROM audit_entry" + at).c_str(),
    [](void* to, int, char** row, char**) {
      *static_cast<std::string*>(to) = row[0];
      return 0;
    },
    &bytes, nullptr);
  bytes.replace(bytes.find("note_added"), 10, "note_adder");
  auto leaf = audit::leaf_hash(bytes);
  sqlite3_stmt* update = nullptr;
  sqlite3_prepare_v2(
    raw, ("UPDATE audit_entry SET bytes = ?1, leaf = ?2" + at).c_str(), -1,
    &update, nullptr);
  sqlite3_bind_blob(update, 1, bytes.data(), static_cast<int>(bytes.size()),
                    SQLITE_TRANSIENT);
  sqlite3_bind_blob(update, 2, leaf.data(), 32, SQLITE_TRANSIENT);
  ASSERT_EQ(sqlite3_step(update), SQLITE_DONE);
  sqlite3_finalize(update);
  sqlite3_close(raw);
  // The chain names the entry that does not fit to what stands before it.
  expect_found("entry " + std::to_string(victim + 1));
}

TEST_F(tamper_test, case_43_a_deleted_entry) {
  set_up();
  edit("DELETE FROM audit_entry WHERE idx = " + std::to_string(victim));
  expect_found(entry_name());
}

TEST_F(tamper_test, case_43_a_deleted_account_entry) {
  set_up();
  edit("DELETE FROM audit_entry WHERE idx = 3");
  expect_verify_names("entry 3");
  start();
  EXPECT_NE(server.log().find("entry 3"), std::string::npos);
  expect_nobody_is_known("entry 3");
}

TEST_F(tamper_test, case_43_a_forged_role_makes_no_admin) {
  set_up();
  // Somebody who can write the database would like to be an admin.
  edit("UPDATE audit_entry SET bytes = CAST(replace(CAST(bytes AS TEXT),"
       "'\"role\":\"viewer\"','\"role\":\"admin\"') AS BLOB)"
       " WHERE bout = '_system'");
  expect_verify_names("of bout _system");
  start();
  expect_nobody_is_known("entry ");
  auto accounts = server.http(viewer).get("/api/v1/accounts");
  EXPECT_EQ(accounts->status, 503u) << accounts->body;
}

TEST_F(tamper_test, case_43_the_last_account_entry_deleted) {
  set_up();
  // The node's last start is the last of the system: nothing chains to it.
  edit("DELETE FROM audit_entry WHERE idx ="
       " (SELECT max(idx) FROM audit_entry WHERE bout = '_system')");
  auto verdict = verify();
  EXPECT_EQ(verdict.code, 1) << verdict.text;
  start();
  expect_nobody_is_known("entry ");
}

TEST_F(tamper_test, case_43_a_reordered_pair) {
  set_up();
  auto a = std::to_string(victim);
  auto b = std::to_string(victim + 1);
  edit("UPDATE audit_entry SET idx = 1000000 WHERE idx = " + a
       + "; UPDATE audit_entry SET idx = " + a + " WHERE idx = " + b
       + "; UPDATE audit_entry SET idx = " + b + " WHERE idx = 1000000");
  expect_found(entry_name());
}

TEST_F(tamper_test, case_43_the_end_cut_off) {
  set_up();
  --other_version;
  edit("DELETE FROM audit_entry WHERE idx >= " + std::to_string(victim));
  expect_found(entry_name());
}

TEST_F(tamper_test, case_43_the_end_cut_off_with_head_and_checkpoints) {
  set_up();
  // As thorough as SQL allows; the signer's file remembers.
  --other_version;
  auto v = std::to_string(victim);
  edit("DELETE FROM audit_entry WHERE idx >= " + v
       + "; DELETE FROM audit_checkpoint WHERE size > " + v
       + "; UPDATE audit_head SET size = " + v);
  expect_found(entry_name());
}

TEST_F(tamper_test, case_43_flipped_bytes_of_the_file) {
  set_up();
  // The entry, and the text beside it that it only commits to.
  for (const auto& needle : {in_the_entry(), std::string{"needle 20"}}) {
    std::fstream file{journal(),
                      std::ios::in | std::ios::out | std::ios::binary};
    std::string all{std::istreambuf_iterator<char>{file}, {}};
    auto at = all.find(needle);
    ASSERT_NE(at, std::string::npos);
    auto write = [&](const std::string& bytes) {
      file.clear();
      file.seekp(static_cast<std::streamoff>(at));
      file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      file.flush();
    };
    write("noodle");
    expect_found(entry_name());
    write(needle);
    EXPECT_EQ(verify().code, 0) << verify().text;
  }
}

TEST_F(tamper_test, case_43_every_flipped_byte_in_a_page_is_noticed) {
  set_up();
  std::ifstream in{journal(), std::ios::binary};
  const std::string sound{std::istreambuf_iterator<char>{in}, {}};
  for (const auto& needle : {in_the_entry(), std::string{"needle 20"}}) {
    auto page = sound.find(needle) / 4'096 * 4'096;
    int silent = 0;
    for (int i = 0; i < 60; ++i) {
      auto all = sound;
      auto at = page + random() % 4'096;
      all[at] = static_cast<char>(all[at] ^ (1 << random() % 8));
      std::ofstream{journal(), std::ios::binary | std::ios::trunc} << all;
      auto verdict = verify();
      EXPECT_TRUE(verdict.code == 0 || verdict.code == 1) << verdict.text;
      // Free space within the page is no part of any entry.
      silent += verdict.code == 0 ? 1 : 0;
      EXPECT_EQ(verdict.code == 1,
                verdict.text.find("FINDING entry ") != std::string::npos);
    }
    EXPECT_LT(silent, 15) << needle;
  }
}

TEST_F(tamper_test, case_43_the_file_cut_short) {
  set_up();
  auto size = fs::file_size(journal());
  for (auto keep : {size / 2, std::uintmax_t{4'096}, std::uintmax_t{0}}) {
    auto copy = here() / "copy.db";
    fs::copy_file(journal(), copy, fs::copy_options::overwrite_existing);
    fs::resize_file(journal(), keep / 4'096 * 4'096);
    auto verdict = verify();
    EXPECT_EQ(verdict.code, 1) << keep << ": " << verdict.text;
    EXPECT_NE(verdict.text.find("entry "), std::string::npos);
    fs::copy_file(copy, journal(), fs::copy_options::overwrite_existing);
  }
  ASSERT_EQ(verify().code, 0);
}

TEST_F(tamper_test, a_damaged_signer_file) {
  set_up();
  std::ofstream{data() / "signer.state"} << "nonsense\n";
  expect_found("signer.state");
}

TEST_F(tamper_test, a_missing_signer_file) {
  set_up();
  fs::remove(data() / "signer.state");
  expect_found("the signer's own file is missing");
}

} // namespace
} // namespace ringside::test
