#include "domain/calibration/calibrator.hpp"
#include "domain/calibration/logistic_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace ringside::calibration {
namespace {

/// Forecasts on a grid, each coming true as often as `truth` says.
template <class Truth>
std::vector<labelled> cases(Truth truth) {
  constexpr int each = 1'000;
  std::vector<labelled> out;
  for (int i = 1; i < 20; ++i) {
    auto p = i / 20.0;
    auto yes = static_cast<int>(std::lround(truth(p) * each));
    for (int k = 0; k < each; ++k)
      out.push_back({p, k < yes});
  }
  return out;
}

double overconfident(double p) {
  return logistic(0.5 * logit(p));
}

} // namespace

TEST(logistic_fit, finds_known_coefficients) {
  logistic_data d;
  d.width = 2;
  for (int i = -10; i <= 10; ++i)
    for (int j = -10; j <= 10; ++j) {
      auto x = i / 5.0;
      auto y = j / 5.0;
      d.values.insert(d.values.end(), {x, y});
      d.yes.push_back(logistic(1.5 * x - 0.7 * y));
      d.weight.push_back(1);
    }
  auto b = fit_logistic(d, {{0, 0}, {}, {}});
  ASSERT_TRUE(b);
  EXPECT_NEAR((*b)[0], 1.5, 1e-6);
  EXPECT_NEAR((*b)[1], -0.7, 1e-6);
  // A bound holds the second one; the other one stays free.
  auto bound = fit_logistic(d, {{0, 0}, {}, {false, true}});
  ASSERT_TRUE(bound);
  EXPECT_EQ((*bound)[1], 0);
  EXPECT_GT((*bound)[0], 1);
  // Ridge pulls towards the centre.
  auto held = fit_logistic(d, {{1e6, 1e6}, {0.3, 0.2}, {}});
  ASSERT_TRUE(held);
  EXPECT_NEAR((*held)[0], 0.3, 1e-3);
}

TEST(logistic_fit, refuses_what_is_not_finite_or_does_not_fit) {
  logistic_data d{1, {1, 2}, {1, 0}, {1, 1}};
  EXPECT_TRUE(fit_logistic(d, {{1}, {}, {}}));
  EXPECT_FALSE(fit_logistic(d, {{1, 1}, {}, {}}));
  d.values[1] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(fit_logistic(d, {{1}, {}, {}}));
}

TEST(reliability, counts_by_hand) {
  std::vector<labelled> all{
    {0.8, true}, {0.6, false}, {0.3, false}, {0.5, true}};
  auto r = reliability_of(all, 2);
  EXPECT_EQ(r.count, 4U);
  EXPECT_NEAR(r.accuracy, (1 + 0 + 1 + 0.5) / 4, 1e-12);
  EXPECT_NEAR(r.brier, (0.04 + 0.36 + 0.09 + 0.25) / 4, 1e-12);
  EXPECT_NEAR(r.log_loss,
              -(std::log(0.8) + std::log(0.4) + std::log(0.7) + std::log(0.5))
                / 4,
              1e-12);
  // Halves: {0.3 no, 0.5 yes} and {0.6 no, 0.8 yes}.
  EXPECT_NEAR(r.ece, (0.1 + 0.2) / 2, 1e-12);
  EXPECT_EQ(reliability_of({}).count, 0U);
  EXPECT_EQ(folded(all)[2], (labelled{0.7, true}));
}

TEST(reliability, counts_calls) {
  confusion c;
  c.add(true, true);
  c.add(true, false);
  c.add(false, true);
  c.add(false, false);
  EXPECT_EQ(c.precision(), 0.5);
  EXPECT_EQ(c.recall(), 0.5);
  EXPECT_EQ(c.f1(), 0.5);
  EXPECT_EQ(confusion{}.f1(), 0);
}

class every_map : public testing::TestWithParam<calibration_kind> {};

TEST_P(every_map, mends_overconfident_forecasts_and_never_falls) {
  auto all = cases(overconfident);
  auto map = fit_calibrator(GetParam(), all);
  ASSERT_TRUE(map) << map.reason().detail;
  auto mended = all;
  for (auto& x : mended)
    x.forecast = (*map)(x.forecast);
  EXPECT_LT(reliability_of(mended).ece, 0.003);
  EXPECT_GT(reliability_of(all).ece, 0.05);
  EXPECT_LT(reliability_of(mended).log_loss, reliability_of(all).log_loss);
  auto before = (*map)(0);
  for (int i = 1; i <= 1'000; ++i) {
    auto now = (*map)(i / 1'000.0);
    EXPECT_GE(now, before) << i;
    EXPECT_GE(now, 0);
    EXPECT_LE(now, 1);
    before = now;
  }
}

INSTANTIATE_TEST_SUITE_P(kinds, every_map,
                         testing::Values(calibration_kind::temperature,
                                         calibration_kind::platt,
                                         calibration_kind::beta,
                                         calibration_kind::isotonic));

TEST(calibrator, finds_the_temperature) {
  auto map
    = fit_calibrator(calibration_kind::temperature, cases(overconfident));
  ASSERT_TRUE(map);
  EXPECT_NEAR(map->numbers()[0], 0.5, 0.01);
  EXPECT_EQ((*map)(0.5), 0.5);
}

TEST(calibrator, leaves_forecasts_alone_without_a_fit) {
  EXPECT_EQ(calibrator{}(0.37), 0.37);
}

TEST(calibrator, refuses_what_it_cannot_learn_from) {
  EXPECT_FALSE(fit_calibrator(calibration_kind::platt, {}));
  std::vector<labelled> alike(200, labelled{0.5, true});
  EXPECT_FALSE(fit_calibrator(calibration_kind::platt, alike));
  alike[0] = {1.5, false};
  EXPECT_FALSE(fit_calibrator(calibration_kind::platt, alike));
  std::vector<labelled> few(60, labelled{0.5, true});
  few[0].happened = false;
  EXPECT_TRUE(fit_calibrator(calibration_kind::platt, few));
  EXPECT_FALSE(fit_calibrator(calibration_kind::isotonic, few));
}

TEST(calibrator, turns_no_order_around_even_for_backward_forecasts) {
  auto map = fit_calibrator(calibration_kind::platt,
                            cases([](double p) { return 1 - p; }));
  ASSERT_TRUE(map);
  EXPECT_LE((*map)(0.2), (*map)(0.8));
}

} // namespace ringside::calibration
