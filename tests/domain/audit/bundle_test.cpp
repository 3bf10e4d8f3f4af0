#include "domain/audit/bundle_verifier.hpp"
#include "domain/audit/merkle.hpp"
#include "tests/domain/audit/sample_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ringside::audit {

namespace {

using namespace vectors;
using file_list = std::vector<bundle_file>;

std::vector<hash> leaves_of(const sample_log& log) {
  std::vector<hash> leaves;
  for (const auto& row : log.rows)
    leaves.push_back(row.leaf);
  return leaves;
}

/// The bundle of one bout of an honest log, sealed at its end.
bundle_source sample_source(const std::string& bout,
                            const std::vector<std::string>& beside = {}) {
  auto log = honest_log();
  append_personal(log, "b-1", "the corner shouted");
  for (int i = 0; i < 3; ++i)
    for (const auto& chain : beside)
      append_entry(log, chain);
  append_checkpoint(log, key_of(origin, seed_1));
  auto leaves = leaves_of(log);
  bundle_source source;
  source.origin = origin;
  source.bout = bout;
  source.program = "ringside test";
  source.note = log.checkpoints.back().note;
  source.keys = log.options.keys;
  for (const auto& row : log.rows)
    if (row.bout == bout)
      source.entries.push_back(
        {row.seq, row.bytes, *inclusion_proof(leaves, row.seq), row.personal});
  for (const auto& chain : beside) {
    source.beside.push_back({chain, {}});
    for (const auto& row : log.rows)
      if (row.bout == chain)
        source.beside.back().entries.push_back(
          {row.seq, row.bytes, *inclusion_proof(leaves, row.seq), {}});
  }
  source.ruleset = "{\"id\":\"mma\"}";
  source.result = "{\"winner\":\"red\"}";
  return source;
}

class bundle_test : public testing::Test {
protected:
  file_list files = *make_bundle(sample_source("b-1"), key_of(origin, seed_1));
  bundle_options given{{{key_of(origin, seed_1).verifier()}}, 100};

  std::string& text_of_file(std::string_view name) {
    auto i = std::find_if(files.begin(), files.end(),
                          [&](const auto& f) { return f.name == name; });
    EXPECT_NE(i, files.end()) << name;
    return i->bytes;
  }

  std::size_t entries() const {
    return static_cast<std::size_t>(
      std::count_if(files.begin(), files.end(), [](const auto& f) {
        return f.name.starts_with("entries/");
      }));
  }

  std::uint64_t index_of(std::uint64_t number) {
    return parse_entry(text_of_file(entry_file_name(number)))->seq;
  }

  bundle_report checked() {
    auto report = verify_bundle(files, given);
    EXPECT_TRUE(report) << (report ? "" : report.reason().detail);
    return report ? *report : bundle_report{};
  }

  void drop(std::string_view name) {
    std::erase_if(files, [&](const auto& f) { return f.name == name; });
  }

  /// The first finding names the entry `number` by position and file.
  void expect_named(std::uint64_t index, const std::string& file,
                    const std::string& what = {}) {
    auto report = checked();
    ASSERT_FALSE(report.sound()) << what;
    const auto& first = report.findings.front();
    EXPECT_TRUE(names_entry(first.kind)) << what << first.detail;
    EXPECT_EQ(first.index, index) << what << first.detail;
    EXPECT_NE(first.detail.find(file), std::string::npos) << first.detail;
  }
};

} // namespace

TEST_F(bundle_test, an_honest_bundle_is_sound) {
  auto report = checked();
  EXPECT_TRUE(report.sound()) << report.findings.front().detail;
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.proved, entries());
  EXPECT_GT(report.proved, 5u);
  EXPECT_EQ(report.manifest.bout, "b-1");
  ASSERT_TRUE(report.head);
  EXPECT_EQ(report.head->size, 26u);
  EXPECT_EQ(report.personal, 1u);
  EXPECT_EQ(report.erased, 0u);
  EXPECT_TRUE(report.keys_given);
}

