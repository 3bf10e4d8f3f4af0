#include "domain/calibration/calibrator.hpp"

#include "domain/calibration/logistic_fit.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::calibration {

namespace {

constexpr double edge = 1e-6;
/// Ridge that only keeps separable cases from running off.
constexpr double hold = 1e-3;

double inside(double p) noexcept {
  return std::clamp(p, edge, 1 - edge);
}

/// What the fit of a kind sees of a forecast; slopes first, then the constant.
std::vector<double> inputs(calibration_kind kind, double p) {
  p = inside(p);
  switch (kind) {
  case calibration_kind::temperature:
    return {logit(p)};
  case calibration_kind::platt:
    return {logit(p), 1};
  case calibration_kind::beta:
    return {std::log(p), -std::log(1 - p), 1};
  case calibration_kind::none:
  case calibration_kind::isotonic:
    break;
  }
  return {};
}

result<std::vector<double>> fit_curve(calibration_kind kind,
                                      std::span<const labelled> all) {
  logistic_data data;
  for (const auto& x : all) {
    auto row = inputs(kind, x.forecast);
    data.width = row.size();
    data.values.insert(data.values.end(), row.begin(), row.end());
    data.yes.push_back(x.happened ? 1 : 0);
    data.weight.push_back(1);
  }
  logistic_limits limits;
  limits.penalty.assign(data.width, hold);
  limits.centre.assign(data.width, 1);
  limits.not_negative.assign(data.width, true);
  if (kind != calibration_kind::temperature) {
    limits.centre.back() = 0;
    limits.not_negative.back() = false;
  }
  return fit_logistic(data, limits);
}

struct block {
  double forecast = 0;
  double happened = 0;
  double count = 0;
};

/// Pool adjacent violators over forecasts in ascending order.
std::vector<std::array<double, 2>> fit_stairs(std::span<const labelled> all) {
  std::vector<labelled> sorted{all.begin(), all.end()};
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return a.forecast != b.forecast ? a.forecast < b.forecast
                                    : a.happened > b.happened;
  });
  std::vector<block> stack;
  for (const auto& x : sorted) {
    stack.push_back({x.forecast, x.happened ? 1.0 : 0.0, 1});
    while (stack.size() > 1) {
      auto top = stack.back();
      auto& below = stack[stack.size() - 2];
      if (below.happened * top.count < top.happened * below.count)
        break;
      below.forecast += top.forecast;
      below.happened += top.happened;
      below.count += top.count;
      stack.pop_back();
    }
  }
  std::vector<std::array<double, 2>> knots;
  for (const auto& b : stack)
    knots.push_back({b.forecast / b.count, b.happened / b.count});
  return knots;
}

double along(const std::vector<std::array<double, 2>>& knots,
             double p) noexcept {
  if (knots.empty())
    return p;
  auto above
    = std::find_if(knots.begin(), knots.end(),
                   [p](const std::array<double, 2>& k) { return k[0] >= p; });
  if (above == knots.begin())
    return knots.front()[1];
  if (above == knots.end())
    return knots.back()[1];
  auto below = above - 1;
  auto width = (*above)[0] - (*below)[0];
  auto share = width > 0 ? (p - (*below)[0]) / width : 1;
  return (*below)[1] + share * ((*above)[1] - (*below)[1]);
}

result<unit> check(calibration_kind kind, std::span<const labelled> all) {
  auto good = std::all_of(all.begin(), all.end(), [](const labelled& x) {
    return x.forecast >= 0 && x.forecast <= 1;
  });
  if (!good)
    return refuse(ec::invalid_value, "a forecast is not between 0 and 1");
  if (all.size() < cases_needed(kind))
    return refuse(ec::invalid_value, std::string{text_of(kind)} + " needs "
                                       + std::to_string(cases_needed(kind))
                                       + " cases, there are "
                                       + std::to_string(all.size()));
  auto yes = std::count_if(all.begin(), all.end(),
                           [](const labelled& x) { return x.happened; });
  if (yes == 0 || yes == static_cast<std::ptrdiff_t>(all.size()))
    return refuse(ec::invalid_value, "all cases ended alike");
  return unit{};
}

} // namespace

double calibrator::operator()(double p) const noexcept {
  if (kind_ == calibration_kind::none)
    return p;
  if (kind_ == calibration_kind::isotonic)
    return along(knots_, p);
  auto row = inputs(kind_, p);
  auto z = 0.0;
  for (std::size_t i = 0; i < row.size(); ++i)
    z += numbers_[i] * row[i];
  return logistic(z);
}

std::size_t cases_needed(calibration_kind kind) noexcept {
  switch (kind) {
  case calibration_kind::none:
    return 0;
  case calibration_kind::temperature:
  case calibration_kind::platt:
    return 50;
  case calibration_kind::beta:
    return 100;
  case calibration_kind::isotonic:
    return 1'000;
  }
  return 0;
}

result<calibrator> fit_calibrator(calibration_kind kind,
                                  std::span<const labelled> all) {
  calibrator out;
  if (kind == calibration_kind::none)
    return out;
  if (auto ok = check(kind, all); !ok)
    return ok.reason();
  out.kind_ = kind;
  if (kind == calibration_kind::isotonic) {
    out.knots_ = fit_stairs(all);
    return out;
  }
  auto numbers = fit_curve(kind, all);
  if (!numbers)
    return numbers.reason();
  out.numbers_ = {};
  std::copy(numbers->begin(), numbers->end(), out.numbers_.begin());
  return out;
}

} // namespace ringside::calibration
