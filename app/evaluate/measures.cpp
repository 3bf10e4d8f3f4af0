#include "app/evaluate/measures.hpp"

#include "app/evaluate/dice.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <unordered_map>

namespace ringside::evaluate {

namespace {

using calibration::confusion;
using calibration::labelled;
using fit::labelled_round;

constexpr std::size_t bins = 10;

/// Sums of one event; a resample adds them up.
struct event_sums {
  double rounds = 0;
  double right = 0;
  double loss = 0;
  double squares = 0;
  confusion wide;
  double bouts = 0;
  double bouts_right = 0;
  /// Forecast less what happened, and its count, per bin of the whole file.
  std::array<double, bins> off{};

  event_sums& operator+=(const event_sums& x) noexcept {
    rounds += x.rounds;
    right += x.right;
    loss += x.loss;
    squares += x.squares;
    wide += x.wide;
    bouts += x.bouts;
    bouts_right += x.bouts_right;
    for (std::size_t i = 0; i < bins; ++i)
      off[i] += x.off[i];
    return *this;
  }
};

/// The figures of some sums, in one order.
constexpr std::size_t figures = 8;

std::array<double, figures> figures_of(const event_sums& s) {
  auto part = [](double x, double n) { return n > 0 ? x / n : 0; };
  auto off = 0.0;
  for (auto x : s.off)
    off += std::abs(x);
  return {part(s.right, s.rounds),
          part(s.loss, s.rounds),
          part(s.squares, s.rounds),
          part(off, s.rounds),
          s.wide.precision(),
          s.wide.recall(),
          s.wide.f1(),
          part(s.bouts_right, s.bouts)};
}

double chance(const forecast& f) noexcept {
  return f.a_wins.count / 1e6;
}

/// Adds up the file by events.
class summer {
public:
  summer(const std::vector<labelled_round>& rounds,
         const std::vector<std::optional<forecast>>& forecasts)
    : rounds_(rounds), forecasts_(forecasts) {
    for (std::size_t i = 0; i < rounds.size(); ++i)
      if (forecasts[i] && rounds[i].counts())
        places_.push_back(i);
    curve_ = calibration::bins_of(folded_cases(), bins);
  }

  std::vector<event_sums> run() {
    std::vector<std::size_t> order(places_);
    // The same order and bins as the reliability curve.
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
      auto x = folded(a);
      auto y = folded(b);
      return x.forecast != y.forecast ? x.forecast < y.forecast
                                      : x.happened < y.happened;
    });
    for (std::size_t k = 0; k < bins; ++k)
      for (auto i = order.size() * k / bins; i < order.size() * (k + 1) / bins;
           ++i)
        add_round(order[i], k);
    add_bouts();
    return std::move(sums_);
  }

  const std::vector<calibration::reliability_bin>& curve() const noexcept {
    return curve_;
  }

private:
  labelled folded(std::size_t i) const {
    auto p = chance(*forecasts_[i]);
    auto a = rounds_[i].majority() == corner::red;
    return p < 0.5 ? labelled{1 - p, !a} : labelled{p, a};
  }

  std::vector<labelled> folded_cases() const {
    std::vector<labelled> out;
    for (auto i : places_)
      out.push_back(folded(i));
    return out;
  }

  event_sums& sums_of(const std::string& event) {
    auto [found, fresh] = events_.emplace(event, sums_.size());
    if (fresh)
      sums_.emplace_back();
    return sums_[found->second];
  }

  void add_round(std::size_t i, std::size_t bin) {
    constexpr double edge = 1e-6;
    const auto& r = rounds_[i];
    const auto& f = *forecasts_[i];
    auto p = chance(f);
    auto a = r.majority() == corner::red;
    auto& s = sums_of(r.event);
    s.rounds += 1;
    s.right += f.a_wins.count == 500'000 ? 0.5 : (p > 0.5) == a ? 1 : 0;
    auto inside = std::clamp(p, edge, 1 - edge);
    s.loss -= std::log(a ? inside : 1 - inside);
    s.squares += (p - (a ? 1 : 0)) * (p - (a ? 1 : 0));
    auto turned = folded(i);
    s.off[bin] += turned.forecast - (turned.happened ? 1 : 0);
    // Two judges cannot make a panel's 10-8.
    constexpr std::size_t panel = 3;
    if (r.cards.size() >= panel)
      s.wide.add(f.steps() >= 2, r.wide_majority());
  }

