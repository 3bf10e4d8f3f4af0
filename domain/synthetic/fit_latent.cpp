#include "domain/synthetic/fit.hpp"

#include "domain/synthetic/portable_math.hpp"

#include <array>
#include <cmath>

namespace ringside::synthetic {

namespace {

constexpr std::size_t terms = 60;
constexpr double most = 0.99;
constexpr double root_two_pi = 2.50662827463100050242;
constexpr int halvings = 50;

/// Coefficients of a staircase in normalised Hermite polynomials. Of a step at
/// t they are phi(t) h_{k-1}(t) / sqrt(k).
std::array<double, terms> hermite(const staircase& s) {
  std::array<double, terms> a{};
  for (auto t : s.steps) {
    auto density = exponential(-t * t / 2) / root_two_pi;
    double before = 0;
    double now = 1;
    for (std::size_t k = 1; k < terms; ++k) {
      auto root = std::sqrt(static_cast<double>(k));
      a[k] += density * now / root;
      auto next
        = (t * now - std::sqrt(static_cast<double>(k - 1)) * before) / root;
      before = now;
      now = next;
    }
  }
  return a;
}

/// Mean of logistic(mean + sd Z) to the power 1 and 2.
std::pair<double, double> moments(const logit_normal& x) {
  double sum = 0;
  double first = 0;
  double second = 0;
  for (auto z = -6.0; z <= 6.0; z += 0.05) {
    auto weight = exponential(-z * z / 2);
    auto p = logistic(x.mean + x.sd * z);
    sum += weight;
    first += weight * p;
    second += weight * p * p;
  }
  return {first / sum, second / sum};
}

double mean_for(double mean, double sd) {
  auto low = -12.0;
  auto high = 12.0;
  for (auto i = 0; i < halvings; ++i) {
    auto middle = (low + high) / 2;
    (moments({middle, sd}).first < mean ? low : high) = middle;
  }
  return (low + high) / 2;
}

} // namespace

logit_normal logit_normal_of(double mean, double variance) {
  auto low = 0.0;
  auto high = 5.0;
  for (auto i = 0; i < halvings; ++i) {
    auto sd = (low + high) / 2;
    auto [first, second] = moments({mean_for(mean, sd), sd});
    (second - first * first < variance ? low : high) = sd;
  }
  auto sd = (low + high) / 2;
  return {mean_for(mean, sd), sd};
}

double latent_for(const staircase& a, const staircase& b, double covariance) {
  auto x = hermite(a);
  auto y = hermite(b);
  auto covariance_at = [&](double rho) {
    double total = 0;
    double power = 1;
    for (std::size_t k = 1; k < terms; ++k) {
      power *= rho;
      total += x[k] * y[k] * power;
    }
    return total;
  };
  auto low = -most;
  auto high = most;
  for (auto i = 0; i < halvings; ++i) {
    auto middle = (low + high) / 2;
    (covariance_at(middle) < covariance ? low : high) = middle;
  }
  return (low + high) / 2;
}

} // namespace ringside::synthetic
