#include "domain/rules/finish.hpp"
#include "domain/rules/open_scoring.hpp"
#include "domain/rules/score_check.hpp"
#include "domain/rules/stoppage.hpp"
#include "domain/rules/technique_count.hpp"
#include "tests/domain/rules/fixture.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <map>
#include <set>

namespace ringside::rules::test {

namespace {

using nlohmann::json;

// -- from the file ------------------------------------------------------------

points points_of(const json& value) {
  return {static_cast<std::int32_t>(std::lround(value.get<double>() * 10))};
}

per_corner<points> pair_of(const json& value) {
  return {points_of(value.at(0)), points_of(value.at(1))};
}

std::optional<corner> corner_of(const json& value) {
  return value.is_string() ? parse_corner(value.get<std::string>())
                           : std::nullopt;
}

ruleset rules_of(const json& item) {
  auto rules = shipped(item.at("rules"));
  auto change = item.value("override", json::object());
  rules.judges.count = change.value("judges", rules.judges.count);
  rules.four_one_is_majority = change.value("four_one", false);
  if (change.contains("step"))
    rules.scale.step = points_of(change["step"]);
  if (change.contains("drawn")) {
    rules.judges.counted = scoring_panel::random_of_n;
    rules.judges.drawn = change["drawn"];
  }
  if (change.value("half_of_scheduled", false)) {
    rules.accidental_foul.half_of_scheduled = true;
    rules.accidental_foul.thresholds.clear();
  }
  if (change.contains("early"))
    rules.accidental_foul.early
      = parse_enum<early_stop>(change["early"].get<std::string>()).value();
  return rules;
}

std::vector<judge_card> cards_of(const json& item, const ruleset& rules) {
  std::vector<judge_card> cards(
    item.contains("cards") ? item["cards"].size()
                           : static_cast<std::size_t>(rules.judges.count));
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (item.contains("cards"))
      for (const auto& round : item["cards"][i])
        cards[i].rounds.push_back(round.is_null()
                                    ? std::optional<round_score>{}
                                    : round_score{pair_of(round)});
    if (item.contains("picks"))
      cards[i].pick = corner_of(item["picks"][i]);
    if (item.contains("criteria"))
      for (const auto& side : item["criteria"][i])
        cards[i].criteria.push_back(corner_of(side));
  }
  return cards;
}

std::vector<deductions> taken_of(const json& item) {
  std::vector<deductions> taken;
  for (const auto& round : item.value("taken", json::array()))
    taken.push_back(pair_of(round));
  return taken;
}

decision_scope scope_of(const json& item) {
  decision_scope scope;
  scope.scheduled_rounds = item.at("scheduled");
  scope.rounds_counted = item.at("counted");
  scope.technical = item.value("technical", false);
  scope.counted_seats = item.value("counted_seats", std::vector<int>{});
  return scope;
}

std::vector<per_corner<points>> totals_of(const json& list) {
  std::vector<per_corner<points>> totals;
  for (const auto& total : list)
    totals.push_back(pair_of(total));
  return totals;
}

// -- against the expectation --------------------------------------------------

template <class T>
bool refused_as_expected(const result<T>& got, const json& expect) {
  if (!expect.contains("error")) {
    EXPECT_TRUE(got) << (got ? "" : got.reason().detail);
    return !got;
  }
  EXPECT_FALSE(got) << "expected " << expect["error"];
  if (!got) {
    EXPECT_EQ(to_string(got.reason().code), expect["error"].get<std::string>());
    EXPECT_NE(got.reason().detail.find(expect["detail"].get<std::string>()),
              std::string::npos)
      << got.reason().detail;
  }
  return true;
}

void check_outcome(const result<outcome>& got, const json& expect) {
  if (refused_as_expected(got, expect))
    return;
  EXPECT_EQ(text_of(got->kind), expect["kind"].get<std::string>());
  EXPECT_EQ(got->winner, corner_of(expect.value("winner", json{})));
  EXPECT_FALSE(got->explanation.empty());
  if (expect.contains("tuple")) {
    EXPECT_EQ(got->tuple, expect["tuple"].get<std::string>());
  }
  if (expect.contains("panel")) {
    ASSERT_TRUE(got->panel);
    EXPECT_EQ(text_of(*got->panel), expect["panel"].get<std::string>());
  }
  if (expect.contains("totals")) {
    std::vector<per_corner<points>> totals;
    for (const auto& one : got->cards)
      totals.push_back(one.total);
    EXPECT_EQ(totals, totals_of(expect["totals"]));
  }
}

// -- one function for each kind of call ---------------------------------------

void run_totals(const json& item, const ruleset& rules) {
  check_outcome(derive_from_totals(rules, totals_of(item["totals"])),
                item["expect"]);
}

void run_decision(const json& item, const ruleset& rules) {
  auto cards = cards_of(item, rules);
  auto taken = taken_of(item);
  check_outcome(derive_decision(rules, cards, taken, scope_of(item)),
                item["expect"]);
}

void run_next(const json& item, const ruleset& rules) {
  auto cards = cards_of(item, rules);
  const auto& expect = item["expect"];
  auto got = next_extension(rules, cards, taken_of(item), scope_of(item));
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(text_of(got->step), expect["next"].get<std::string>());
  EXPECT_EQ(got->round, expect.value("round", 0));
  EXPECT_EQ(got->seats, expect.value("seats", std::vector<int>{}));
}

void run_foul(const json& item, const ruleset& rules) {
  foul_stop stop;
  stop.cause = parse_enum<foul_cause>(item["cause"].get<std::string>()).value();
  stop.injured = corner_of(item["injured"]).value();
  stop.scheduled_rounds = item["scheduled"];
  stop.round = item["round"];
  stop.bell_gone = item["clock_s"] >= rules.rounds.lengths_s.front();
  auto cards = cards_of(item, rules);
  auto taken = taken_of(item);
  check_outcome(derive_foul_stoppage(rules, cards, taken, stop),
                item["expect"]);
}

void run_consensus(const json& item, const ruleset& rules) {
  std::vector<press> presses;
  for (const auto& one : item["presses"])
    presses.push_back({one[0], corner_of(one[1]).value(), one[2]});
  auto got = consensus_hits(presses, rules.consensus.value());
  const auto& expect = item["expect"]["points"];
  ASSERT_EQ(got.size(), expect.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(got[i].side, corner_of(expect[i]["side"]));
    EXPECT_EQ(got[i].scored_ms, expect[i]["at"].get<std::int64_t>());
  }
}

void run_overturn(const json& item, const ruleset& rules) {
  auto old = derive_from_totals(rules, totals_of(item["totals"]));
  ASSERT_TRUE(old);
  auto kept = *old;
  overturn_order order;
  order.ground = item["ground"];
  order.kind = parse_enum<result_kind>(item["to"].get<std::string>()).value();
  order.winner = corner_of(item.value("winner", json{}));
  check_outcome(overturn(rules, *old, order), item["expect"]);
  EXPECT_EQ(*old, kept);
}

void run_finish(const json& item, const ruleset& rules) {
  finish how{item["method"], corner_of(item.value("winner", json{}))};
  auto cards = cards_of(item, rules);
  decision_scope scope;
  scope.scheduled_rounds = 3;
  scope.rounds_counted = 3;
  check_outcome(derive_result(rules, how, cards, {}, scope), item["expect"]);
}

void run_score(const json& item, const ruleset& rules) {
  auto got = score_check(rules, {pair_of(item["score"])}, item["reason"],
                         item["unfinished"]);
  refused_as_expected(got, item["expect"]);
}

void run_techniques(const json& item, const ruleset& rules) {
  per_corner<int> counts{item["counts"][0], item["counts"][1]};
  auto got = technique_count_score(rules, counts,
                                   corner_of(item.value("force", json{})));
  if (refused_as_expected(got, item["expect"]))
    return;
  EXPECT_EQ(got->raw, pair_of(item["expect"]["score"]));
}

void run_reveal(const json& item, const ruleset& rules) {
  EXPECT_EQ(reveal_after_round(rules, item["round"]),
            item["expect"]["reveal"].get<bool>());
}

using runner = void (*)(const json&, const ruleset&);

const std::map<std::string, runner>& runners() {
  static const std::map<std::string, runner> all{
    {"totals", run_totals},
    {"decision", run_decision},
    {"next", run_next},
    {"foul", run_foul},
    {"consensus", run_consensus},
    {"overturn", run_overturn},
    {"finish", run_finish},
    {"score", run_score},
    {"techniques", run_techniques},
    {"reveal", run_reveal},
  };
  return all;
}

std::vector<json> all_vectors() {
  std::ifstream file{std::string{RINGSIDE_SOURCE_DIR}
                     + "/tests/data/rules/vectors.json"};
  return json::parse(file).get<std::vector<json>>();
}

class rule_vector : public testing::TestWithParam<json> {};

} // namespace

TEST_P(rule_vector, gives_what_the_rules_say) {
  const auto& item = GetParam();
  auto run = runners().find(item.at("call"));
  ASSERT_NE(run, runners().end()) << item["call"];
  run->second(item, rules_of(item));
}

INSTANTIATE_TEST_SUITE_P(vectors, rule_vector, testing::ValuesIn(all_vectors()),
                         [](const testing::TestParamInfo<json>& one) {
                           return "v" + one.param["n"].get<std::string>() + "_"
                                  + one.param["name"].get<std::string>();
                         });

TEST(rule_vectors, hold_all_28_of_the_note) {
  std::set<std::string> there;
  for (const auto& item : all_vectors())
    EXPECT_TRUE(there.insert(item["n"].get<std::string>()).second) << item["n"];
  for (int n = 1; n <= 28; ++n)
    EXPECT_TRUE(there.count(std::to_string(n))) << n;
}

} // namespace ringside::rules::test
