#include "domain/synthetic/fit.hpp"
#include "domain/synthetic/panel.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ringside::synthetic {

namespace {

constexpr std::size_t judged_rounds_min = 100;
constexpr int golden_steps = 24;
constexpr int cycles = 6;

double phi(double x) {
  return std::erfc(-x * 0.70710678118654752440) / 2;
}

/// Points and weights of a standard normal variable on a plain grid; the
/// integrands are smooth, so this is as good as any rule.
constexpr double grid_step = 0.35;
constexpr int grid_half = 13;

/// Yes and no of one panel at the same x for each; log-likelihood of both.
struct ballot {
  /// One x per judge: they may be asked about different winners.
  std::vector<double> x;
  std::vector<bool> yes;
};

struct choice {
  double intercept = 0;
  double slope = 1;
  double shared = 0.5;
};

double likelihood(const std::vector<ballot>& all, const choice& m) {
  double total = 0;
  for (const auto& b : all) {
    double mixed = 0;
    double weights = 0;
    for (auto k = -grid_half; k <= grid_half; ++k) {
      auto c = k * grid_step;
      auto weight = std::exp(-c * c / 2);
      double chance = 1;
      for (std::size_t j = 0; j < b.x.size(); ++j) {
        auto lean = m.intercept + m.slope * b.x[j] + m.shared * c;
        chance *= phi(b.yes[j] ? lean : -lean);
      }
      mixed += weight * chance;
      weights += weight;
    }
    total += std::log(std::max(mixed / weights, 1e-12));
  }
  return total;
}

/// The place of the maximum of a function with one top.
double top_of(double low, double high, const std::function<double(double)>& f) {
  constexpr double part = 0.61803398874989484820;
  auto a = high - part * (high - low);
  auto b = low + part * (high - low);
  auto at_a = f(a);
  auto at_b = f(b);
  for (auto i = 0; i < golden_steps; ++i) {
    if (at_a > at_b) {
      high = b;
      b = a;
      at_b = at_a;
      a = high - part * (high - low);
      at_a = f(a);
    } else {
      low = a;
      a = b;
      at_a = at_b;
      b = low + part * (high - low);
      at_b = f(b);
    }
  }
  return (low + high) / 2;
}

/// Maximum likelihood, one number after the other.
choice fit_choice(const std::vector<ballot>& all, bool intercept) {
  choice best;
  auto improve = [&](double choice::*what, double low, double high) {
    best.*what = top_of(low, high, [&](double value) {
      auto m = best;
      m.*what = value;
      return likelihood(all, m);
    });
  };
  for (auto i = 0; i < cycles; ++i) {
    if (intercept)
      improve(&choice::intercept, -8, 8);
    improve(&choice::slope, 0.01, 4);
    improve(&choice::shared, 0, 3);
  }
  return best;
}

panel_choice rounded(const choice& m) {
  auto milli
    = [](double x) { return static_cast<int>(std::lround(x * 1'000)); };
  return {milli(m.intercept), milli(m.slope), milli(m.shared)};
}

int margin_of(const rules::round_score& s) {
  return s.raw.red.count - s.raw.blue.count;
}

double lead_of(const judged_round& r) {
  return static_cast<double>(r.seen.lead_milli) / 1'000;
}

/// Half width of the band around zero into which `share` of all cards fall.
double band_for(std::span<const judged_round> rounds, const choice& m,
                double share) {
  auto spread = std::sqrt(1 + m.shared * m.shared);
  auto share_at = [&](double half) {
    double total = 0;
    for (const auto& r : rounds) {
      auto lean = m.slope * lead_of(r);
      total += phi((half - lean) / spread) - phi((-half - lean) / spread);
    }
    return total / static_cast<double>(rounds.size());
  };
  auto low = 0.0;
  auto high = 3.0;
  for (auto i = 0; i < 40; ++i) {
    auto middle = (low + high) / 2;
    (share_at(middle) < share ? low : high) = middle;
  }
  return low;
}

struct sample {
  std::vector<ballot> winners;
  std::vector<ballot> wides;
  double cards = 0;
  double even = 0;
  double wide = 0;
  double wider = 0;
};

sample sample_of(std::span<const judged_round> rounds) {
  constexpr int wide_from = 20;
  constexpr int wider_from = 30;
  sample s;
  for (const auto& r : rounds) {
    ballot winner;
    ballot wide;
    for (const auto& card : r.cards) {
      auto margin = margin_of(card);
      s.cards += 1;
      s.even += margin == 0 ? 1 : 0;
      s.wide += std::abs(margin) >= wide_from ? 1 : 0;
      s.wider += std::abs(margin) >= wider_from ? 1 : 0;
      if (margin == 0)
        continue;
      winner.x.push_back(lead_of(r));
      winner.yes.push_back(margin > 0);
      auto who = margin > 0 ? corner::red : corner::blue;
      wide.x.push_back(wide_log_odds(r.seen, who));
      wide.yes.push_back(std::abs(margin) >= wide_from);
    }
    s.winners.push_back(std::move(winner));
    s.wides.push_back(std::move(wide));
  }
  return s;
}

} // namespace

result<judge_model> fit_judges(std::span<const judged_round> rounds) {
  if (rounds.size() < judged_rounds_min)
    return refuse(ec::invalid_value, "fewer than 100 judged rounds");
  auto s = sample_of(rounds);
  auto winner = fit_choice(s.winners, false);
  judge_model m;
  m.winner = rounded(winner);
  m.wide = rounded(fit_choice(s.wides, true));
  m.wider_ppm = s.wide > 0 ? std::llround(s.wider / s.wide * 1'000'000) : 0;
  m.even_milli = static_cast<int>(
    std::lround(band_for(rounds, winner, s.even / s.cards) * 1'000));
  return m;
}

} // namespace ringside::synthetic
