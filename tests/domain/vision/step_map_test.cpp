#include "domain/base/dice.hpp"
#include "domain/vision/fusion/step_map.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ringside::fusion {
namespace {

TEST(step_map_test, pools_violators_with_their_weights) {
  // Truths by score: 0, 1, 0, 0, 1, 1: the middle three pool to a third.
  std::vector<labelled> samples{{100'000, false}, {200'000, true},
                                {300'000, false}, {400'000, false},
                                {500'000, true},  {600'000, true}};
  auto map = fit_isotonic(samples);
  ASSERT_EQ(map.steps.size(), 3u);
  EXPECT_EQ(map.at(100'000), 20'000);
  EXPECT_EQ(map.at(200'000), 333'333);
  EXPECT_EQ(map.at(499'999), 333'333);
  EXPECT_EQ(map.at(500'000), 995'000);
  EXPECT_EQ(map.at(0), 20'000);
}

TEST(step_map_test, rises_whatever_the_samples) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    dice d{seed};
    std::vector<labelled> samples;
    for (int i = 0; i < 60; ++i)
      samples.push_back(
        {static_cast<std::int32_t>(d.below(20) * 50'000), d.below(2) == 1});
    auto map = fit_isotonic(samples, 1 + static_cast<std::size_t>(d.below(10)));
    for (std::size_t i = 1; i < map.steps.size(); ++i) {
      EXPECT_LT(map.steps[i - 1].from, map.steps[i].from) << "seed " << seed;
      EXPECT_LT(map.steps[i - 1].value, map.steps[i].value) << "seed " << seed;
    }
  }
}

std::vector<labelled> scored(std::size_t n) {
  dice d{3};
  std::vector<labelled> samples;
  for (std::size_t i = 0; i < n; ++i) {
    auto score = static_cast<std::int32_t>(d.below(1'000'000));
    samples.push_back({score, d.chance(score)});
  }
  return samples;
}

TEST(step_map_test, believes_no_confidence_under_fifty_samples) {
  EXPECT_TRUE(fit_confidence(scored(49)).empty());
  EXPECT_FALSE(fit_confidence(scored(50)).empty());
}

TEST(step_map_test, finds_the_likelihood_ratio_of_a_score) {
  for (auto n : {400u, 20'000u}) {
    auto map = fit_confidence(scored(n));
    for (auto score : {0.2, 0.5, 0.8}) {
      auto truth = std::log(score / (1 - score));
      EXPECT_NEAR(map.at(static_cast<std::int32_t>(score * 1e6)) * 1e-3, truth,
                  0.45)
        << n << " samples, score " << score;
    }
  }
}

TEST(step_map_test, a_source_that_is_always_right_teaches_nothing) {
  std::vector<labelled> samples(2'000, {500'000, true});
  EXPECT_TRUE(fit_confidence(samples).empty());
}

} // namespace
} // namespace ringside::fusion
