#include "domain/synthetic/matrix.hpp"

#include "domain/base/number.hpp"

#include <cmath>

namespace ringside::synthetic {

namespace {

constexpr std::size_t n = stat_count;
/// What rounding to parts per million may do to a pivot.
constexpr double rounding = 1e-4;
constexpr int sweeps = 60;

/// Turns `a` so that its element p, q becomes zero; collects the turns in `v`.
void rotate(matrix& a, matrix& v, std::size_t p, std::size_t q) noexcept {
  if (std::abs(a[p][q]) < 1e-15)
    return;
  auto theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  auto t
    = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  auto c = 1 / std::sqrt(t * t + 1);
  auto s = t * c;
  for (std::size_t k = 0; k < n; ++k) {
    auto x = a[k][p];
    auto y = a[k][q];
    a[k][p] = c * x - s * y;
    a[k][q] = s * x + c * y;
  }
  for (std::size_t k = 0; k < n; ++k) {
    auto x = a[p][k];
    auto y = a[q][k];
    a[p][k] = c * x - s * y;
    a[q][k] = s * x + c * y;
  }
  for (std::size_t k = 0; k < n; ++k) {
    auto x = v[k][p];
    auto y = v[k][q];
    v[k][p] = c * x - s * y;
    v[k][q] = s * x + c * y;
  }
}

} // namespace

std::optional<matrix> cholesky(const matrix& a) noexcept {
  matrix l{};
  for (std::size_t j = 0; j < n; ++j) {
    auto pivot = a[j][j];
    for (std::size_t k = 0; k < j; ++k)
      pivot -= l[j][k] * l[j][k];
    if (pivot < -rounding)
      return std::nullopt;
    l[j][j] = pivot > 0 ? std::sqrt(pivot) : 0;
    for (auto i = j + 1; i < n; ++i) {
      auto rest = a[i][j];
      for (std::size_t k = 0; k < j; ++k)
        rest -= l[i][k] * l[j][k];
      // Below a pivot of nothing there must be nothing either.
      if (l[j][j] > 0)
        l[i][j] = rest / l[j][j];
      else if (std::abs(rest) > std::sqrt(rounding))
        return std::nullopt;
    }
  }
  return l;
}

matrix lifted(const matrix& a, double least) noexcept {
  auto d = a;
  matrix v{};
  for (std::size_t i = 0; i < n; ++i)
    v[i][i] = 1;
  for (auto sweep = 0; sweep < sweeps; ++sweep)
    for (std::size_t p = 0; p < n; ++p)
      for (auto q = p + 1; q < n; ++q)
        rotate(d, v, p, q);
  matrix out{};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t k = 0; k < n; ++k)
        out[i][j] += v[i][k] * std::fmax(d[k][k], least) * v[j][k];
  return out;
}

matrix sum(const matrix& a, const matrix& b, double sign) noexcept {
  auto out = a;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      out[i][j] += sign * b[i][j];
  return out;
}

per_stat<double> times(const matrix& lower,
                       const per_stat<double>& z) noexcept {
  per_stat<double> out{};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      out[i] += lower[i][j] * z[j];
  return out;
}

matrix unscaled(const per_stat<per_stat<std::int32_t>>& a) noexcept {
  matrix out{};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      out[i][j] = a[i][j] / million;
  return out;
}

} // namespace ringside::synthetic
