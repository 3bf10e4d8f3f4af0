#include "domain/audit/verifier.hpp"
#include "tests/domain/audit/sample_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// Case 43: every way to alter what is stored is found, and the first bad
/// entry is named.
namespace ringside::audit {

namespace {

using namespace vectors;

bool has(const verify_report& report, finding_kind kind) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const finding& f) { return f.kind == kind; });
}

void expect_named(const sample_log& log, std::uint64_t index,
                  const std::string& what) {
  auto report = log.verify();
  EXPECT_FALSE(report.sound()) << what;
  EXPECT_EQ(report.first_bad(), index) << what;
}

class case_43 : public testing::Test {
protected:
  const sample_log honest = honest_log();
  const std::size_t size = honest.rows.size();
};

} // namespace

TEST_F(case_43, every_flipped_byte_of_every_entry) {
  auto log = honest;
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t at = 0; at < honest.rows[i].bytes.size(); ++at) {
      auto& byte = log.rows[i].bytes[at];
      byte = static_cast<char>(byte ^ (1 << at % 8));
      expect_named(log, i, std::to_string(i) + " byte " + std::to_string(at));
      byte = honest.rows[i].bytes[at];
    }
}

TEST_F(case_43, damage_elsewhere_leaves_the_system_chain_believable) {
  // Entry 0 is the system's and is under every checkpoint.
  for (std::size_t i = 0; i < size; ++i) {
    auto log = honest;
    auto& byte = log.rows[i].bytes[log.rows[i].bytes.size() / 2];
    byte = static_cast<char>(byte ^ 1);
    auto report = log.verify();
    EXPECT_FALSE(report.sound());
    // Before the first checkpoint nothing vouches for entry 0.
    EXPECT_EQ(report.system_sound(), i >= 6) << i;
  }
  // The last entry of a chain is missed by nobody: it may be the system's.
  auto log = honest;
  append_entry(log, "_system");
  append_entry(log, "b-1");
  append_checkpoint(log, key_of(origin, seed_1));
  ASSERT_TRUE(log.verify().system_sound());
  log.rows.erase(log.rows.end() - 2);
  EXPECT_FALSE(log.verify().system_sound());
}

TEST_F(case_43, every_flipped_byte_of_every_leaf) {
  auto log = honest;
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t at = 0; at < 32; ++at) {
      log.rows[i].leaf[at] ^= 0x40;
      expect_named(log, i, std::to_string(i) + " leaf " + std::to_string(at));
      log.rows[i].leaf[at] ^= 0x40;
    }
}

TEST_F(case_43, every_flipped_byte_of_every_checkpoint) {
  auto log = honest;
  for (auto& row : log.checkpoints) {
    auto note = row.note;
    for (std::size_t at = 0; at < note.size(); ++at) {
      row.note[at] = static_cast<char>(row.note[at] ^ (1 << at % 8));
      auto report = log.verify();
      ASSERT_TRUE(has(report, finding_kind::bad_checkpoint))
        << row.size << " byte " << at;
      EXPECT_EQ(report.first_bad(), row.size);
      row.note = note;
    }
  }
}

TEST_F(case_43, checkpoint_columns_that_contradict_the_note) {
  for (std::size_t i = 0; i < honest.checkpoints.size(); ++i) {
    auto log = honest;
    log.checkpoints[i].root[i] ^= 1;
    EXPECT_TRUE(has(log.verify(), finding_kind::bad_checkpoint));
    EXPECT_TRUE(has(log.verify(), finding_kind::root_mismatch));
    log = honest;
    ++log.checkpoints[i].size;
    EXPECT_TRUE(has(log.verify(), finding_kind::bad_checkpoint));
  }
}

TEST_F(case_43, columns_beside_an_entry) {
  for (std::size_t i = 0; i < size; ++i) {
    auto log = honest;
    log.rows[i].bout = "b-9";
    expect_named(log, i, "bout column");
    log = honest;
    ++log.rows[i].bseq;
    expect_named(log, i, "bseq column");
    log = honest;
    log.rows[i].seq += 100;
    expect_named(log, i, "seq column");
  }
}

TEST_F(case_43, a_chain_value_changed_with_its_leaf) {
  for (std::size_t i = 0; i < size; ++i) {
    auto log = honest;
    auto entry = *parse_entry(log.rows[i].bytes);
    entry.bprev[31] ^= 1;
    log.rows[i].bytes = bytes_of(entry);
    log.rows[i].leaf = leaf_hash(log.rows[i].bytes);
    forge_head(log);
    expect_named(log, i, "bprev of " + std::to_string(i));
    EXPECT_TRUE(has(log.verify(), finding_kind::chain_broken));
  }
}

TEST_F(case_43, a_position_in_the_bout_changed_with_its_leaf) {
  for (std::size_t i = 0; i < size; ++i) {
    auto log = honest;
    auto entry = *parse_entry(log.rows[i].bytes);
    ++entry.bseq;
    ++log.rows[i].bseq;
    log.rows[i].bytes = bytes_of(entry);
    log.rows[i].leaf = leaf_hash(log.rows[i].bytes);
    forge_head(log);
    expect_named(log, i, "bseq of " + std::to_string(i));
  }
}

