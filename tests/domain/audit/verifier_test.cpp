#include "domain/audit/verifier.hpp"

#include "tests/domain/audit/sample_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ringside::audit {

namespace {

using namespace vectors;

bool has_finding(const verify_report& report, finding_kind kind) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const finding& f) { return f.kind == kind; });
}

signing_key log_key_1() {
  return key_of(origin, seed_1);
}

signing_key log_key_2() {
  return key_of(origin, seed_2);
}

} // namespace

TEST(audit_verifier, an_honest_log_is_sound) {
  auto log = honest_log();
  auto report = log.verify();
  for (const auto& f : report.findings)
    ADD_FAILURE() << text_of(f.kind) << " " << f.index << " " << f.detail;
  EXPECT_TRUE(report.sound());
  EXPECT_FALSE(report.first_bad());
  EXPECT_EQ(report.entries, log.rows.size());
  EXPECT_GE(report.entries, 24u);
  EXPECT_EQ(report.bouts, 2u) << "the chain of the system is no bout";
  EXPECT_TRUE(report.system_chain);
  EXPECT_TRUE(report.system_sound());
  EXPECT_EQ(report.checkpoints, 4u);
  EXPECT_EQ(report.signed_size, 20u);
  EXPECT_EQ(report.root, log.head.root);
}

TEST(audit_verifier, chains_of_the_node_are_no_bouts) {
  auto log = honest_log();
  append_entry(log, "_calibration");
  EXPECT_TRUE(log.verify().sound());
  EXPECT_EQ(log.verify().bouts, 2u);
}

TEST(audit_verifier, an_empty_log_is_sound) {
  sample_log log;
  log.options.origin = origin;
  forge_head(log);
  EXPECT_TRUE(log.verify().sound());
}

TEST(audit_verifier, says_when_no_signature_was_checked) {
  auto log = honest_log();
  log.options.keys.clear();
  auto report = log.verify();
  EXPECT_TRUE(report.sound());
  EXPECT_TRUE(has_finding(report, finding_kind::unsigned_checkpoint));
}

TEST(audit_verifier, a_clock_that_goes_back_is_a_warning) {
  auto log = honest_log();
  forge_everything_from(log, 22, [](entry_fields& e) { e.t = {5}; });
  auto report = log.verify();
  EXPECT_TRUE(report.sound());
  ASSERT_TRUE(has_finding(report, finding_kind::clock_backwards));
  EXPECT_EQ(report.findings[0].index, 22u);
}

TEST(audit_verifier, names_commands_that_are_not_whole) {
  struct {
    const char* what;
    std::vector<std::pair<const char*, command_ref>> entries;
    std::uint64_t first_bad;
  } cases[] = {
    {"begins late", {{"a", {"c", {}, 1, 2}}}, 0},
    {"never ends", {{"a", {"c", {}, 0, 2}}}, 1},
    {"a part is missing", {{"a", {"c", {}, 0, 3}}, {"a", {"c", {}, 2, 3}}}, 1},
    {"a part comes twice", {{"a", {"c", {}, 0, 2}}, {"a", {"c", {}, 0, 2}}}, 1},
    {"another command between",
     {{"a", {"c", {}, 0, 2}}, {"a", {"d", {}, 0, 1}}},
     1},
    {"another digest",
     {{"a", {"c", {}, 0, 2}}, {"a", {"c", hash{1}, 1, 2}}},
     1},
    {"another count", {{"a", {"c", {}, 0, 2}}, {"a", {"c", {}, 1, 3}}}, 1},
  };
  for (const auto& c : cases) {
    sample_log log;
    log.options.origin = origin;
    for (const auto& [bout, cmd] : c.entries)
      append_entry(log, bout, cmd);
    auto report = log.verify();
    EXPECT_TRUE(has_finding(report, finding_kind::command_parts)
                || has_finding(report, finding_kind::command_cut))
      << c.what;
    EXPECT_EQ(report.first_bad(), c.first_bad) << c.what;
  }
}

TEST(audit_verifier, parts_of_different_bouts_may_interleave) {
  sample_log log;
  log.options.origin = origin;
  append_entry(log, "a", command_ref{"c", {}, 0, 2});
  append_entry(log, "b", command_ref{"d", {}, 0, 2});
  append_entry(log, "a", command_ref{"c", {}, 1, 2});
  append_entry(log, "b", command_ref{"d", {}, 1, 2});
  EXPECT_TRUE(log.verify().sound());
}

TEST(audit_verifier, a_callers_check_can_refuse_an_entry) {
  auto log = honest_log();
  log.options.check = [](const entry_fields& e) -> std::optional<std::string> {
    if (e.seq == 9)
      return "not by these rules";
    return std::nullopt;
  };
  auto report = log.verify();
  EXPECT_EQ(report.first_bad(), 9u);
  EXPECT_TRUE(has_finding(report, finding_kind::rejected));
}

