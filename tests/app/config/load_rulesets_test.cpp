#include "app/config/load_rulesets.hpp"
#include "app/config/yaml_file.hpp"
#include "tests/app/config/yaml_fixture.hpp"

#include <algorithm>
#include <sstream>

namespace ringside::config::test {

namespace {

namespace fs = std::filesystem;

class rulesets_on_disk : public yaml_fixture {
protected:
  static fs::path shipped_dir() {
    return fs::path{RINGSIDE_SOURCE_DIR} / "config" / "rulesets";
  }

  static std::string shipped_text(const std::string& id) {
    std::ifstream file{shipped_dir() / (id + ".yaml"), std::ios::binary};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  /// A shipped file with one place changed; notes the line of the place.
  fs::path damaged(const std::string& id, const std::string& from,
                   const std::string& to) {
    auto text = shipped_text(id);
    auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    line
      = 1 + std::count(text.begin(), text.begin() + std::ptrdiff_t(at), '\n');
    return write(id + ".yaml", text.replace(at, from.size(), to));
  }

  void expect_refused(const fs::path& path, const std::string& what) const {
    auto got = load_ruleset(path);
    ASSERT_FALSE(got) << what;
    auto start = path.string() + ":" + std::to_string(line) + ": ";
    auto& detail = got.reason().detail;
    EXPECT_NE(detail.find(start), std::string::npos) << detail;
    EXPECT_NE(detail.find(what), std::string::npos) << detail;
  }

  std::ptrdiff_t line = 0;
};

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

TEST_F(rulesets_on_disk, every_shipped_one_loads_and_validates) {
  auto all = load_rulesets(shipped_dir());
  ASSERT_TRUE(all) << all.reason().detail;
  for (auto id : {"boxing_amateur",
                  "boxing_computer_1989",
                  "boxing_unified",
                  "boxing_wbc",
                  "glory",
                  "k1",
                  "kickboxing_abc",
                  "mma_abc_2017",
                  "mma_abc_2025",
                  "mma_demo",
                  "mma_kansas_open_scoring",
                  "mma_legacy_2001",
                  "mma_unified_2009",
                  "muay_thai_lumpinee",
                  "muay_thai_ontario",
                  "muay_thai_stadium",
                  "muay_thai_wmc",
                  "one_mixed",
                  "one_mma",
                  "rizin",
                  "ufc_bjj"})
    EXPECT_NE(all->find(id), nullptr) << id;
  EXPECT_EQ(all->all().size(), 21u);
}

TEST_F(rulesets_on_disk, every_shipped_one_says_where_it_comes_from) {
  auto all = load_rulesets(shipped_dir());
  ASSERT_TRUE(all);
  for (const auto& rules : all->all()) {
    EXPECT_FALSE(rules.notes.empty()) << rules.id;
    for (const auto& note : rules.notes)
      // A verified fact has an address that somebody can open.
      EXPECT_TRUE(note.mark != rules::provenance::verified
                  || note.source.find("http") == 0)
        << rules.id << ": " << note.source;
  }
}

TEST_F(rulesets_on_disk, the_round_of_a_foul_stop_counts_since_2009) {
  auto all = load_rulesets(shipped_dir());
  ASSERT_TRUE(all);
  const auto& old = *all->find("mma_legacy_2001");
  const auto& later = *all->find("mma_unified_2009");
  EXPECT_EQ(later.effective_from, "2009-07-30");
  EXPECT_EQ(old.accidental_foul.partial, rules::incomplete_round::not_scored);
  EXPECT_EQ(later.accidental_foul.partial, rules::incomplete_round::scored);
  EXPECT_EQ(later.scale.loser_min, old.scale.loser_min);
}

TEST_F(rulesets_on_disk, every_mma_operator_finds_the_same_words) {
  auto all = load_rulesets(shipped_dir());
  ASSERT_TRUE(all);
  for (const auto& rules : all->all()) {
    if (rules.discipline != rules::sport::mma)
      continue;
    for (auto word : {"jab", "cross", "hook", "uppercut", "elbow", "knee",
                      "kick", "ground_strike", "punch", "strike"})
      EXPECT_TRUE(holds(rules.techniques, word)) << rules.id << " " << word;
    EXPECT_EQ(rules.control_kinds,
              (std::vector<std::string>{"top", "back", "cage", "clinch"}))
      << rules.id;
  }
}

TEST_F(rulesets_on_disk, values_arrive_where_they_belong) {
  auto lumpinee = load_ruleset(shipped_dir() / "muay_thai_lumpinee.yaml");
  ASSERT_TRUE(lumpinee) << lumpinee.reason().detail;
  EXPECT_EQ(lumpinee->scale.base, points{50});
  EXPECT_EQ(lumpinee->scale.step, points{5});
  EXPECT_EQ(lumpinee->scale.loser_min, points{30});
  EXPECT_EQ(lumpinee->scale.reason_from_margin, std::nullopt);
  EXPECT_EQ(lumpinee->rounds.rest_s, 120);
  auto amateur = load_ruleset(shipped_dir() / "boxing_amateur.yaml");
  ASSERT_TRUE(amateur);
  EXPECT_EQ(amateur->judges.count, 5);
  EXPECT_EQ(amateur->judges.entry_deadline_s, 15);
  EXPECT_TRUE(amateur->judges.nominate_on_tie);
  auto wbc = load_ruleset(shipped_dir() / "boxing_wbc.yaml");
  ASSERT_TRUE(wbc);
  EXPECT_EQ(wbc->open_scoring.after_rounds, (std::vector<int>{4, 8}));
  auto mixed = load_ruleset(shipped_dir() / "one_mixed.yaml");
  ASSERT_TRUE(mixed);
  EXPECT_TRUE(mixed->no_judging);
  EXPECT_EQ(mixed->rounds.discipline[0], rules::sport::muay_thai);
  EXPECT_EQ(mixed->rounds.discipline[1], rules::sport::mma);
  auto rizin = load_ruleset(shipped_dir() / "rizin.yaml");
  ASSERT_TRUE(rizin);
  EXPECT_EQ(rizin->criteria[0].weight, 50);
  EXPECT_FALSE(rizin->fouls.floor_at_zero);
}

TEST_F(rulesets_on_disk, cameras_count_what_the_rules_say_and_else_nothing) {
  auto plain = load_ruleset(shipped_dir() / "mma_abc_2025.yaml");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->cameras, rules::camera_counting::none);
  const auto* after = "four_one_is_majority: false\n";
  for (auto word : {"none", "strikes", "strikes_with_human"}) {
    auto set = load_ruleset(
      damaged("k1", after, std::string{after} + "cameras: " + word + "\n"));
    ASSERT_TRUE(set) << set.reason().detail;
    EXPECT_EQ(text_of(set->cameras), word);
  }
  auto wrong = damaged("k1", after, std::string{after} + "cameras: strike\n");
  ++line;
  expect_refused(wrong, "did you mean 'strikes'?");
  wrong = damaged("k1", after, std::string{after} + "cameras: points\n");
  ++line;
  expect_refused(wrong, "cameras");
}

TEST_F(rulesets_on_disk, a_misspelt_key_is_refused_with_line_and_hint) {
  expect_refused(damaged("k1", "  count_default:", "  count_defualt:"),
                 "unknown key 'rounds.count_defualt'; did you mean "
                 "'count_default'?");
  expect_refused(damaged("k1", "unit: round", "units: round"),
                 "unknown key 'units'; did you mean 'unit'?");
}

TEST_F(rulesets_on_disk, wrong_values_are_refused_at_their_line) {
  expect_refused(damaged("k1", "rest_s: 60", "rest_s: long"),
                 "'rounds.rest_s' must be an integer");
  expect_refused(damaged("k1", "unit: round", "unit: rounds"),
                 "did you mean 'round'?");
  expect_refused(damaged("k1", "  count: 3\n", "  count: 4\n"),
                 "judges.count: must be 0, 3 or 5");
  expect_refused(damaged("k1", "  step: 1\n", "  step: 0.25\n"),
                 "'scale.step' must be points");
  expect_refused(
    damaged("k1", "criteria:\n  - id: knockdowns", "criteria:\n  - id: damage"),
    "criteria.id: 'damage' stands twice");
}

TEST_F(rulesets_on_disk, a_key_that_stands_twice_is_refused) {
  auto path = damaged("k1", "rest_s: 60", "rest_s: 60\n  rest_s: 60");
  ++line;
  expect_refused(path, "key 'rounds.rest_s' stands twice");
}

TEST_F(rulesets_on_disk, the_id_must_be_the_name_of_the_file) {
  write("other.yaml", shipped_text("k1"));
  auto got = load_ruleset(dir / "other.yaml");
  ASSERT_FALSE(got);
  EXPECT_NE(got.reason().detail.find("'id' must be the name of the file"),
            std::string::npos);
}

TEST_F(rulesets_on_disk, problems_of_all_files_come_together) {
  damaged("k1", "rest_s: 60", "rest_s: 601");
  damaged("glory", "version: 1", "version: 0");
  write("boxing_wbc.yaml", shipped_text("boxing_wbc"));
  auto got = load_rulesets(dir);
  ASSERT_FALSE(got);
  for (auto part : {"k1.yaml:", "rounds.rest_s", "glory.yaml:", "version"})
    EXPECT_NE(got.reason().detail.find(part), std::string::npos)
      << got.reason().detail;
}

TEST_F(rulesets_on_disk, a_directory_without_rule_sets_is_refused) {
  EXPECT_EQ(load_rulesets(dir).reason().code, ec::not_found);
  EXPECT_EQ(load_rulesets(dir / "absent").reason().code, ec::io_error);
  write("README.md", "text");
  EXPECT_EQ(load_rulesets(dir).reason().code, ec::not_found);
  write("k1.yml", shipped_text("k1"));
  EXPECT_NE(load_rulesets(dir).reason().detail.find("must be named .yaml"),
            std::string::npos);
}

/// Whatever line is lost, the loader either reads a sound rule set or says
/// which file is wrong; it never crashes and never takes half a rule set.
TEST_F(rulesets_on_disk, a_lost_line_is_noticed_or_harmless) {
  for (auto id : {"rizin", "k1", "muay_thai_ontario", "boxing_computer_1989"}) {
    auto text = shipped_text(id);
    int refused = 0;
    for (std::size_t at = 0; at < text.size();) {
      auto end = text.find('\n', at) + 1;
      auto path = write(std::string{id} + ".yaml",
                        text.substr(0, at) + text.substr(end));
      auto got = load_ruleset(path);
      if (!got) {
        ++refused;
        EXPECT_EQ(got.reason().detail.find(path.string() + ":"), 0u)
          << got.reason().detail;
      }
      at = end;
    }
    EXPECT_GT(refused, 60) << id;
  }
}

} // namespace ringside::config::test
