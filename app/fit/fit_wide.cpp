#include "app/fit/fit_wide.hpp"

#include "domain/scoring/compare.hpp"

#include <algorithm>

namespace ringside::fit {

namespace {

using namespace scoring;

constexpr double full_panel = 3;

/// Fits the wide model: intercepts of the eras first, then the terms.
class wide_fit {
public:
  wide_fit(profile& p, const round_list& rounds, int now)
    : p_(p), rounds_(rounds), now_(now), eras_(p.wide.eras.size()) {
    // nop
  }

  result<unit> run() {
    auto numbers = fit_votes();
    if (!numbers)
      return numbers.reason();
    auto platt = fit_platt(*numbers);
    if (!platt)
      return platt.reason();
    store(*numbers, (*platt)[0], std::max((*platt)[1], 0.0));
    fit_step();
    return unit{};
  }

private:
  /// One column per era: the first is always on, each later one adds what
  /// changed on its day.
  void push_row(std::vector<double>& out, const labelled_round& r,
                corner winner) const {
    for (std::size_t i = 0; i < eras_; ++i)
      out.push_back(in_era(r, i) ? 1 : 0);
    auto sign = winner == corner::red ? 1 : -1;
    for (const auto& t : p_.wide.terms)
      out.push_back(sign * compared(t, r.tally));
  }

  bool in_era(const labelled_round& r, std::size_t i) const {
    return i == 0 || r.date >= p_.wide.eras[i].from;
  }

  result<std::vector<double>> fit_votes() const {
    calibration::logistic_data data;
    data.width = eras_ + p_.wide.terms.size();
    for (const auto* r : rounds_)
      for (auto c : both_corners) {
        auto votes = r->votes(c);
        if (!r->control_known || votes == 0)
          continue;
        push_row(data.values, *r, c);
        data.yes.push_back(static_cast<double>(r->wide_votes(c)) / votes);
        data.weight.push_back(votes / full_panel * recency(p_.fit, *r, now_));
      }
    auto limits = limits_of(data);
    return calibration::fit_logistic(data, limits);
  }

  calibration::logistic_limits
  limits_of(const calibration::logistic_data& data) const {
    calibration::logistic_limits limits;
    limits.penalty = scaled_ridge(data, p_.fit.wide_ridge);
    // The rate itself is free; only its changes and the terms are held.
    limits.penalty[0] = 0;
    limits.not_negative.assign(eras_, false);
    for (const auto& t : p_.wide.terms)
      limits.not_negative.push_back(!may_be_negative(t));
    return limits;
  }

  double lead(const std::vector<double>& numbers, const labelled_round& r,
              corner winner) const {
    std::vector<double> row;
    push_row(row, r, winner);
    auto z = 0.0;
    for (std::size_t i = 0; i < row.size(); ++i)
      z += row[i] * numbers[i];
    return z;
  }

  /// From the log-odds of one judge to those of the majority.
  result<std::vector<double>>
  fit_platt(const std::vector<double>& numbers) const {
    calibration::logistic_data data;
    data.width = 2;
    for (const auto* r : rounds_) {
      if (!r->control_known || !r->counts())
        continue;
      data.values.push_back(1);
      data.values.push_back(lead(numbers, *r, *r->majority()));
      data.yes.push_back(r->wide_majority() ? 1 : 0);
      data.weight.push_back(recency(p_.fit, *r, now_));
    }
    return calibration::fit_logistic(data, {{0, 0}, {}, {}});
  }

  void store(const std::vector<double>& numbers, double shift, double factor) {
    auto intercept = 0.0;
    for (std::size_t i = 0; i < eras_; ++i) {
      intercept += numbers[i];
      p_.wide.eras[i].intercept = shift + factor * intercept;
    }
    for (std::size_t i = 0; i < p_.wide.terms.size(); ++i)
      p_.wide.terms[i].weight = factor * numbers[eras_ + i];
  }

  /// 10-7 hardly ever happens: one number, set so that the model expects as
  /// many of them from the judges as there were, and half a one more.
  void fit_step() {
    auto seen = 0.5;
    std::vector<std::pair<double, int>> leads;
    for (const auto* r : rounds_)
      for (auto c : both_corners) {
        auto sign = c == corner::red ? 1 : -1;
        auto z = wide_intercept(p_.wide, r->date);
        for (const auto& t : p_.wide.terms)
          z += sign * t.weight * compared(t, r->tally);
        leads.emplace_back(z, r->votes(c));
        for (const auto& card : r->cards)
          seen += sign * card.margin() >= 3 ? 1 : 0;
      }
    auto low = 0.0;
    auto high = 40.0;
    for (int i = 0; i < 60; ++i) {
      auto step = (low + high) / 2;
      auto expected = 0.0;
      for (auto [z, votes] : leads)
        expected += votes * calibration::logistic(z - step);
      (expected > seen ? low : high) = step;
    }
    p_.wide.step_to_next = high;
  }

  profile& p_;
  const round_list& rounds_;
  int now_;
  std::size_t eras_;
};

} // namespace

result<unit> fit_wide(profile& p, const round_list& rounds, int now) {
  return wide_fit{p, rounds, now}.run();
}

} // namespace ringside::fit