TEST(audit_verifier, keeps_a_bounded_number_of_findings) {
  auto log = honest_log();
  log.options.findings_max = 3;
  for (auto& row : log.rows)
    row.leaf[0] ^= 1;
  auto report = log.verify();
  EXPECT_EQ(report.findings.size(), 3u);
  EXPECT_GE(report.findings_total, log.rows.size());
  EXPECT_FALSE(report.sound());
  // A flood of complaints about checkpoints does not hide the entry.
  log = honest_log();
  log.options.findings_max = 3;
  for (auto& row : log.checkpoints)
    row.note = "torn";
  log.rows[11].leaf[0] ^= 1;
  EXPECT_EQ(log.verify().first_bad(), 11u);
}

TEST(audit_verifier, findings_have_names) {
  EXPECT_EQ(text_of(finding_kind::bad_entry), "bad_entry");
  EXPECT_EQ(text_of(finding_kind::rejected), "rejected");
  EXPECT_EQ(text_of(finding_kind::command_cut), "command_cut");
  EXPECT_EQ(text_of(finding_kind::head_mismatch), "head_mismatch");
  EXPECT_EQ(text_of(finding_kind::unsigned_checkpoint), "unsigned_checkpoint");
  EXPECT_TRUE(names_entry(finding_kind::rejected));
  EXPECT_FALSE(names_entry(finding_kind::command_cut));
  EXPECT_FALSE(is_warning(finding_kind::head_mismatch));
  EXPECT_TRUE(is_warning(finding_kind::clock_backwards));
}

TEST(audit_verifier, counts_witnesses) {
  auto log = honest_log();
  auto witness
    = key_of("witness.example/w1", seed_2, key_algorithm::cosignature);
  log.options.witnesses = {witness.verifier()};
  log.options.witnesses_min = 1;
  auto report = log.verify();
  EXPECT_TRUE(has_finding(report, finding_kind::bad_checkpoint));
  for (auto& row : log.checkpoints) {
    auto text = parse_note(row.note)->text;
    row.note += line_text(witness.cosign(text, 1'763'800'000));
  }
  EXPECT_TRUE(log.verify().sound());
}

TEST(audit_verifier, case_43_key_rotation_survives_restart) {
  auto log = honest_log();
  append_checkpoint(log, log_key_2());
  auto size = log.rows.size();
  // What a restarted process has: texts of keys, and rows.
  auto old_key = *parse_vkey(vkey_text(log_key_1().verifier()));
  auto new_key = *parse_vkey(vkey_text(log_key_2().verifier()));
  log.options.keys = {{old_key, 0, size}, {new_key, size}};
  EXPECT_TRUE(log.verify().sound());
  append_entry(log, "_system");
  append_checkpoint(log, log_key_2());
  EXPECT_TRUE(log.verify().sound());
  // The old key signs no more after its time, the new one not before.
  auto late = log;
  append_checkpoint(late, log_key_1());
  EXPECT_TRUE(has_finding(late.verify(), finding_kind::bad_checkpoint));
  log.options.keys = {{old_key, 0, 20}, {new_key, 20}};
  EXPECT_TRUE(has_finding(log.verify(), finding_kind::bad_checkpoint));
  // Without the new key its checkpoints do not count.
  log.options.keys = {{old_key}};
  EXPECT_TRUE(has_finding(log.verify(), finding_kind::bad_checkpoint));
}

TEST(audit_verifier, case_44_rows_written_past_the_log_are_found) {
  auto honest = honest_log();
  auto size = honest.rows.size();
  // A row by somebody who can write the table but is not the log.
  auto row_only = honest;
  append_entry(row_only, "b-1");
  row_only.head = honest.head;
  auto report = row_only.verify();
  EXPECT_TRUE(has_finding(report, finding_kind::head_mismatch));
  // With a forged head row nothing signed speaks for it ...
  auto with_head = honest;
  append_entry(with_head, "b-1");
  EXPECT_LT(with_head.verify().signed_size, with_head.rows.size());
  // ... and the log's next own checkpoint shows it.
  auto next = honest;
  append_entry(next, "b-2");
  append_checkpoint(next, log_key_1());
  with_head.checkpoints = next.checkpoints;
  report = with_head.verify();
  EXPECT_TRUE(has_finding(report, finding_kind::root_mismatch));
  EXPECT_EQ(report.first_bad(), 20u) << "from the last good checkpoint";
  EXPECT_GT(size, 20u);
}

TEST(audit_verifier, case_44_rows_of_another_log_are_found) {
  auto log = honest_log();
  forge_everything_from(log, 21, [](entry_fields& e) { e.log = "other/log"; });
  auto report = log.verify();
  EXPECT_TRUE(has_finding(report, finding_kind::wrong_log));
  EXPECT_EQ(report.first_bad(), 21u);
}

} // namespace ringside::audit
