#include "app/fit/judge_effects.hpp"

#include "domain/calibration/logistic_fit.hpp"
#include "domain/scoring/compare.hpp"

#include <cmath>
#include <map>

namespace ringside::fit {

namespace {

using calibration::logistic_data;

constexpr double sharpness_spread = 0.25;
constexpr double wide_spread = 0.7;

double precision(double spread) {
  return 1 / (spread * spread);
}

/// What one judge, or all of them, said.
struct sheet {
  logistic_data winner;
  logistic_data wide;
  double agreed = 0;

  void add(const scoring::profile& p, const labelled_round& r,
           const judged& card) {
    if (card.margin() == 0)
      return;
    auto lead = 0.0;
    for (const auto& t : p.terms)
      lead += p.scale * t.weight * scoring::compared(t, r.tally);
    auto red = card.margin() > 0;
    winner.width = 1;
    winner.values.push_back(lead);
    winner.yes.push_back(red ? 1 : 0);
    winner.weight.push_back(1);
    agreed += lead == 0 ? 0.5 : (lead > 0) == red ? 1 : 0;
    auto chance = scoring::wide_intercept(p.wide, r.date);
    for (const auto& t : p.wide.terms)
      chance += (red ? 1 : -1) * t.weight * scoring::compared(t, r.tally);
    wide.width = 2;
    wide.values.insert(wide.values.end(), {1, chance});
    wide.yes.push_back(std::abs(card.margin()) >= 2 ? 1 : 0);
    wide.weight.push_back(1);
  }
};

/// What all judges together do with the log-odds of the profile.
struct common {
  double sharpness = 1;
  double wide_shift = 0;
  double wide_factor = 1;
};

result<common> fit_common(const sheet& all) {
  auto winner = calibration::fit_logistic(all.winner, {{0}, {}, {}});
  if (!winner)
    return winner.reason();
  auto wide = calibration::fit_logistic(all.wide, {{0, 0}, {}, {}});
  if (!wide)
    return wide.reason();
  return common{(*winner)[0], (*wide)[0], (*wide)[1]};
}

result<judge_effect> fit_judge(const std::string& name, const sheet& s,
                               const common& all) {
  // Holds the slope of the wide model at that of all judges.
  constexpr double fixed = 1e9;
  auto tight = precision(sharpness_spread * all.sharpness);
  auto winner
    = calibration::fit_logistic(s.winner, {{tight}, {all.sharpness}, {}});
  if (!winner)
    return winner.reason();
  auto wide = calibration::fit_logistic(
    s.wide,
    {{precision(wide_spread), fixed}, {all.wide_shift, all.wide_factor}, {}});
  if (!wide)
    return wide.reason();
  auto n = static_cast<double>(s.winner.rows());
  return judge_effect{name, s.winner.rows(), s.agreed / n,
                      (*winner)[0] / all.sharpness,
                      (*wide)[0] - all.wide_shift};
}

} // namespace

result<std::vector<judge_effect>> judge_effects(const scoring::profile& p,
                                                const round_list& rounds,
                                                std::size_t least) {
  std::map<std::string, sheet> sheets;
  sheet all;
  for (const auto* r : rounds)
    for (const auto& card : r->cards) {
      all.add(p, *r, card);
      sheets[card.judge].add(p, *r, card);
    }
  std::vector<judge_effect> out;
  if (all.winner.rows() == 0)
    return out;
  auto together = fit_common(all);
  if (!together)
    return together.reason();
  for (const auto& [name, s] : sheets) {
    if (name.empty() || s.winner.rows() < least || s.winner.rows() == 0)
      continue;
    auto one = fit_judge(name, s, *together);
    if (!one)
      return one.reason();
    out.push_back(*one);
  }
  return out;
}

std::string csv_of(const std::vector<judge_effect>& effects) {
  auto milli = [](double x) { return std::to_string(std::llround(x * 1e3)); };
  std::string out{
    "judge,rounds,agreement_ppm,sharpness_milli,wide_shift_milli\n"};
  for (const auto& e : effects)
    out += "\"" + e.judge + "\"," + std::to_string(e.rounds) + ","
           + std::to_string(std::llround(e.agreement * 1e6)) + ","
           + milli(e.sharpness) + "," + milli(e.wide_shift) + "\n";
  return out;
}

} // namespace ringside::fit
