#include "app/evaluate/forecast.hpp"

#include "domain/base/number.hpp"
#include "domain/scoring/assessment.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>

namespace ringside::evaluate {

namespace {

using fit::labelled_round;

/// Fills in the forecasts of the rounds that `tested` names, by a fit on those
/// that `learned` names.
result<unit> fill(forecasts& out, const scoring::profile& p,
                  const std::vector<labelled_round>& rounds,
                  const std::vector<scoring::round_tally>& degraded,
                  const std::function<bool(const labelled_round&)>& learned,
                  const std::function<bool(const labelled_round&)>& tested) {
  fit::round_list seen;
  for (const auto& r : rounds)
    if (learned(r))
      seen.push_back(&r);
  auto fitted = p;
  if (p.fit.what != scoring::fitted::nothing) {
    auto better = fit::fit_profile(p, seen);
    if (!better)
      return better.reason();
    fitted = std::move(*better);
  }
  for (std::size_t i = 0; i < rounds.size(); ++i)
    if (tested(rounds[i]))
      out.rounds[i]
        = forecast_of(fitted, degraded.empty() ? rounds[i].tally : degraded[i],
                      rounds[i].date);
  return unit{};
}

/// True if the profile has learned from rounds of the same time and there is
/// something to learn from here.
bool seen_before(const scoring::profile& p,
                 const std::vector<labelled_round>& rounds) {
  std::size_t old = 0;
  std::size_t judged = 0;
  for (const auto& r : rounds) {
    old += !r.date.empty() && r.date <= p.fit.until ? 1 : 0;
    judged += r.counts() ? 1 : 0;
  }
  constexpr std::size_t enough = 500;
  return 2 * old > rounds.size() && judged >= enough
         && p.fit.what != scoring::fitted::nothing;
}

} // namespace

int fold_of(std::string_view event) noexcept {
  // FNV-1a.
  std::uint64_t h = 14'695'981'039'346'656'037ULL;
  for (auto c : event)
    h = (h ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  return static_cast<int>((h >> 32) % event_folds);
}

int forecast::steps() const noexcept {
  return std::abs(card.red.count - card.blue.count) / whole_points(1).count;
}

rules::score_scale card_scale() {
  return {};
}

forecast forecast_of(const scoring::profile& p, const scoring::round_tally& t,
                     std::string_view date) {
  static const auto scale = card_scale();
  auto o = scoring::look_at(p, scale, t, date);
  forecast f;
  f.a_wins = {o.wins.red.count + o.even.count / 2};
  f.wide = o.wide.red + o.wide.blue;
  f.card = o.card;
  f.wins = o.wins;
  f.wides = o.wide;
  f.lead_milli = o.lead_milli;
  return f;
}

result<forecasts>
forecast_all(const scoring::profile& p,
             const std::vector<labelled_round>& rounds, validation how,
             const std::vector<scoring::round_tally>& degraded) {
  forecasts out;
  if (how == validation::automatic)
    how = seen_before(p, rounds) ? validation::event : validation::none;
  out.how = how;
  out.rounds.resize(rounds.size());
  auto run = [&](const auto& learned, const auto& tested) {
    return fill(out, p, rounds, degraded, learned, tested);
  };
  if (how == validation::event) {
    for (int k = 0; k < event_folds; ++k)
      if (auto ok = run([k](const auto& r) { return fold_of(r.event) != k; },
                        [k](const auto& r) { return fold_of(r.event) == k; });
          !ok)
        return ok.reason();
    return out;
  }
  if (how == validation::time) {
    auto last = 0;
    for (const auto& r : rounds)
      last = std::max(last, r.year());
    for (int y = first_test_year; y <= last; ++y)
      if (auto ok = run([y](const auto& r) { return r.year() < y; },
                        [y](const auto& r) { return r.year() == y; });
          !ok)
        return ok.reason();
    return out;
  }
  for (std::size_t i = 0; i < rounds.size(); ++i)
    out.rounds[i] = forecast_of(
      p, degraded.empty() ? rounds[i].tally : degraded[i], rounds[i].date);
  return out;
}

bout_odds odds_of_bout(const std::vector<const forecast*>& rounds,
                       const per_corner<int>& deducted) {
  // Chance of each lead of A, from -`most` to `most`.
  constexpr int most = 80;
  std::array<double, 2 * most + 1> now{};
  auto start = std::clamp(deducted.blue - deducted.red, -most, most);
  now[static_cast<std::size_t>(most + start)] = 1;
  for (const auto* f : rounds) {
    std::array<double, 2 * most + 1> next{};
    auto wide = per_corner<double>{f->wides.red.count / million,
                                   f->wides.blue.count / million};
    auto close = per_corner<double>{f->wins.red.count / million - wide.red,
                                    f->wins.blue.count / million - wide.blue};
    auto even = 1 - wide.red - wide.blue - close.red - close.blue;
    for (int d = -most + 2; d <= most - 2; ++d) {
      auto p = now[static_cast<std::size_t>(most + d)];
      auto put = [&](int by, double chance) {
        next[static_cast<std::size_t>(most + d + by)] += p * chance;
      };
      put(2, wide.red);
      put(1, close.red);
      put(0, even);
      put(-1, close.blue);
      put(-2, wide.blue);
    }
    now = next;
  }
  bout_odds odds;
  odds.even = now[most];
  for (std::size_t i = most + 1; i < now.size(); ++i)
    odds.a_wins += now[i];
  return odds;
}

} // namespace ringside::evaluate