TEST_F(bundle_test, without_a_key_it_warns_and_is_sound) {
  given.keys.clear();
  auto report = checked();
  EXPECT_TRUE(report.sound());
  EXPECT_FALSE(report.keys_given);
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].kind, finding_kind::unsigned_checkpoint);
}

TEST_F(bundle_test, case_43_every_flipped_byte_of_every_entry_is_named) {
  for (std::uint64_t n = 0; n < entries(); ++n) {
    auto& bytes = text_of_file(entry_file_name(n));
    auto index = index_of(n);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
      expect_named(index, entry_file_name(n), "byte " + std::to_string(at));
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
    }
  }
}

TEST_F(bundle_test, case_43_every_flipped_byte_of_every_other_file) {
  for (auto& f : files) {
    if (f.name.starts_with("entries/"))
      continue;
    for (std::size_t at = 0; at < f.bytes.size(); ++at) {
      f.bytes[at] = static_cast<char>(f.bytes[at] ^ (1 << at % 8));
      EXPECT_FALSE(checked().sound()) << f.name << " byte " << at;
      f.bytes[at] = static_cast<char>(f.bytes[at] ^ (1 << at % 8));
    }
  }
  EXPECT_TRUE(checked().sound());
}

TEST_F(bundle_test, case_43_an_altered_personal_text_names_its_entry) {
  auto last = entries() - 1;
  auto& text = text_of_file(personal_file_name(last));
  auto index = index_of(last);
  for (std::size_t at = 0; at < text.size(); ++at) {
    text[at] = static_cast<char>(text[at] ^ (1 << at % 8));
    expect_named(index, personal_file_name(last), "byte " + std::to_string(at));
    text[at] = static_cast<char>(text[at] ^ (1 << at % 8));
  }
  EXPECT_TRUE(checked().sound());
  files.push_back(
    {personal_file_name(0), text_of_file(personal_file_name(last))});
  EXPECT_FALSE(checked().sound()) << "no entry commits to it";
}

TEST_F(bundle_test, every_dropped_file_is_named) {
  auto all = files;
  for (const auto& f : all) {
    files = all;
    drop(f.name);
    auto report = verify_bundle(files, given);
    if (f.name == manifest_name) {
      ASSERT_FALSE(report);
      EXPECT_EQ(report.reason().code, ec::malformed);
      continue;
    }
    ASSERT_TRUE(report);
    if (f.name.starts_with("personal/")) {
      EXPECT_TRUE(report->sound()) << report->findings.front().detail;
      EXPECT_EQ(report->erased, 1u);
      EXPECT_EQ(report->personal, 0u);
      continue;
    }
    ASSERT_FALSE(report->sound()) << f.name;
    auto stem = f.name.substr(f.name.find('/') + 1, 6);
    EXPECT_NE(report->findings.front().detail.find(stem), std::string::npos)
      << f.name << ": " << report->findings.front().detail;
  }
}

TEST_F(bundle_test, a_dropped_entry_with_its_proof) {
  auto index = index_of(2);
  drop(entry_file_name(2));
  drop(proof_file_name(2));
  auto report = checked();
  ASSERT_EQ(report.errors_total, 1u);
  EXPECT_NE(report.findings[0].detail.find("entries/000002.json"),
            std::string::npos);
  // Nothing of it is left, so its position is at most that.
  EXPECT_LE(report.findings[0].index, index);
}

TEST_F(bundle_test, two_swapped_entries_are_both_named) {
  auto a = index_of(1);
  auto b = index_of(4);
  std::swap(text_of_file(entry_file_name(1)), text_of_file(entry_file_name(4)));
  auto report = checked();
  EXPECT_EQ(report.errors_total, 2u);
  EXPECT_EQ(report.findings[0].index, a);
  EXPECT_EQ(report.findings[1].index, b);
  // With their proofs they are in the log, but not at these places.
  std::swap(text_of_file(proof_file_name(1)), text_of_file(proof_file_name(4)));
  report = checked();
  EXPECT_EQ(report.errors_total, 2u);
  EXPECT_EQ(report.findings[0].kind, finding_kind::seq_gap);
}

