#include "domain/audit/checkpoint.hpp"
#include "domain/audit/merkle.hpp"
#include "domain/audit/proof_text.hpp"
#include "domain/audit/verifier_key.hpp"
#include "tests/crash/crash_fixture.hpp"

#include <chrono>
#include <thread>

namespace ringside::test {
namespace {

namespace fs = std::filesystem;

/// An older copy of a data directory is put back, and clients remember.
class rollback_test : public crash_fixture {
protected:
  void copy(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
    fs::permissions(to, fs::perms::owner_all);
  }

  void set_up() {
    add_people();
    start();
    bout = running_bout();
    ASSERT_EQ(note(bout, "early"), 200u);
    ASSERT_EQ(server.stop(), 0);
    copy(data(), old_copy());
    start();
    for (int i = 0; i < 30; ++i)
      ASSERT_EQ(note(bout, "late"), 200u);
    remembered = checkpoint(30);
    ASSERT_EQ(server.stop(), 0);
  }

  fs::path old_copy() const {
    return here() / "old";
  }

  /// The log's key, which every client was given.
  std::vector<audit::verifier_key> keys() {
    auto machine = parsed(verify({"--json"}).text);
    auto key = audit::parse_vkey(text_in(machine, "log_key"));
    EXPECT_TRUE(key) << text_in(machine, "log_key");
    return key ? std::vector{*key} : std::vector<audit::verifier_key>{};
  }

  /// A signed checkpoint of at least that size; made within seconds.
  audit::checkpoint checkpoint(std::uint64_t at_least) {
    auto known = keys();
    for (int i = 0; i < 150; ++i) {
      auto note = server.http().get("/api/v1/audit/checkpoint");
      auto opened = note && note->status == 200
                      ? audit::open_checkpoint(note->body, known)
                      : refuse(ec::not_found, "none yet");
      if (opened && opened->head.size >= at_least)
        return opened->head;
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    ADD_FAILURE() << "no checkpoint of " << at_least << " entries";
    return {};
  }

  /// What a client does with the head it saw last and the one it is shown.
  bool consistent(const audit::checkpoint& before,
                  const audit::checkpoint& now) {
    auto answer = server.http().get("/api/v1/audit/proof/consistency?from="
                                    + std::to_string(before.size)
                                    + "&to=" + std::to_string(now.size));
    if (!answer || answer->status != 200)
      return false;
    auto proof = audit::parse_proof_lines(answer->body);
    return proof
           && audit::verify_consistency(before.size, now.size, before.root,
                                        now.root, *proof);
  }

  std::string bout;
  audit::checkpoint remembered;
};

TEST_F(rollback_test, a_client_sees_that_an_honest_log_only_grew) {
  set_up();
  start();
  for (int i = 0; i < 10; ++i)
    ASSERT_EQ(note(bout, "more"), 200u);
  auto now = checkpoint(remembered.size + 10);
  EXPECT_TRUE(consistent(remembered, now));
  auto forged = remembered;
  forged.root[7] ^= 1;
  EXPECT_FALSE(consistent(forged, now));
}

TEST_F(rollback_test, case_43_an_older_copy_is_found_by_the_signer) {
  set_up();
  // The database comes back from a backup; the signer's file stayed.
  fs::copy_file(old_copy() / "journal.db", data() / "journal.db",
                fs::copy_options::overwrite_existing);
  auto verdict = verify();
  EXPECT_EQ(verdict.code, 1) << verdict.text;
  EXPECT_NE(verdict.text.find("older copy"), std::string::npos);
  start();
  EXPECT_NE(server.log().find("older copy"), std::string::npos);
  auto refused = command(bout, body("add_note", "\"text\":\"x\""));
  EXPECT_EQ(refused.status, 503u) << refused.body;
  EXPECT_EQ(text_in(parsed(refused.body), "code"), "read_only");
  EXPECT_GT(version_of(bout), 0);
  // A client that remembers more than there is gets no proof.
  auto proof = server.http().get("/api/v1/audit/proof/consistency?from="
                                 + std::to_string(remembered.size) + "&to=0");
  EXPECT_NE(proof->status, 200u) << proof->body;
}

TEST_F(rollback_test, case_43_a_client_finds_what_the_server_cannot) {
  set_up();
  // Everything comes back, the signer's file too: nothing on this machine
  // knows better, and the log grows past what the client saw.
  copy(old_copy(), data());
  EXPECT_EQ(verify().code, 0) << "by itself the copy is sound";
  start();
  for (int i = 0; i < 40; ++i)
    ASSERT_EQ(note(bout, "another past"), 200u);
  auto now = checkpoint(remembered.size + 1);
  EXPECT_GT(now.size, remembered.size);
  EXPECT_FALSE(consistent(remembered, now));
  // The server's proof holds for its own past only.
  auto own = checkpoint(now.size);
  EXPECT_TRUE(consistent(now, own));
}

} // namespace
} // namespace ringside::test
