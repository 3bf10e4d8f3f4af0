#include "app/csv/csv.hpp"
#include "domain/rules/derive.hpp"
#include "domain/rules/score_check.hpp"
#include "tests/domain/rules/fixture.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

/// Published decisions against our derivation. The rows themselves are not
/// part of this repository; without them these tests are skipped.
namespace ringside::rules::test {

namespace {

namespace fs = std::filesystem;

fs::path data_dir() {
  if (const auto* given = std::getenv("RINGSIDE_SHARED_DATA"))
    return given;
  return fs::path{RINGSIDE_SOURCE_DIR} / ".." / "shared" / "data";
}

std::optional<csv::table> read_table(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file)
    return std::nullopt;
  auto table = csv::read(file);
  EXPECT_TRUE(table) << path << ": " << table.reason().detail;
  return table ? std::optional{std::move(*table)} : std::nullopt;
}

using row_text = std::pair<std::string, std::string>;

/// Bouts whose recorded method differs from their cards: bout to
/// (recorded, derived).
std::map<std::string, row_text> listed_errors() {
  auto table = read_table(fs::path{RINGSIDE_SOURCE_DIR}
                          / "config/replay/known_errors.csv");
  std::map<std::string, row_text> listed;
  if (!table)
    return listed;
  for (std::size_t i = 0; i < table->rows(); ++i)
    listed[*table->find(i, "bout_id")]
      = {*table->find(i, "recorded"), *table->find(i, "derived")};
  return listed;
}

std::optional<int> number(const csv::table& table, std::size_t row,
                          const std::string& column) {
  const auto* text = table.find(row, column);
  EXPECT_NE(text, nullptr) << column;
  if (text == nullptr || text->empty())
    return std::nullopt;
  return std::stoi(*text);
}

/// The scores of the three judges of a row, or nothing if one is missing.
/// Fighter a is red here.
std::vector<per_corner<points>> three_scores(const csv::table& table,
                                             std::size_t row) {
  std::vector<per_corner<points>> out;
  for (auto judge : {"judge1", "judge2", "judge3"}) {
    auto a = number(table, row, std::string{judge} + "_a");
    auto b = number(table, row, std::string{judge} + "_b");
    if (!a || !b)
      return {};
    out.push_back({whole_points(*a), whole_points(*b)});
  }
  return out;
}

/// The words that the source uses for a panel.
std::string method_text(result_kind kind) {
  switch (kind) {
  case result_kind::unanimous_decision:
  case result_kind::unanimous_draw:
    return "Decision - Unanimous";
  case result_kind::split_decision:
  case result_kind::split_draw:
    return "Decision - Split";
  case result_kind::majority_decision:
  case result_kind::majority_draw:
    return "Decision - Majority";
  default:
    return std::string{text_of(kind)};
  }
}

std::string winner_text(std::optional<corner> winner) {
  if (!winner)
    return "draw";
  return *winner == corner::red ? "a" : "b";
}

const ruleset& mma() {
  static const auto rules = shipped("mma_abc_2017");
  return rules;
}

/// Every difference between `derived` and the list fails, both ways.
void expect_as_listed(const std::map<std::string, row_text>& differing,
                      const std::map<std::string, row_text>& listed) {
  for (const auto& [bout, texts] : differing) {
    auto known = listed.find(bout);
    EXPECT_TRUE(known != listed.end() && known->second == texts)
      << bout << ": recorded '" << texts.first << "', derived '" << texts.second
      << "' is not listed in known_errors.csv";
  }
}

} // namespace