TEST_F(bundle_test, an_added_entry_is_named) {
  auto n = entries();
  files.push_back({entry_file_name(n), text_of_file(entry_file_name(n - 1))});
  expect_named(index_of(n - 1), entry_file_name(n));
  files.push_back({proof_file_name(n), text_of_file(proof_file_name(n - 1))});
  expect_named(index_of(n - 1), entry_file_name(n));
}

TEST_F(bundle_test, a_file_that_is_there_twice_or_does_not_belong) {
  files.push_back({"result.json", "{\"winner\":\"blue\"}"});
  EXPECT_FALSE(checked().sound());
  files.pop_back();
  files.push_back({"extra.txt", "hello"});
  EXPECT_FALSE(checked().sound());
}

TEST_F(bundle_test, a_foreign_key) {
  given.keys = {{key_of(origin, seed_2).verifier()}};
  auto report = checked();
  EXPECT_FALSE(report.sound());
  EXPECT_FALSE(report.head);
  // All forged by somebody else: sound by itself, not for who has the key.
  files = *make_bundle(
    [] {
      auto source = sample_source("b-1");
      auto head = parse_checkpoint(parse_note(source.note)->text);
      auto forger = key_of(origin, seed_2);
      source.note = sign_checkpoint(*head, forger);
      source.keys = {{forger.verifier()}};
      return source;
    }(),
    key_of(origin, seed_2));
  EXPECT_TRUE(checked().sound());
  given.keys = {{key_of(origin, seed_1).verifier()}};
  EXPECT_FALSE(checked().sound());
}

TEST_F(bundle_test, a_key_signs_its_own_sizes_only) {
  given.keys[0].to = 26;
  EXPECT_FALSE(checked().sound());
  given.keys[0].to = 27;
  EXPECT_TRUE(checked().sound());
}

TEST_F(bundle_test, an_entry_of_another_bout_has_no_place) {
  auto other = sample_source("b-2");
  text_of_file(entry_file_name(0)) = other.entries[0].bytes;
  text_of_file(proof_file_name(0)) = [&] {
    auto all = *make_bundle(other, key_of(origin, seed_1));
    return std::find_if(
             all.begin(), all.end(),
             [](const auto& f) { return f.name == proof_file_name(0); })
      ->bytes;
  }();
  expect_named(other.entries[0].index, entry_file_name(0));
}

/// A bundle with two chains of the node that are about the bout.
class bundle_beside : public bundle_test {
protected:
  void SetUp() override {
    files = *make_bundle(sample_source("b-1", {"_fused.b-1", "_hybrid.b-1"}),
                         key_of(origin, seed_1));
  }

  static std::string name(const std::string& chain, std::uint64_t n) {
    return chain_folder(chain) + entry_file_name(n);
  }
};

TEST_F(bundle_beside, chains_beside_the_bout_are_proved) {
  auto report = checked();
  EXPECT_TRUE(report.sound()) << report.findings.front().detail;
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.proved, entries());
  EXPECT_EQ(report.proved_beside, 6u);
  ASSERT_EQ(report.manifest.beside.size(), 2u);
  EXPECT_EQ(report.manifest.beside[1].name, "_hybrid.b-1");
  EXPECT_EQ(report.manifest.beside[1].entries, 3u);
  auto text = manifest_text(report.manifest);
  EXPECT_EQ(*parse_manifest(text), report.manifest);
}

