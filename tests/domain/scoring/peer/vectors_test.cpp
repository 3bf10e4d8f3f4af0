#include "domain/scoring/peer/e1.hpp"
#include "domain/scoring/peer/engine.hpp"
#include "domain/scoring/peer/icvss.hpp"
#include "domain/scoring/peer/v3.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

namespace ringside::scoring::peer::test {

namespace {

using nlohmann::json;

const json& vectors() {
  static const auto all = json::parse(
    std::ifstream{RINGSIDE_SOURCE_DIR "/tests/data/scoring/peer_vectors.json"});
  return all;
}

log_event event_of(const json& item, const json& more) {
  log_event e;
  e.corner = parse_corner(item.at(0).get<std::string>()).value();
  e.type = item.at(1);
  if (more.contains("duration_s"))
    e.duration_s = more["duration_s"].get<double>();
  e.severity = more.value("severity", 1.0);
  e.confidence = more.value("confidence", 1.0);
  if (more.value("source", "") == "judge")
    e.source = log_source::judge;
  return e;
}

/// Words that do not exist in the file are a mistake of the file, not a pass.
std::vector<log_event> log_of(const json& test) {
  std::vector<log_event> log;
  auto step_ms = test.value("step_s", 1) * 1'000;
  std::int64_t now_ms = 0;
  for (const auto& item : test.at("events")) {
    auto more = item.size() > 3 ? item[3] : json::object();
    if (more.contains("after_s"))
      now_ms += more["after_s"].get<int>() * 1'000 - step_ms;
    for (int i = 0; i < item.at(2).get<int>(); ++i) {
      now_ms += step_ms;
      log.push_back(event_of(item, more));
      log.back().at_ms = now_ms;
    }
  }
  return log;
}

per_corner<int> card_of(const json& value) {
  return {value.at(0), value.at(1)};
}

std::optional<corner> winner_of(const json& value) {
  return parse_corner(value.get<std::string>());
}

std::vector<log_event> mirrored(std::vector<log_event> log) {
  for (auto& e : log)
    e.corner = opponent(e.corner);
  return log;
}

void expect_v3(const v3_config& config, const json& test, const char* profile) {
  SCOPED_TRACE("vector " + test.at("no").get<std::string>() + ", " + profile);
  const auto& expected = test.at(profile);
  auto got = score_v3(config, log_of(test));
  EXPECT_NEAR(got.raw.red, expected.at("red").get<double>(), 1e-2);
  EXPECT_NEAR(got.raw.blue, expected.at("blue").get<double>(), 1e-2);
  EXPECT_EQ(got.winner, winner_of(expected.at("winner")));
  EXPECT_EQ(got.reason, expected.at("reason").get<std::string>());
  EXPECT_EQ(got.card, card_of(expected.at("card")));
}

} // namespace

TEST(peer_vectors, are_all_there) {
  EXPECT_EQ(vectors().at("v3").size(), 27u);
  EXPECT_EQ(vectors().at("icvss").size(), 10u);
  EXPECT_EQ(vectors().at("e1").size(), 9u);
  EXPECT_EQ(vectors().at("scenarios").size(), 10u);
}

TEST(peer_vectors, engine_a_gives_them_with_both_sets_of_numbers) {
  for (const auto& test : vectors().at("v3")) {
    expect_v3(v3_code(), test, "code");
    expect_v3(v3_prd(), test, "prd");
  }
}

TEST(peer_vectors, engine_e_gives_them) {
  for (const auto& test : vectors().at("icvss")) {
    SCOPED_TRACE(test.at("name").get<std::string>());
    auto got = score_icvss(log_of(test));
    EXPECT_NEAR(got.total.red, test.at("red").get<double>(), 1e-3);
    EXPECT_NEAR(got.total.blue, test.at("blue").get<double>(), 1e-3);
    EXPECT_EQ(got.card, card_of(test.at("card")));
  }
}

TEST(peer_vectors, engine_f_gives_them) {
  for (const auto& test : vectors().at("e1")) {
    SCOPED_TRACE(test.at("name").get<std::string>());
    auto got = score_e1(log_of(test));
    EXPECT_NEAR(got.total.red, test.at("red").get<double>(), 1e-3);
    EXPECT_NEAR(got.total.blue, test.at("blue").get<double>(), 1e-3);
    EXPECT_EQ(got.card, card_of(test.at("card")));
  }
}

TEST(peer_vectors, ten_scenarios_give_the_cards_of_every_engine) {
  for (const auto& test : vectors().at("scenarios"))
    for (auto which : all_engines) {
      SCOPED_TRACE(test.at("name").get<std::string>() + ", "
                   + std::string{text_of(which)});
      auto expected = card_of(test.at("cards").at(text_of(which)));
      EXPECT_EQ(judge(which, log_of(test)).card, expected);
    }
}

TEST(peer_vectors, exchanged_corners_give_the_mirrored_verdict) {
  for (const auto* list : {"v3", "scenarios"})
    for (const auto& test : vectors().at(list))
      for (auto which : all_engines) {
        auto log = log_of(test);
        auto plain = judge(which, log);
        auto other = judge(which, mirrored(log));
        SCOPED_TRACE(test.at("name").get<std::string>());
        EXPECT_EQ(plain.score_milli.red, other.score_milli.blue);
        EXPECT_EQ(plain.score_milli.blue, other.score_milli.red);
        EXPECT_EQ(plain.card.red, other.card.blue);
        EXPECT_EQ(plain.card.blue, other.card.red);
        EXPECT_EQ(plain.winner.has_value(), other.winner.has_value());
        if (plain.winner) {
          EXPECT_EQ(opponent(*plain.winner), other.winner);
        }
      }
}

TEST(peer_vectors, case_14_four_engines_disagree_on_the_winner) {
  int differ = 0;
  for (const auto& test : vectors().at("scenarios")) {
    std::set<std::optional<corner>> winners;
    for (auto which : all_engines)
      winners.insert(judge(which, log_of(test)).winner);
    differ += winners.size() > 1;
  }
  // One engine for every surface is what this project has instead.
  EXPECT_EQ(differ, 4);
}

} // namespace ringside::scoring::peer::test
