#include "app/simulate/compare.hpp"
#include "app/simulate/monte_carlo.hpp"
#include "app/simulate/real_rounds.hpp"
#include "tests/domain/synthetic/fixture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace ringside::synthetic {
namespace {

/// Published rounds and four times as many drawn like them.
class real_rounds : public testing::Test {
protected:
  void SetUp() override {
    if (!std::filesystem::exists(test::published_rounds()))
      GTEST_SKIP() << "no published rounds at " << test::published_rounds()
                   << "; set RINGSIDE_SHARED_DATA";
  }

  static const simulate::comparison& both() {
    static const auto made = [] {
      auto records = replay::read_rounds(
        test::published_rounds(), {}, std::numeric_limits<std::size_t>::max());
      EXPECT_TRUE(records);
      auto real = simulate::observe(*records);
      auto drawn
        = simulate::draw_like(real, test::shipped().get(), 4 * real.size());
      return simulate::comparison{describe(real), describe(drawn)};
    }();
    return made;
  }
};

TEST_F(real_rounds, have_the_means_and_deviations_of_the_drawn) {
  for (std::size_t i = 0; i < stat_count; ++i) {
    const auto& r = both().real.stats[i];
    const auto& d = both().drawn.stats[i];
    auto name = text_of(static_cast<stat>(i));
    EXPECT_NEAR(d.mean, r.mean, 0.04 * r.mean) << name;
    EXPECT_NEAR(d.sd, r.sd, 0.04 * r.sd) << name;
    EXPECT_NEAR(d.median, r.median, std::max(1.0, 0.1 * r.median)) << name;
    EXPECT_NEAR(d.q90, r.q90, std::max(1.0, 0.06 * r.q90)) << name;
    EXPECT_NEAR(d.q99, r.q99, std::max(1.0, 0.08 * r.q99)) << name;
  }
}

TEST_F(real_rounds, have_the_correlations_of_the_drawn) {
  for (auto table : {&figures::own, &figures::other, &figures::own_later,
                     &figures::other_later})
    for (std::size_t i = 0; i < stat_count; ++i)
      for (std::size_t j = 0; j < stat_count; ++j)
        EXPECT_NEAR((both().drawn.*table)[i][j], (both().real.*table)[i][j],
                    0.06)
          << text_of(static_cast<stat>(i)) << " "
          << text_of(static_cast<stat>(j));
}

TEST_F(real_rounds, have_the_targets_of_the_drawn) {
  EXPECT_NEAR(both().drawn.leg_share, both().real.leg_share, 0.015);
  EXPECT_NEAR(both().drawn.body_share, both().real.body_share, 0.015);
}

TEST_F(real_rounds, are_judged_like_the_drawn) {
  const auto& r = both().real;
  const auto& d = both().drawn;
  EXPECT_NEAR(d.pair_agreement, r.pair_agreement, 0.01);
  EXPECT_NEAR(d.unanimous, r.unanimous, 0.015);
  EXPECT_NEAR(d.wide_cards, r.wide_cards, 0.006);
  EXPECT_NEAR(d.wide_majority, r.wide_majority, 0.008);
  EXPECT_NEAR(d.even_cards, r.even_cards, 0.001);
}

TEST_F(real_rounds, the_fit_finds_its_own_parameters_again) {
  std::vector<observed_bout> like(1'500);
  for (auto& b : like)
    b.rounds.resize(3);
  auto drawn = simulate::draw_like(like, test::shipped().get(), like.size());
  auto again = fit_rounds(drawn);
  ASSERT_TRUE(again) << again.reason().detail;
  const auto& given = test::shipped().get().generator.given();
  for (std::size_t i = 0; i < counted_stats; ++i)
    EXPECT_NEAR(static_cast<double>(again->counts[i].mean_ppm),
                static_cast<double>(given.counts[i].mean_ppm),
                0.12 * static_cast<double>(given.counts[i].mean_ppm));
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j < stat_count; ++j) {
      auto total = [i, j](const parameters& p) {
        return (p.bout.own[i][j] + p.round.own[i][j]) / 1e6;
      };
      EXPECT_NEAR(total(*again), total(given), 0.13)
        << text_of(static_cast<stat>(i)) << " "
        << text_of(static_cast<stat>(j));
    }
  EXPECT_NEAR(again->leg.landed_milli, given.leg.landed_milli, 80);
}

TEST(synthetic_fit, refuses_too_little) {
  std::vector<observed_bout> few(3);
  auto p = fit_rounds(few);
  ASSERT_FALSE(p);
  EXPECT_EQ(p.reason().code, ec::invalid_value);
  EXPECT_FALSE(fit_judges({}));
}

} // namespace
} // namespace ringside::synthetic