TEST(real_data, totals_give_the_recorded_winner_and_method) {
  auto bouts = read_table(data_dir() / "bouts_train.csv");
  if (!bouts)
    GTEST_SKIP() << "no " << data_dir() / "bouts_train.csv";
  std::map<std::string, row_text> differing;
  int compared = 0;
  for (std::size_t i = 0; i < bouts->rows(); ++i) {
    auto totals = three_scores(*bouts, i);
    if (totals.empty())
      continue;
    ++compared;
    auto got = derive_from_totals(mma(), totals);
    ASSERT_TRUE(got) << got.reason().detail;
    const auto& bout = *bouts->find(i, "bout_id");
    EXPECT_EQ(winner_text(got->winner), *bouts->find(i, "winner")) << bout;
    if (method_text(got->kind) != *bouts->find(i, "method"))
      differing[bout] = {*bouts->find(i, "method"), method_text(got->kind)};
  }
  auto listed = listed_errors();
  expect_as_listed(differing, listed);
  for (const auto& [bout, texts] : listed)
    EXPECT_TRUE(differing.count(bout))
      << bout << " is listed in known_errors.csv but does not differ";
  // The set has 2'950 decisions with three totals.
  EXPECT_GE(compared, 2'900);
  RecordProperty("decisions_compared", compared);
  std::printf("compared %d decisions, %zu differ\n", compared,
              differing.size());
}

namespace {

struct round_cards {
  std::vector<judge_card> cards{3};
  std::vector<deductions> taken;
  int complete = 0;
};

/// Takes a row in: what the judge saw is the published score with the
/// deductions added back.
void add_round(round_cards& bout, const csv::table& rounds, std::size_t row) {
  auto scores = three_scores(rounds, row);
  auto round = static_cast<std::size_t>(*number(rounds, row, "round"));
  if (scores.empty())
    return;
  ++bout.complete;
  if (bout.taken.size() < round)
    bout.taken.resize(round);
  bout.taken[round - 1] = {whole_points(number(rounds, row, "ded_a").value()),
                           whole_points(number(rounds, row, "ded_b").value())};
  for (std::size_t seat = 0; seat < 3; ++seat) {
    auto& card = bout.cards[seat];
    if (card.rounds.size() < round)
      card.rounds.resize(round);
    auto raw = scores[seat];
    for (auto side : both_corners)
      raw[side] += bout.taken[round - 1][side];
    card.rounds[round - 1] = round_score{raw};
  }
}

/// One judge must sit in one seat through the bout; the source says that the
/// order of judges has no meaning.
bool same_seats(const csv::table& rounds, std::size_t a, std::size_t b) {
  for (auto column : {"judge1_name", "judge2_name", "judge3_name"})
    if (*rounds.find(a, column) != *rounds.find(b, column))
      return false;
  return true;
}

} // namespace

TEST(real_data, rounds_and_deductions_give_the_recorded_result) {
  auto bouts = read_table(data_dir() / "bouts_train.csv");
  auto rounds = read_table(data_dir() / "rounds_train.csv");
  if (!bouts || !rounds)
    GTEST_SKIP() << "no " << data_dir() / "rounds_train.csv";
  std::map<std::string, round_cards> by_bout;
  std::map<std::string, std::size_t> first_row;
  for (std::size_t i = 0; i < rounds->rows(); ++i) {
    const auto& bout = *rounds->find(i, "bout_id");
    auto first = first_row.emplace(bout, i).first->second;
    ASSERT_TRUE(same_seats(*rounds, first, i)) << bout;
    add_round(by_bout[bout], *rounds, i);
  }
  auto listed = listed_errors();
  std::map<std::string, row_text> differing;
  int compared = 0;
  int deducted = 0;
  for (std::size_t i = 0; i < bouts->rows(); ++i) {
    const auto& bout = *bouts->find(i, "bout_id");
    auto cards = by_bout.find(bout);
    decision_scope scope;
    scope.scheduled_rounds = number(*bouts, i, "scheduled_rounds").value();
    scope.rounds_counted = number(*bouts, i, "rounds_fought").value();
    if (cards == by_bout.end()
        || cards->second.complete != scope.rounds_counted)
      continue;
    // A bout cut short after a foul went to the cards as a technical one.
    scope.technical = scope.rounds_counted < scope.scheduled_rounds;
    auto got
      = derive_decision(mma(), cards->second.cards, cards->second.taken, scope);
    ASSERT_TRUE(got) << bout << ": " << got.reason().detail;
    ++compared;
    for (const auto& round : cards->second.taken)
      deducted += round != deductions{};
    EXPECT_EQ(winner_text(got->winner), *bouts->find(i, "winner")) << bout;
    auto panel = method_text(got->panel.value_or(got->kind));
    if (panel != *bouts->find(i, "method"))
      differing[bout] = {*bouts->find(i, "method"), panel};
  }
  expect_as_listed(differing, listed);
  EXPECT_GE(compared, 2'000);
  EXPECT_GE(deducted, 30);
  std::printf("compared %d bouts with %d deducted rounds, %zu differ\n",
              compared, deducted, differing.size());
}

TEST(real_data, every_published_score_is_one_that_the_rules_allow) {
  auto rounds = read_table(data_dir() / "rounds_train.csv");
  if (!rounds)
    GTEST_SKIP() << "no " << data_dir() / "rounds_train.csv";
  // The source records this bout's deduction under the wrong round.
  const std::string known = "ff872fa3e9ec32a9";
  int checked = 0;
  int refused_in_known = 0;
  for (std::size_t i = 0; i < rounds->rows(); ++i) {
    round_cards one;
    add_round(one, *rounds, i);
    for (const auto& card : one.cards)
      for (const auto& score : card.rounds) {
        if (!score)
          continue;
        ++checked;
        auto got = score_check(mma(), *score, true);
        if (*rounds->find(i, "bout_id") == known)
          refused_in_known += !got;
        else
          EXPECT_TRUE(got) << *rounds->find(i, "bout_id") << ": "
                           << got.reason().detail;
      }
  }
  EXPECT_GE(checked, 19'000);
  EXPECT_EQ(refused_in_known, 6);
}

} // namespace ringside::rules::test