TEST_F(bundle_beside, case_43_every_flipped_byte_of_a_chain_is_named) {
  for (const auto* chain : {"_fused.b-1", "_hybrid.b-1"})
    for (std::uint64_t n = 0; n < 3; ++n) {
      auto& bytes = text_of_file(name(chain, n));
      auto index = parse_entry(bytes)->seq;
      for (std::size_t at = 0; at < bytes.size(); ++at) {
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
        expect_named(index, name(chain, n), "byte " + std::to_string(at));
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
      }
    }
}

TEST_F(bundle_beside, every_dropped_file_of_a_chain_is_named) {
  auto all = files;
  for (const auto& f : all) {
    if (!f.name.starts_with("beside/"))
      continue;
    files = all;
    drop(f.name);
    auto report = checked();
    ASSERT_FALSE(report.sound()) << f.name;
    EXPECT_NE(report.findings.front().detail.find("beside/_"),
              std::string::npos)
      << f.name << ": " << report.findings.front().detail;
  }
  files = all;
  std::erase_if(
    files, [](const auto& f) { return f.name.starts_with("beside/_fused"); });
  auto report = checked();
  EXPECT_FALSE(report.sound()) << "the whole chain";
  EXPECT_EQ(report.findings.front().bout, "_fused.b-1");
}

TEST_F(bundle_beside, entries_of_two_chains_cannot_change_places) {
  for (std::uint64_t n = 0; n < 3; ++n) {
    std::swap(text_of_file(name("_fused.b-1", n)),
              text_of_file(name("_hybrid.b-1", n)));
    std::swap(text_of_file(chain_folder("_fused.b-1") + proof_file_name(n)),
              text_of_file(chain_folder("_hybrid.b-1") + proof_file_name(n)));
  }
  auto report = checked();
  EXPECT_FALSE(report.sound());
  EXPECT_EQ(report.findings.front().kind, finding_kind::wrong_log);
}

TEST_F(bundle_beside, an_added_entry_or_chain_is_named) {
  auto all = files;
  files.push_back({name("_fused.b-1", 3), text_of_file(name("_fused.b-1", 2))});
  auto report = checked();
  ASSERT_FALSE(report.sound());
  EXPECT_NE(report.findings.front().detail.find(name("_fused.b-1", 3)),
            std::string::npos);
  files = all;
  files.push_back({name("_other.b-1", 0), text_of_file(name("_fused.b-1", 0))});
  EXPECT_FALSE(checked().sound());
}

TEST_F(bundle_beside, without_a_manifest_that_reads_entries_are_named) {
  text_of_file(manifest_name) = "nonsense";
  auto& bytes = text_of_file(name("_hybrid.b-1", 1));
  bytes[bytes.size() / 2] ^= 1;
  auto report = checked();
  ASSERT_FALSE(report.sound());
  EXPECT_NE(report.findings.front().detail.find(name("_hybrid.b-1", 1)),
            std::string::npos);
}

TEST_F(bundle_test, manifest_and_keyring_are_read_back) {
  bundle_manifest m{"o",
                    "b",
                    "p",
                    3,
                    leaf_hash("x"),
                    9,
                    leaf_hash("y"),
                    {{"a", leaf_hash("z")}}};
  auto back = parse_manifest(manifest_text(m));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, m);
  std::vector<log_key> keys{{key_of(origin, seed_1).verifier(), 0, 7},
                            {key_of(origin, seed_2).verifier(), 7}};
  auto ring = parse_keyring(keyring_text(keys));
  ASSERT_TRUE(ring);
  ASSERT_EQ(ring->size(), 2u);
  EXPECT_EQ((*ring)[0].to, 7u);
  EXPECT_EQ((*ring)[1].from, 7u);
  EXPECT_EQ((*ring)[1].to, keys[1].to);
}

TEST_F(bundle_test, the_readme_says_how_to_check_it) {
  const auto& text = text_of_file("README.txt");
  for (const auto* words : {"b-1", "ringside verify", "--key", "exit code"})
    EXPECT_NE(text.find(words), std::string::npos) << words;
}

} // namespace ringside::audit
