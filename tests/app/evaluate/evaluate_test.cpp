#include "app/evaluate/evaluate.hpp"

#include "app/config/load_profiles.hpp"
#include "tests/app/fit/real_rounds.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <unistd.h>

#include <nlohmann/json.hpp>

namespace ringside::evaluate {
namespace {

namespace fs = std::filesystem;

scoring::profile learned_profile() {
  auto p = config::load_profile(config::default_profile_dir() / "mma_fit.yaml");
  EXPECT_TRUE(p);
  return *p;
}

/// The made-up rounds of the replay tests.
fs::path small() {
  return fs::path{RINGSIDE_SOURCE_DIR} / "tests/data/replay/rounds_small.csv";
}

/// The real rounds, or a skip.
#define REAL_ROUNDS(name)                                                      \
  auto name = fit::real_rounds();                                              \
  if (name.empty())                                                            \
  GTEST_SKIP() << "no real rounds; set RINGSIDE_SHARED_DATA"

forecast odds(int red_ppm, int red_wide_ppm = 0, int blue_wide_ppm = 0) {
  forecast f;
  f.wins = {{red_ppm}, {1'000'000 - red_ppm}};
  f.wides = {{red_wide_ppm}, {blue_wide_ppm}};
  return f;
}

} // namespace

TEST(bout_odds, add_up_over_three_rounds) {
  auto even = odds(500'000);
  auto three = odds_of_bout({&even, &even, &even}, {0, 0});
  EXPECT_NEAR(three.a_wins, 0.5, 1e-12);
  EXPECT_NEAR(three.even, 0, 1e-12);
  auto sure = odds(1'000'000);
  // Two sure rounds to one: A by a point.
  auto lost = odds(0);
  EXPECT_NEAR(odds_of_bout({&sure, &sure, &lost}, {0, 0}).a_wins, 1, 1e-12);
  // A deduction makes it even, a 10-8 for B turns it.
  EXPECT_NEAR(odds_of_bout({&sure, &sure, &lost}, {1, 0}).even, 1, 1e-12);
  auto beaten = odds(0, 0, 1'000'000);
  EXPECT_NEAR(odds_of_bout({&sure, &sure, &beaten}, {0, 0}).even, 1, 1e-12);
}

TEST(predictions, have_one_line_per_round_and_sane_numbers) {
  evaluate_options o;
  o.rounds_file = small();
  o.profile = learned_profile();
  o.draws = 10;
  auto e = run_evaluation(o);
  ASSERT_TRUE(e) << e.reason().detail;
  EXPECT_EQ(e->how, validation::none);
  std::istringstream in{predictions_csv(*e)};
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, "bout_id,round,p_a_ppm,p_wide_ppm,score_a,score_b");
  std::size_t n = 0;
  while (std::getline(in, line)) {
    ++n;
    int round = 0, p = 0, wide = 0, a = 0, b = 0;
    auto rest = line.substr(line.find(','));
    ASSERT_EQ(
      std::sscanf(rest.c_str(), ",%d,%d,%d,%d,%d", &round, &p, &wide, &a, &b),
      5)
      << line;
    EXPECT_EQ(std::max(a, b), 10);
    EXPECT_GE(std::min(a, b), 7);
    // The card agrees with the chance.
    EXPECT_TRUE(a == b || (a > b) == (p > 500'000)) << line;
    EXPECT_LE(wide, 1'000'000);
  }
  EXPECT_EQ(n, e->rows);
}

TEST(predictions, need_no_cards) {
  std::ifstream in{small()};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  for (std::size_t at = 0; (at = text.find("judge", at)) != std::string::npos;)
    text.replace(at, 5, "seat_");
  auto file = fs::temp_directory_path()
              / ("ringside-no-cards-" + std::to_string(::getpid()) + ".csv");
  std::ofstream{file} << text;
  evaluate_options o;
  o.rounds_file = file;
  o.profile = learned_profile();
  auto e = run_evaluation(o);
  fs::remove(file);
  ASSERT_TRUE(e) << e.reason().detail;
  EXPECT_EQ(e->figures.rounds, 0U);
  EXPECT_NE(text_of(*e).find("forecasts only"), std::string::npos);
  EXPECT_GT(predictions_csv(*e).size(), 100U);
  EXPECT_TRUE(nlohmann::json::parse(json_of(*e)).contains("accuracy_ppm"));
}

TEST(degraded_feed, loses_what_it_says) {
  fit::labelled_round r;
  r.tally.corners.red[scoring::column::head] = 1'000;
  r.tally.corners.red[scoring::column::distance] = 1'000;
  scoring::set_control(r.tally, corner::red, {100'000});
  auto ten = degrade({r}, {"", 100'000, 0, 0}, 1).front();
  auto heads = ten.corners.red[scoring::column::head];
  EXPECT_GT(heads, 850);
  EXPECT_LT(heads, 950);
  EXPECT_EQ(ten.corners.red[scoring::column::distance], heads);
  EXPECT_EQ(ten.corners.red[scoring::column::control_minutes], 90'000);
  auto wrong = degrade({r}, {"", 0, 100'000, 0}, 1).front();
  EXPECT_GT(significant_landed(wrong.corners.blue), 30);
  EXPECT_LT(significant_landed(wrong.corners.blue), 70);
  EXPECT_EQ(degrade({r}, {"", 0, 0, 0}, 1).front(), r.tally);
}

TEST(facts_of_a_round, count_to_the_same_round) {
  REAL_ROUNDS(file);
  auto rounds = fit::read_labelled_rounds(file);
  ASSERT_TRUE(rounds) << rounds.reason().detail;
  for (std::size_t i = 0; i < rounds->size(); i += 50) {
    const auto& t = (*rounds)[i].tally;
    auto again = scoring::recount(facts_of(t, {300'000}), {300'000});
    for (auto c : both_corners)
      again.corners[c][scoring::column::knockdowns_flash]
        = t.corners[c][scoring::column::knockdowns_flash];
    EXPECT_EQ(again, t) << (*rounds)[i].line;
  }
}

// -- quality on the real rounds, with a margin --------------------------------

TEST(quality, stands_at_or_above_every_known_engine_by_event) {
  REAL_ROUNDS(file);
  evaluate_options o;
  o.rounds_file = file;
  o.profile = learned_profile();
  auto began = std::chrono::steady_clock::now();
  auto e = run_evaluation(o);
  auto took = std::chrono::steady_clock::now() - began;
  ASSERT_TRUE(e) << e.reason().detail;
  // `auto` sees that the profile has learned from these very rounds.
  EXPECT_EQ(e->how, validation::event);
  EXPECT_EQ(e->figures.rounds, 6'760U);
  EXPECT_GE(e->figures.accuracy.value, 0.850);
  EXPECT_LE(e->figures.log_loss.value, 0.326);
  EXPECT_LE(e->figures.brier.value, 0.105);
  EXPECT_LE(e->figures.ece.value, 0.012);
  EXPECT_GE(e->figures.wide_f1.value, 0.52);
  EXPECT_GE(e->figures.bout_winner.value, 0.862);
  EXPECT_LT(e->figures.accuracy.low, e->figures.accuracy.value);
  EXPECT_GT(e->figures.accuracy.high, e->figures.accuracy.value);
  ASSERT_EQ(e->baselines.size(), 6U);
  EXPECT_NEAR(e->baselines[0].figures.accuracy.value, 0.781, 0.001);
  EXPECT_NEAR(e->baselines[1].figures.accuracy.value, 0.825, 0.002);
  for (const auto& b : e->baselines) {
    EXPECT_GT(e->figures.accuracy.value, b.figures.accuracy.value) << b.id;
    EXPECT_GT(e->figures.wide_f1.value, b.figures.wide_f1.value) << b.id;
    EXPECT_GT(e->figures.bout_winner.value, b.figures.bout_winner.value)
      << b.id;
  }
  EXPECT_LT(took, std::chrono::seconds{10});
}

TEST(quality, holds_on_later_years) {
  REAL_ROUNDS(file);
  evaluate_options o;
  o.rounds_file = file;
  o.profile = learned_profile();
  o.how = validation::time;
  o.draws = 0;
  auto e = run_evaluation(o);
  ASSERT_TRUE(e) << e.reason().detail;
  EXPECT_GE(e->figures.rounds, 4'000U);
  EXPECT_GE(e->figures.accuracy.value, 0.84);
  EXPECT_LE(e->figures.log_loss.value, 0.345);
  EXPECT_LE(e->figures.ece.value, 0.015);
  EXPECT_GE(e->figures.wide_f1.value, 0.50);
  EXPECT_GE(e->figures.bout_winner.value, 0.85);
  EXPECT_EQ(e->years.begin()->first, first_test_year);
}

TEST(quality, counts_hand_set_weights_as_they_were_measured) {
  REAL_ROUNDS(file);
  auto hand
    = config::load_profile(config::default_profile_dir() / "mma_hand.yaml");
  ASSERT_TRUE(hand);
  evaluate_options o;
  o.rounds_file = file;
  o.profile = *hand;
  o.draws = 0;
  auto e = run_evaluation(o);
  ASSERT_TRUE(e);
  EXPECT_NEAR(e->figures.accuracy.value, 0.845, 0.001);
}

TEST(report, gives_the_keys_of_the_contract_and_a_picture) {
  REAL_ROUNDS(file);
  evaluate_options o;
  o.rounds_file = file;
  o.profile = learned_profile();
  o.draws = 10;
  o.degraded = true;
  auto e = run_evaluation(o);
  ASSERT_TRUE(e);
  auto j = nlohmann::json::parse(json_of(*e));
  for (const auto* key : {"profile", "rounds", "accuracy_ppm", "log_loss_ppm",
                          "brier_ppm", "ece_ppm", "wide", "baselines"})
    EXPECT_TRUE(j.contains(key)) << key;
  EXPECT_TRUE(j["wide"]["f1_ppm"].is_number_integer());
  EXPECT_EQ(j["degraded"].size(), usual_faults().size());
  // Less is worse, but not much.
  EXPECT_LT(j["degraded"][2]["accuracy_ppm"], j["accuracy_ppm"]);
  EXPECT_GT(j["degraded"][2]["accuracy_ppm"], 825'000);
  auto svg = reliability_svg(e->figures, "mma_fit");
  EXPECT_EQ(svg.substr(0, 4), "<svg");
  EXPECT_NE(svg.find("</svg>"), std::string::npos);
}

} // namespace ringside::evaluate