  /// Bouts whose every round has three cards and a forecast.
  void add_bouts() {
    std::unordered_map<std::string, std::vector<std::size_t>> bouts;
    std::vector<std::string> order;
    for (std::size_t i = 0; i < rounds_.size(); ++i) {
      auto& list = bouts[rounds_[i].bout];
      if (list.empty())
        order.push_back(rounds_[i].bout);
      list.push_back(i);
    }
    for (const auto& id : order)
      add_bout(bouts[id]);
  }

  void add_bout(const std::vector<std::size_t>& list) {
    std::vector<const forecast*> all;
    per_corner<int> deducted;
    std::array<int, 3> leads{};
    auto last = 0;
    for (auto i : list) {
      const auto& r = rounds_[i];
      if (!forecasts_[i] || r.cards.size() != leads.size())
        return;
      all.push_back(&*forecasts_[i]);
      for (std::size_t j = 0; j < leads.size(); ++j)
        leads[j] += r.cards[j].margin() - r.deducted.red + r.deducted.blue;
      for (auto c : both_corners)
        deducted[c] += r.deducted[c];
      last = r.last ? r.round : last;
    }
    if (last != static_cast<int>(list.size()))
      return;
    auto red
      = std::count_if(leads.begin(), leads.end(), [](int x) { return x > 0; });
    auto blue
      = std::count_if(leads.begin(), leads.end(), [](int x) { return x < 0; });
    if (red < 2 && blue < 2)
      return;
    auto odds = odds_of_bout(all, deducted);
    auto red_chance = odds.a_wins + odds.even / 2;
    auto& s = sums_of(rounds_[list.front()].event);
    s.bouts += 1;
    s.bouts_right += (red_chance > 0.5) == (red >= 2) ? 1 : 0;
  }

  const std::vector<labelled_round>& rounds_;
  const std::vector<std::optional<forecast>>& forecasts_;
  std::vector<std::size_t> places_;
  std::vector<calibration::reliability_bin> curve_;
  std::unordered_map<std::string, std::size_t> events_;
  std::vector<event_sums> sums_;
};

/// Figures of resampled events, one list per figure, ascending.
std::array<std::vector<double>, figures>
resample(const std::vector<event_sums>& events, int draws) {
  constexpr std::uint64_t seed = 20'210'220;
  dice d{seed};
  std::array<std::vector<double>, figures> out;
  for (int i = 0; i < draws; ++i) {
    event_sums sum;
    for (std::size_t k = 0; k < events.size(); ++k)
      sum += events[d.below(events.size())];
    auto values = figures_of(sum);
    for (std::size_t f = 0; f < figures; ++f)
      out[f].push_back(values[f]);
  }
  for (auto& list : out)
    std::sort(list.begin(), list.end());
  return out;
}

} // namespace

measured measure(const std::vector<labelled_round>& rounds,
                 const std::vector<std::optional<forecast>>& forecasts,
                 int draws) {
  summer all{rounds, forecasts};
  auto events = all.run();
  event_sums sum;
  for (const auto& e : events)
    sum += e;
  measured m;
  m.rounds = static_cast<std::size_t>(sum.rounds);
  m.bouts = static_cast<std::size_t>(sum.bouts);
  m.wide_rounds = static_cast<std::size_t>(sum.wide.hits + sum.wide.misses);
  m.curve = all.curve();
  auto values = figures_of(sum);
  auto spread = resample(events, events.empty() ? 0 : draws);
  std::array<figure*, figures> places{
    &m.accuracy,       &m.log_loss,    &m.brier,   &m.ece,
    &m.wide_precision, &m.wide_recall, &m.wide_f1, &m.bout_winner};
  for (std::size_t i = 0; i < figures; ++i) {
    *places[i] = {values[i], values[i], values[i]};
    if (auto n = spread[i].size(); n > 0) {
      places[i]->low = spread[i][n * 25 / 1'000];
      places[i]->high = spread[i][std::min(n - 1, n * 975 / 1'000)];
    }
  }
  return m;
}

std::map<int, measured>
measure_years(const std::vector<labelled_round>& rounds,
              const std::vector<std::optional<forecast>>& forecasts) {
  std::map<int, std::vector<std::optional<forecast>>> years;
  for (std::size_t i = 0; i < rounds.size(); ++i)
    if (forecasts[i] && rounds[i].counts()) {
      auto& year = years[rounds[i].year()];
      year.resize(rounds.size());
      year[i] = forecasts[i];
    }
  std::map<int, measured> out;
  for (const auto& [year, some] : years)
    out[year] = measure(rounds, some, 0);
  return out;
}

} // namespace ringside::evaluate
