#include "domain/vision/fusion/learning.hpp"
#include "domain/vision/fusion/quality.hpp"
#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ringside::fusion {
namespace {

struct record {
  explicit record(const fight_settings& knobs) : fight(make_fight(knobs)) {
    for (const auto& r : fight.reports)
      reports.push_back(r.what);
    for (const auto& b : fight.beats)
      beats.push_back(b.what);
  }

  source_table learn_from(const source_table& start) const {
    return learn({}, start, {reports, beats}).value();
  }

  synthetic_fight fight;
  std::vector<report> reports;
  std::vector<heartbeat> beats;
};

double diagonal(const source_parameters& s) {
  double sum = 0;
  for (std::size_t k = 0; k < 8; ++k)
    sum += s.confusion[k * 9] * 1e-6;
  return sum / 8;
}

/// Deliberately wrong: detection 0.7, false alarms 0.1, labels 0.7.
source_table wrong_start(const fight_settings& knobs) {
  auto table = starting_table(knobs);
  for (auto& s : table) {
    s.p_d = {700'000};
    s.false_rate_uhz = 100'000;
    s.confusion = even_confusion(8, 700'000);
    s.sigma_us = s.is == source_class::camera ? 30'000 : 120'000;
  }
  return table;
}

TEST(learning_test, finds_out_how_good_sources_are_without_labels) {
  auto knobs = usual_fight(21, 2'400);
  auto table = record{knobs}.learn_from(wrong_start(knobs));
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto& truth = knobs.sources[i];
    const auto& s = table[i];
    auto camera = s.is == source_class::camera;
    EXPECT_NEAR(s.false_rate_uhz * 1e-6, truth.false_per_s, 0.025) << i;
    EXPECT_NEAR(diagonal(s), truth.label_right, 0.12) << i;
    EXPECT_NEAR(s.sigma_us * 1e-6, truth.sigma_s, camera ? 0.012 : 0.03) << i;
    EXPECT_NEAR(s.bias_us * 1e-6, truth.bias_s, camera ? 0.008 : 0.03) << i;
    EXPECT_NEAR(s.corner_accuracy.count * 1e-6, truth.corner_right, 0.02) << i;
    EXPECT_EQ(s.version, 7u);
    if (camera) {
      auto seen = truth.p_d * (1 - truth.blocked);
      EXPECT_NEAR(s.p_d.count * 1e-6, seen, 0.06) << i;
    }
  }
  EXPECT_TRUE(check(table, 8));
}

TEST(learning_test, does_not_depend_on_the_order_of_the_record) {
  auto knobs = usual_fight(22, 120);
  record forward{knobs};
  auto backward = forward;
  std::reverse(backward.reports.begin(), backward.reports.end());
  std::reverse(backward.beats.begin(), backward.beats.end());
  auto start = starting_table(knobs);
  EXPECT_EQ(forward.learn_from(start), backward.learn_from(start));
}

TEST(learning_test, a_source_with_inverted_corners_loses_its_voice) {
  auto knobs = usual_fight(23, 300);
  knobs.sources[1].corner_right = 0;
  auto table = record{knobs}.learn_from(starting_table(knobs));
  EXPECT_EQ(table[1].corner_accuracy.count, 500'000);
  EXPECT_GT(table[0].corner_accuracy.count, 950'000);
}

TEST(learning_test, an_operator_who_is_late_is_found_out) {
  auto knobs = usual_fight(24, 600);
  knobs.sources[5].bias_s = 0.38;
  auto table = record{knobs}.learn_from(starting_table(knobs));
  EXPECT_NEAR(table[5].bias_us, 380'000, 30'000);
  EXPECT_NEAR(table[4].bias_us, 300'000, 30'000);
}

TEST(learning_test, an_empty_bout_teaches_nothing) {
  auto start = test::usual_table();
  auto table = learn({}, start, {}).value();
  for (std::size_t i = 0; i < start.size(); ++i) {
    EXPECT_EQ(table[i].sigma_us, start[i].sigma_us);
    EXPECT_EQ(table[i].bias_us, start[i].bias_us);
  }
}

} // namespace
} // namespace ringside::fusion
