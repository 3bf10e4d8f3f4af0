#include "domain/synthetic/fit.hpp"
#include "domain/synthetic/matrix.hpp"
#include "domain/synthetic/portable_math.hpp"
#include "domain/synthetic/thresholds.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

namespace ringside::synthetic {
namespace {

TEST(portable_math, agrees_with_the_library) {
  for (auto x = 1e-9; x < 1e9; x *= 1.37)
    EXPECT_NEAR(ln(x), std::log(x), 1e-13 * (1 + std::abs(std::log(x))));
  for (auto x = -40.0; x < 40; x += 0.173) {
    EXPECT_NEAR(exponential(x) / std::exp(x), 1, 1e-13) << x;
    EXPECT_NEAR(logistic(x), 1 / (1 + std::exp(-x)), 1e-15);
  }
  EXPECT_EQ(exponential(-1e9), 0);
}

TEST(portable_math, quantile_is_the_inverse_of_the_distribution) {
  for (auto p = 0.0005; p < 1; p += 0.0005)
    EXPECT_NEAR(std::erfc(-normal_quantile(p) / std::sqrt(2)) / 2, p, 2e-9);
}

TEST(portable_math, gives_these_bits_on_every_machine) {
  // FNV-1a over ten thousand draws; the same at every level of optimisation.
  dice d{7};
  std::uint64_t hash = 0xcbf29ce484222325;
  for (auto i = 0; i < 10'000; ++i) {
    auto first = normal(d);
    auto x = first + logistic(normal(d));
    hash = (hash ^ std::bit_cast<std::uint64_t>(x)) * 0x100000001b3;
  }
  EXPECT_EQ(hash, 0xa0324334f9509ac2);
}

TEST(stairs, give_mean_and_variance_back) {
  for (auto m :
       {count_margin{40'000, 50'000}, count_margin{12'000'000, 106'000'000},
        count_margin{2'000'000, 2'000'000}}) {
    auto s = stairs_of(m);
    dice d{3};
    double sum = 0;
    double squares = 0;
    constexpr auto n = 200'000;
    for (auto i = 0; i < n; ++i) {
      auto x = s.at(normal(d));
      sum += x;
      squares += static_cast<double>(x) * x;
    }
    auto mean = sum / n;
    auto variance = squares / n - mean * mean;
    auto expected = static_cast<double>(m.mean_ppm) / 1e6;
    EXPECT_NEAR(mean, expected, 0.02 * expected);
    EXPECT_NEAR(variance, static_cast<double>(m.variance_ppm) / 1e6,
                0.03 * static_cast<double>(m.variance_ppm) / 1e6);
  }
}

TEST(stairs, never_fall) {
  auto s = stairs_of(count_margin{3'000'000, 9'000'000});
  for (auto z = -6.0; z < 6; z += 0.01)
    EXPECT_LE(s.at(z), s.at(z + 0.01));
}

TEST(stairs, of_control_keep_none_and_the_longest) {
  control_margin m;
  m.none_ppm = 300'000;
  for (std::size_t i = 0; i < knot_count; ++i)
    m.knots_s[i] = 1 + static_cast<int>(i) * 14;
  auto s = stairs_of(m);
  EXPECT_EQ(s.at(normal_quantile(0.299)), 0);
  EXPECT_GT(s.at(normal_quantile(0.302)), 0);
  EXPECT_EQ(s.at(9), m.knots_s.back());
  // Half of the rounds with control are below the middle knot.
  EXPECT_NEAR(s.at(normal_quantile(0.65)), m.knots_s[10], 1);
}

TEST(latent, gives_the_covariance_of_counts_back) {
  auto a = stairs_of(count_margin{500'000, 700'000});
  auto b = stairs_of(count_margin{8'000'000, 120'000'000});
  for (auto rho : {-0.6, -0.2, 0.0, 0.3, 0.8}) {
    dice d{11};
    double x = 0;
    double y = 0;
    double xy = 0;
    constexpr auto n = 400'000;
    for (auto i = 0; i < n; ++i) {
      auto z = normal(d);
      auto w = rho * z + std::sqrt(1 - rho * rho) * normal(d);
      auto p = a.at(z);
      auto q = b.at(w);
      x += p;
      y += q;
      xy += static_cast<double>(p) * q;
    }
    auto covariance = xy / n - x / n * (y / n);
    EXPECT_NEAR(latent_for(a, b, covariance), rho, 0.02);
  }
}

TEST(logit_normal, has_the_asked_mean_and_variance) {
  auto x = logit_normal_of(0.2, 0.01);
  dice d{5};
  double sum = 0;
  double squares = 0;
  constexpr auto n = 200'000;
  for (auto i = 0; i < n; ++i) {
    auto p = logistic(x.mean + x.sd * normal(d));
    sum += p;
    squares += p * p;
  }
  EXPECT_NEAR(sum / n, 0.2, 0.002);
  EXPECT_NEAR(squares / n - sum / n * (sum / n), 0.01, 0.0005);
}

TEST(matrices, factor_and_lift) {
  matrix a{};
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j < stat_count; ++j)
      a[i][j] = i == j ? 1 : 0.4;
  auto l = cholesky(a);
  ASSERT_TRUE(l);
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j < stat_count; ++j) {
      double x = 0;
      for (std::size_t k = 0; k < stat_count; ++k)
        x += (*l)[i][k] * (*l)[j][k];
      EXPECT_NEAR(x, a[i][j], 1e-12);
    }
  auto same = lifted(a, 0);
  EXPECT_NEAR(same[3][5], 0.4, 1e-12);
  // Three variables cannot all be against each other like this.
  a[0][1] = a[1][0] = a[0][2] = a[2][0] = a[1][2] = a[2][1] = -0.9;
  EXPECT_FALSE(cholesky(a));
  EXPECT_TRUE(cholesky(lifted(a, 0)));
}

} // namespace
} // namespace ringside::synthetic
