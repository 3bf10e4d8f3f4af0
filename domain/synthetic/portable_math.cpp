#include "domain/synthetic/portable_math.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace ringside::synthetic {

namespace {

constexpr double ln_2 = 0.693147180559945309417;
constexpr double root_half = 0.70710678118654752440;

/// a[0] x^n + a[1] x^(n-1) + ..., in this order.
double polynomial(std::span<const double> a, double x) noexcept {
  double sum = 0;
  for (auto c : a)
    sum = sum * x + c;
  return sum;
}

// P. J. Acklam's rational approximation of the normal quantile.
constexpr std::array<double, 6> middle_top{
  -3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
  1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
constexpr std::array<double, 6> middle_bottom{
  -5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
  6.680131188771972e+01,  -1.328068155288572e+01, 1.0};
constexpr std::array<double, 6> tail_top{
  -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
  -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
constexpr std::array<double, 5> tail_bottom{
  7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
  3.754408661907416e+00, 1.0};
constexpr double tail_from = 0.02425;

double lower_tail(double p) noexcept {
  auto q = std::sqrt(-2 * ln(p));
  return polynomial(tail_top, q) / polynomial(tail_bottom, q);
}

} // namespace

double ln(double x) noexcept {
  auto power = 0;
  auto m = std::frexp(x, &power);
  if (m < root_half) {
    m *= 2;
    --power;
  }
  // ln m = 2 artanh(s) with |s| < 0.172
  auto s = (m - 1) / (m + 1);
  auto square = s * s;
  double sum = 0;
  for (auto k = 25; k >= 1; k -= 2)
    sum = sum * square + 1.0 / k;
  return power * ln_2 + 2 * s * sum;
}

double exponential(double x) noexcept {
  if (x < -700)
    return 0;
  x = std::min(x, 700.0);
  auto k = std::floor(x / ln_2 + 0.5);
  auto r = x - k * ln_2;
  double sum = 1;
  for (auto n = 16; n >= 1; --n)
    sum = 1 + sum * r / n;
  return std::ldexp(sum, static_cast<int>(k));
}

double logistic(double x) noexcept {
  return 1 / (1 + exponential(-x));
}

double normal_quantile(double p) noexcept {
  if (p < tail_from)
    return lower_tail(p);
  if (p > 1 - tail_from)
    return -lower_tail(1 - p);
  auto q = p - 0.5;
  auto r = q * q;
  return polynomial(middle_top, r) * q / polynomial(middle_bottom, r);
}

double uniform(dice& d) noexcept {
  constexpr double bits_53 = 9007199254740992.0;
  return (static_cast<double>(d.next() >> 11) + 0.5) / bits_53;
}

double normal(dice& d) noexcept {
  return normal_quantile(uniform(d));
}

} // namespace ringside::synthetic