TEST_F(case_43, every_record_cut_out) {
  for (std::size_t i = 0; i < size; ++i) {
    auto log = honest;
    log.rows.erase(log.rows.begin() + static_cast<std::ptrdiff_t>(i));
    expect_named(log, i, "cut " + std::to_string(i));
    if (i + 1 == size)
      continue;
    forge_head(log);
    expect_named(log, i, "cut with a forged head " + std::to_string(i));
  }
}

TEST_F(case_43, the_log_cut_off_at_every_record) {
  for (std::size_t keep = 0; keep < size; ++keep) {
    auto log = honest;
    log.rows.resize(keep);
    auto report = log.verify();
    EXPECT_TRUE(has(report, finding_kind::truncated)) << keep;
    forge_head(log);
    report = log.verify();
    EXPECT_EQ(has(report, finding_kind::truncated), keep < 20) << keep;
    // With head and checkpoints forged too, one kept elsewhere still tells.
    log.checkpoints.clear();
    log.checkpoints.push_back(honest.checkpoints.back());
    EXPECT_EQ(has(log.verify(), finding_kind::truncated), keep < 20) << keep;
  }
}

TEST_F(case_43, every_two_neighbours_swapped) {
  for (std::size_t i = 0; i + 1 < size; ++i) {
    auto log = honest;
    std::swap(log.rows[i], log.rows[i + 1]);
    expect_named(log, i, "swap " + std::to_string(i));
    std::swap(log.rows[i].seq, log.rows[i + 1].seq);
    expect_named(log, i, "swap with columns " + std::to_string(i));
    forge_head(log);
    expect_named(log, i, "swap with columns and head " + std::to_string(i));
  }
}

TEST_F(case_43, every_record_twice) {
  for (std::size_t i = 0; i < size; ++i) {
    auto log = honest;
    auto row = log.rows[i];
    log.rows.insert(log.rows.begin() + static_cast<std::ptrdiff_t>(i), row);
    forge_head(log);
    EXPECT_FALSE(log.verify().sound());
    EXPECT_EQ(log.verify().first_bad(), i);
  }
}

TEST_F(case_43, the_whole_chain_rehashed) {
  const std::vector<std::uint64_t> sizes{0, 6, 13, 20};
  for (std::size_t i = 0; i < 20; ++i) {
    auto log = honest;
    forge_everything_from(log, i, [](entry_fields& e) {
      e.data = json::object{{"n", 1'000}};
    });
    auto report = log.verify();
    ASSERT_EQ(report.errors_total, 1u) << "only the signed root is left";
    ASSERT_TRUE(has(report, finding_kind::root_mismatch));
    auto after = std::upper_bound(sizes.begin(), sizes.end(), i);
    EXPECT_EQ(report.first_bad(), *(after - 1)) << i;
    EXPECT_EQ(report.signed_size, *(after - 1));
  }
}

TEST_F(case_43, the_whole_chain_rehashed_and_signed_by_another_key) {
  auto log = honest;
  forge_everything_from(log, 3, [](entry_fields& e) { e.actor = "judge:x"; });
  auto whole = log.rows;
  log.checkpoints.clear();
  for (auto n : {0u, 6u, 13u, 20u}) {
    log.rows.assign(whole.begin(), whole.begin() + n);
    forge_head(log);
    append_checkpoint(log, key_of(origin, seed_2));
  }
  log.rows = whole;
  forge_head(log);
  EXPECT_TRUE(has(log.verify(), finding_kind::bad_checkpoint));
  // Together with what was signed before it is a fork for everybody to see.
  log.checkpoints.push_back(honest.checkpoints.back());
  EXPECT_TRUE(has(log.verify(), finding_kind::fork));
  EXPECT_TRUE(has(log.verify(), finding_kind::root_mismatch));
}

TEST_F(case_43, every_part_of_the_head_row) {
  auto log = honest;
  log.head.root[5] ^= 1;
  EXPECT_TRUE(has(log.verify(), finding_kind::head_mismatch));
  log = honest;
  --log.head.size;
  EXPECT_TRUE(has(log.verify(), finding_kind::head_mismatch));
  log = honest;
  ++log.head.size;
  EXPECT_TRUE(has(log.verify(), finding_kind::truncated));
  for (std::size_t i = 0; i < honest.head.frontier.size(); ++i) {
    log = honest;
    log.head.frontier[i][0] ^= 1;
    EXPECT_TRUE(has(log.verify(), finding_kind::head_mismatch));
  }
  log = honest;
  log.head.frontier.pop_back();
  EXPECT_TRUE(has(log.verify(), finding_kind::head_mismatch));
}

TEST_F(case_43, every_unhashed_field_of_the_old_kind_is_hashed_here) {
  // Metadata, actor, time and device were outside the hash before.
  std::vector<std::function<void(entry_fields&)>> edits{
    [](entry_fields& e) { e.actor = "judge:j3"; },
    [](entry_fields& e) { e.kind = "score.void"; },
    [](entry_fields& e) { e.t.count += 1; },
    [](entry_fields& e) { e.data = json::object{}; },
    [](entry_fields& e) { e.cmd.reset(); },
  };
  for (std::size_t i = 1; i < size; ++i)
    for (const auto& edit : edits) {
      auto log = honest;
      auto entry = *parse_entry(log.rows[i].bytes);
      edit(entry);
      log.rows[i].bytes = bytes_of(entry);
      EXPECT_FALSE(log.verify().sound());
      EXPECT_EQ(log.verify().first_bad(), i);
    }
}

} // namespace ringside::audit
