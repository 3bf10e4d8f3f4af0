#include "app/fit/fit_profile.hpp"

#include "app/fit/fit_wide.hpp"
#include "domain/calibration/logistic_fit.hpp"
#include "domain/scoring/compare.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::fit {

namespace {

using namespace scoring;

/// Judges of a full panel: a vote is this part of a round.
constexpr double panel = 3;

double lead_of(const std::vector<term>& terms, const round_tally& t) {
  auto z = 0.0;
  for (const auto& x : terms)
    z += x.weight * compared(x, t);
  return z;
}

result<unit> fit_votes(profile& p, const round_list& rounds, int now) {
  calibration::logistic_data data;
  data.width = p.terms.size();
  for (const auto* r : rounds) {
    auto votes = r->votes(corner::red) + r->votes(corner::blue);
    if (!r->control_known || votes == 0)
      continue;
    for (const auto& t : p.terms)
      data.values.push_back(compared(t, r->tally));
    data.yes.push_back(static_cast<double>(r->votes(corner::red)) / votes);
    data.weight.push_back(votes / panel * recency(p.fit, *r, now));
  }
  calibration::logistic_limits limits;
  limits.penalty = scaled_ridge(data, p.fit.ridge);
  for (const auto& t : p.terms)
    limits.not_negative.push_back(!may_be_negative(t));
  auto weights = calibration::fit_logistic(data, limits);
  if (!weights)
    return weights.reason();
  for (std::size_t i = 0; i < p.terms.size(); ++i)
    p.terms[i].weight = (*weights)[i];
  return unit{};
}

/// The factor that makes the log-odds of a judge those of the majority.
result<double> fit_factor(const profile& p, const round_list& rounds, int now) {
  calibration::logistic_data data;
  data.width = 1;
  for (const auto* r : rounds) {
    if (!r->control_known || !r->counts())
      continue;
    data.values.push_back(lead_of(p.terms, r->tally));
    data.yes.push_back(r->majority() == corner::red ? 1 : 0);
    data.weight.push_back(recency(p.fit, *r, now));
  }
  auto factor = calibration::fit_logistic(data, {{0}, {}, {true}});
  if (!factor)
    return factor.reason();
  return factor->front();
}

/// How often judges call a round even that is exactly even by the model:
/// even votes are spread in proportion to 4 p (1 - p).
double fit_even_share(const profile& p, const round_list& rounds) {
  auto even = 0.0;
  auto room = 0.0;
  for (const auto* r : rounds) {
    auto chance = calibration::logistic(p.scale * lead_of(p.terms, r->tally));
    even += r->even_votes();
    room += static_cast<double>(r->cards.size()) * 4 * chance * (1 - chance);
  }
  return room > 0 ? std::min(even / room, 0.5) : 0;
}

} // namespace

double recency(const fit_plan& plan, const labelled_round& r, int now) {
  if (plan.half_life_years <= 0 || r.year() == 0)
    return 1;
  return std::exp2((r.year() - now) / plan.half_life_years);
}

std::vector<double> scaled_ridge(const calibration::logistic_data& data,
                                 double ridge) {
  // Keeps a column that never varies from having no penalty at all.
  constexpr double least = 1e-6;
  std::vector<double> out;
  for (std::size_t j = 0; j < data.width; ++j) {
    auto squares = 0.0;
    for (std::size_t i = 0; i < data.rows(); ++i) {
      auto x = data.values[i * data.width + j];
      squares += x * x;
    }
    auto n = static_cast<double>(std::max<std::size_t>(data.rows(), 1));
    out.push_back(ridge * squares / n + least);
  }
  return out;
}

round_list all_of(const std::vector<labelled_round>& rounds) {
  round_list out;
  for (const auto& r : rounds)
    out.push_back(&r);
  return out;
}

result<profile> fit_profile(profile p, const round_list& rounds) {
  if (p.fit.what == fitted::nothing)
    return refuse(ec::invalid_value,
                  p.id + " has nothing to fit: every number is set by hand");
  auto judged = std::any_of(rounds.begin(), rounds.end(), [](const auto* r) {
    return r->control_known && r->counts();
  });
  if (!judged)
    return refuse(ec::invalid_value,
                  "there are no judges' cards to learn from");
  auto now = 0;
  for (const auto* r : rounds) {
    now = std::max(now, r->year());
    p.fit.until = std::max(p.fit.until, r->date);
  }
  if (p.fit.what == fitted::weights) {
    p.scale = 1;
    if (auto ok = fit_votes(p, rounds, now); !ok)
      return ok.reason();
  }
  auto factor = fit_factor(p, rounds, now);
  if (!factor)
    return factor.reason();
  if (p.fit.what == fitted::scale)
    p.scale = *factor;
  else
    for (auto& t : p.terms)
      t.weight *= *factor;
  p.even_share = fit_even_share(p, rounds);
  if (!p.wide.terms.empty())
    if (auto ok = fit_wide(p, rounds, now); !ok)
      return ok.reason();
  if (auto sound = validate(p); !sound)
    return sound.reason();
  return p;
}

} // namespace ringside::fit
