#include "domain/calibration/logistic_fit.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::calibration {

namespace {

constexpr int steps_max = 100;
constexpr int halvings_max = 40;
constexpr double settled = 1e-10;
/// Keeps the system solvable where a column is constant.
constexpr double jitter = 1e-9;

/// log(1 + e^z), without overflow.
double softplus(double z) noexcept {
  return z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
}

bool all_finite(const std::vector<double>& numbers) noexcept {
  return std::all_of(numbers.begin(), numbers.end(),
                     [](double x) { return std::isfinite(x); });
}

class newton {
public:
  newton(const logistic_data& data, const logistic_limits& limits)
    : data_(data), limits_(limits), k_(data.width), b_(k_, 0.0) {
    // nop
  }

  /// True once the steps have settled.
  bool run() {
    auto loss = loss_at(b_);
    for (int step = 0; step < steps_max; ++step) {
      derive();
      auto direction = newton_step();
      if (direction.empty())
        return false;
      auto next = loss;
      if (!walk(direction, next))
        return true;
      auto gained = loss - next;
      loss = next;
      if (gained < settled * (1 + std::abs(loss)))
        return true;
    }
    return false;
  }

  std::vector<double> coefficients() && {
    return std::move(b_);
  }

private:
  double centre(std::size_t j) const noexcept {
    return limits_.centre.empty() ? 0.0 : limits_.centre[j];
  }

  bool bounded(std::size_t j) const noexcept {
    return !limits_.not_negative.empty() && limits_.not_negative[j];
  }

  double dot(std::size_t row, const std::vector<double>& b) const noexcept {
    const auto* x = data_.values.data() + row * k_;
    auto sum = 0.0;
    for (std::size_t j = 0; j < k_; ++j)
      sum += x[j] * b[j];
    return sum;
  }

  double loss_at(const std::vector<double>& b) const {
    auto loss = 0.0;
    for (std::size_t i = 0; i < data_.rows(); ++i) {
      auto z = dot(i, b);
      loss += data_.weight[i] * (softplus(z) - data_.yes[i] * z);
    }
    for (std::size_t j = 0; j < k_; ++j) {
      auto off = b[j] - centre(j);
      loss += limits_.penalty[j] * off * off / 2;
    }
    return loss;
  }

  void derive() {
    gradient_.assign(k_, 0.0);
    hessian_.assign(k_ * k_, 0.0);
    for (std::size_t i = 0; i < data_.rows(); ++i) {
      auto p = logistic(dot(i, b_));
      auto slope = data_.weight[i] * (p - data_.yes[i]);
      auto bend = data_.weight[i] * p * (1 - p);
      const auto* x = data_.values.data() + i * k_;
      for (std::size_t j = 0; j < k_; ++j) {
        if (x[j] == 0)
          continue;
        gradient_[j] += slope * x[j];
        for (std::size_t l = 0; l <= j; ++l)
          hessian_[j * k_ + l] += bend * x[j] * x[l];
      }
    }
    for (std::size_t j = 0; j < k_; ++j) {
      gradient_[j] += limits_.penalty[j] * (b_[j] - centre(j));
      hessian_[j * k_ + j] += limits_.penalty[j] + jitter;
      for (std::size_t l = 0; l < j; ++l)
        hessian_[l * k_ + j] = hessian_[j * k_ + l];
    }
  }

  /// The Newton step of the coefficients that no bound holds.
  std::vector<double> newton_step() const {
    std::vector<std::size_t> free;
    for (std::size_t j = 0; j < k_; ++j)
      if (!bounded(j) || b_[j] > 0 || gradient_[j] < 0)
        free.push_back(j);
    auto n = free.size();
    std::vector<double> a(n * n), g(n);
    for (std::size_t i = 0; i < n; ++i) {
      g[i] = -gradient_[free[i]];
      for (std::size_t j = 0; j < n; ++j)
        a[i * n + j] = hessian_[free[i] * k_ + free[j]];
    }
    auto x = solve_positive(std::move(a), std::move(g));
    if (x.size() != n)
      return {};
    std::vector<double> step(k_, 0.0);
    for (std::size_t i = 0; i < n; ++i)
      step[free[i]] = x[i];
    return step;
  }

  /// Goes as far along the step as the loss falls; false if nowhere.
  bool walk(const std::vector<double>& step, double& loss) {
    auto scale = 1.0;
    for (int i = 0; i < halvings_max; ++i, scale /= 2) {
      auto b = b_;
      for (std::size_t j = 0; j < k_; ++j) {
        b[j] += scale * step[j];
        if (bounded(j))
          b[j] = std::max(b[j], 0.0);
      }
      auto next = loss_at(b);
      if (next < loss) {
        b_ = std::move(b);
        loss = next;
        return true;
      }
    }
    return false;
  }

  const logistic_data& data_;
  const logistic_limits& limits_;
  std::size_t k_;
  std::vector<double> b_;
  std::vector<double> gradient_;
  std::vector<double> hessian_;
};

bool sizes_fit(const logistic_data& d, const logistic_limits& l) noexcept {
  auto fits = [&](std::size_t n) { return n == 0 || n == d.width; };
  return d.width > 0 && d.values.size() == d.rows() * d.width
         && d.weight.size() == d.rows() && l.penalty.size() == d.width
         && fits(l.centre.size()) && fits(l.not_negative.size());
}

} // namespace

double logistic(double z) noexcept {
  if (z >= 0)
    return 1 / (1 + std::exp(-z));
  auto e = std::exp(z);
  return e / (1 + e);
}

double logit(double p) noexcept {
  constexpr double edge = 1e-6;
  p = std::clamp(p, edge, 1 - edge);
  return std::log(p / (1 - p));
}

std::vector<double> solve_positive(std::vector<double> a,
                                   std::vector<double> b) {
  auto n = b.size();
  // Cholesky, in place in the lower half.
  for (std::size_t j = 0; j < n; ++j) {
    auto d = a[j * n + j];
    for (std::size_t k = 0; k < j; ++k)
      d -= a[j * n + k] * a[j * n + k];
    if (!(d > 0))
      return {};
    d = std::sqrt(d);
    a[j * n + j] = d;
    for (std::size_t i = j + 1; i < n; ++i) {
      auto s = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k)
        s -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = s / d;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k)
      b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k)
      b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return b;
}

result<std::vector<double>> fit_logistic(const logistic_data& data,
                                         const logistic_limits& limits) {
  if (!sizes_fit(data, limits))
    return refuse(ec::invalid_value, "the sizes of the data do not fit");
  if (!all_finite(data.values) || !all_finite(data.yes)
      || !all_finite(data.weight) || !all_finite(limits.penalty))
    return refuse(ec::invalid_value, "a number is not finite");
  newton solver{data, limits};
  if (!solver.run())
    return refuse(ec::invalid_value, "the fit does not settle");
  return std::move(solver).coefficients();
}

} // namespace ringside::calibration
