#include "domain/audit/personal.hpp"

#include "tests/domain/audit/sample_log.hpp"

#include <gtest/gtest.h>

namespace ringside::audit {

namespace {

constexpr std::uint64_t note_at = 25;

/// An honest log with a note as its entry 25.
sample_log log_with_note() {
  auto log = honest_log();
  append_personal(log, "b-1", "the corner shouted");
  return log;
}

/// The one finding of a report.
finding only(const verify_report& report) {
  EXPECT_EQ(report.findings_total, 1u);
  return report.findings.empty() ? finding{} : report.findings.front();
}

TEST(audit_personal, joins_the_text_to_its_entry) {
  auto row = log_with_note().rows.back();
  EXPECT_EQ(row.bytes.find("shouted"), std::string::npos);
  auto entry = read_entry(row.bytes, row.personal);
  ASSERT_TRUE(entry) << entry.reason().detail;
  EXPECT_FALSE(entry->erased);
  EXPECT_FALSE(entry->body_digest);
  EXPECT_EQ(*entry->data.find("text")->as_string(), "the corner shouted");
  auto gone = read_entry(row.bytes, nullptr);
  ASSERT_TRUE(gone);
  EXPECT_TRUE(gone->erased);
  EXPECT_EQ(gone->data.find("text"), nullptr);
}

TEST(audit_personal, keeps_the_digest_of_the_body_out_of_the_data) {
  auto log = log_with_note();
  auto& row = log.rows.back();
  auto digest = leaf_hash("body");
  row.personal->payload
    = json::to_text(json::object{{"body_digest", "@"}, {"text", "x"}});
  auto with = [&](const std::string& digits) {
    auto part = *row.personal;
    part.payload.replace(part.payload.find('@'), 1, digits);
    forge_everything_from(log, row.seq, [&](entry_fields& e) {
      e.cmt = commitment(part.salt, std::string_view{part.payload});
    });
    return read_entry(row.bytes, part);
  };
  auto entry = with(to_hex(digest));
  ASSERT_TRUE(entry) << entry.reason().detail;
  EXPECT_EQ(entry->body_digest, digest);
  EXPECT_EQ(entry->data.find("body_digest"), nullptr);
  EXPECT_FALSE(with("12"));
}

TEST(audit_personal, refuses_what_the_entry_does_not_commit_to) {
  auto log = log_with_note();
  auto row = log.rows.back();
  auto code = [](const result<entry_fields>& got) {
    return got ? ec{} : got.reason().code;
  };
  auto other = *row.personal;
  other.salt[3] ^= 1;
  EXPECT_EQ(code(read_entry(row.bytes, other)), ec::corrupt);
  other = *row.personal;
  other.payload[9] = 'X';
  EXPECT_EQ(code(read_entry(row.bytes, other)), ec::corrupt);
  EXPECT_EQ(code(read_entry(log.rows[3].bytes, row.personal)), ec::corrupt);
  // Committed to, but not in a form that could be put back.
  for (const auto* payload : {"[]", "{", "{\"n\":1}"}) {
    personal_part bad{{}, payload};
    forge_everything_from(log, row.seq, [&](entry_fields& e) {
      e.cmt = commitment(bad.salt, std::string_view{bad.payload});
    });
    EXPECT_EQ(code(read_entry(log.rows[row.seq].bytes, bad)), ec::corrupt)
      << payload;
  }
}

TEST(audit_personal, is_read_back_from_its_file) {
  personal_part part{{1, 2, 0xff}, R"({"text":"a \"b\""})"};
  auto text = personal_text(part);
  EXPECT_EQ(text, R"({"payload":{"text":"a \"b\""},"salt":)"
                  R"("0102ff00000000000000000000000000"})");
  auto back = parse_personal(text);
  ASSERT_TRUE(back) << back.reason().detail;
  EXPECT_EQ(*back, part);
  for (const auto* bad :
       {"", "[]", R"({"payload":{}})", R"({"payload":{},"salt":"01"})",
        R"({"payload":{},"salt":5})",
        R"({"more":1,"payload":{},"salt":"00000000000000000000000000000000"})"})
    EXPECT_FALSE(parse_personal(bad)) << bad;
}

TEST(audit_personal, the_verifier_counts_what_is_there) {
  auto report = log_with_note().verify();
  EXPECT_TRUE(report.sound());
  EXPECT_EQ(report.findings_total, 0u);
  EXPECT_EQ(report.personal, 1u);
  EXPECT_EQ(report.erased, 0u);
}

TEST(audit_personal, what_was_erased_is_counted_and_sound) {
  auto log = log_with_note();
  log.rows[note_at].personal.reset();
  append_erasure(log, note_at);
  auto report = log.verify();
  EXPECT_TRUE(report.sound());
  EXPECT_EQ(report.findings_total, 0u);
  EXPECT_EQ(report.personal, 0u);
  EXPECT_EQ(report.erased, 1u);
}

TEST(audit_personal, an_erasure_without_its_entry_is_a_warning) {
  auto log = log_with_note();
  log.rows[note_at].personal.reset();
  auto report = log.verify();
  EXPECT_TRUE(report.sound());
  EXPECT_EQ(only(report).kind, finding_kind::erasure_unclear);
  EXPECT_EQ(only(report).index, note_at);
  EXPECT_NE(only(report).detail.find("is gone"), std::string::npos);
}

TEST(audit_personal, an_entry_without_its_erasure_is_a_warning) {
  auto log = log_with_note();
  append_erasure(log, note_at);
  append_erasure(log, 3);
  auto report = log.verify();
  EXPECT_TRUE(report.sound());
  EXPECT_EQ(only(report).kind, finding_kind::erasure_unclear);
  EXPECT_EQ(only(report).index, note_at);
  EXPECT_NE(only(report).detail.find("erase it again"), std::string::npos);
}

TEST(audit_personal, case_43_every_flipped_byte_of_text_and_salt_is_named) {
  auto log = log_with_note();
  auto& part = *log.rows[note_at].personal;
  auto expect_named = [&](std::size_t at) {
    auto report = log.verify();
    EXPECT_FALSE(report.sound()) << at;
    EXPECT_EQ(only(report).kind, finding_kind::personal_altered) << at;
    EXPECT_EQ(report.first_bad(), note_at) << at;
  };
  for (std::size_t at = 0; at < part.payload.size(); ++at) {
    part.payload[at] = static_cast<char>(part.payload[at] ^ (1 << at % 8));
    expect_named(at);
    part.payload[at] = static_cast<char>(part.payload[at] ^ (1 << at % 8));
  }
  for (std::size_t at = 0; at < part.salt.size(); ++at) {
    part.salt[at] ^= 4;
    expect_named(at);
    part.salt[at] ^= 4;
  }
  EXPECT_TRUE(log.verify().sound());
}

TEST(audit_personal, a_text_beside_an_entry_that_has_none_is_named) {
  auto log = log_with_note();
  log.rows[5].personal = log.rows[note_at].personal;
  auto report = log.verify();
  EXPECT_EQ(only(report).kind, finding_kind::personal_altered);
  EXPECT_EQ(report.first_bad(), 5u);
}

} // namespace

} // namespace ringside::audit
