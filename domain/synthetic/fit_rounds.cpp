#include "domain/base/number.hpp"
#include "domain/base/portable_math.hpp"
#include "domain/synthetic/fit.hpp"
#include "domain/synthetic/matrix.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::synthetic {

using namespace portable;

namespace {

constexpr std::int64_t rounds_min = 100;

std::int64_t ppm_of(double x) {
  return std::llround(x * million);
}

int milli_of(double x) {
  return static_cast<int>(std::lround(x * 1'000));
}

// -- margins ------------------------------------------------------------------

control_margin control_of(std::span<const observed_bout> bouts) {
  std::vector<int> some;
  double all = 0;
  for (const auto& b : bouts)
    for (const auto& r : b.rounds)
      for (auto c : both_corners)
        if (r.control_known) {
          all += 1;
          if (auto s = r.lines[c].of(stat::control_s); s > 0)
            some.push_back(s);
        }
  control_margin m;
  std::sort(some.begin(), some.end());
  m.none_ppm = ppm_of(1 - static_cast<double>(some.size()) / all);
  for (std::size_t i = 0; i < knot_count; ++i)
    m.knots_s[i] = some[(some.size() - 1) * i / (knot_count - 1)];
  return m;
}

// -- targets ------------------------------------------------------------------

/// Strikes at one target out of those that may go there.
struct tries {
  double hits = 0;
  double all = 0;
};

/// Moments of a share that differs from round to round: with `a` hits out of
/// `n`, a(a-1) out of n(n-1) estimates the mean square without the noise of
/// small counts, and hits of two rounds estimate what they have in common.
class share_moments {
public:
  void add(const std::vector<tries>& rounds) {
    for (std::size_t s = 0; s < rounds.size(); ++s) {
      hits_ += rounds[s].hits;
      all_ += rounds[s].all;
      hits2_ += rounds[s].hits * (rounds[s].hits - 1);
      all2_ += rounds[s].all * (rounds[s].all - 1);
      for (std::size_t t = 0; t < rounds.size(); ++t)
        if (t != s) {
          both_hits_ += rounds[s].hits * rounds[t].hits;
          both_all_ += rounds[s].all * rounds[t].all;
        }
    }
  }

  double mean() const {
    return hits_ / all_;
  }

  double variance() const {
    return std::max(hits2_ / all2_ - mean() * mean(), 1e-6);
  }

  double persistence() const {
    if (both_all_ <= 0)
      return 0;
    return std::clamp((both_hits_ / both_all_ - mean() * mean()) / variance(),
                      0.0, 1.0);
  }

private:
  double hits_ = 0;
  double all_ = 0;
  double hits2_ = 0;
  double all2_ = 0;
  double both_hits_ = 0;
  double both_all_ = 0;
};

template <class Landed, class Missed>
share_margin share_of(std::span<const observed_bout> bouts, Landed landed,
                      Missed missed) {
  share_moments in;
  tries out;
  for (const auto& b : bouts)
    for (auto c : both_corners) {
      std::vector<tries> rounds;
      for (const auto& r : b.rounds) {
        rounds.push_back(landed(r.lines[c]));
        auto m = missed(r.lines[c]);
        out.hits += m.hits;
        out.all += m.all;
      }
      in.add(rounds);
    }
  auto l = logit_normal_of(in.mean(), in.variance());
  // What is missed follows the same habit around a mean of its own.
  auto p = std::clamp(out.hits / std::max(out.all, 1.0), 1e-4, 1 - 1e-4);
  auto shift = ln(p / (1 - p)) - ln(in.mean() / (1 - in.mean()));
  return {milli_of(l.mean), milli_of(l.mean + shift), milli_of(l.sd),
          ppm_of(in.persistence())};
}

int landed_of(const observed_line& x) {
  return x.of(stat::distance_landed) + x.of(stat::clinch_landed)
         + x.of(stat::ground_landed);
}

int missed_of(const observed_line& x) {
  return x.of(stat::distance_missed) + x.of(stat::clinch_missed)
         + x.of(stat::ground_missed);
}

tries share(int hits, int all) {
  return {static_cast<double>(std::min(hits, all)), static_cast<double>(all)};
}

// -- correlations -------------------------------------------------------------

/// The part of a pair that is the sum, or the difference, of two fighters.
struct halves {
  matrix plus{};
  matrix minus{};
};

halves split(const matrix& own, const matrix& other) {
  return {sum(own, other, 1), sum(own, other, -1)};
}

matrix own_of(const halves& h) {
  auto m = sum(h.plus, h.minus, 1);
  for (auto& row : m)
    for (auto& x : row)
      x /= 2;
  return m;
}

matrix other_of(const halves& h) {
  auto m = sum(h.plus, h.minus, -1);
  for (auto& row : m)
    for (auto& x : row)
      x /= 2;
  return m;
}

/// Scales so that the whole has variance one, and rounds.
correlations rounded(const halves& h, const per_stat<double>& scale) {
  auto own = own_of(h);
  auto other = other_of(h);
  correlations c;
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j < stat_count; ++j) {
      c.own[i][j]
        = static_cast<std::int32_t>(ppm_of(own[i][j] * scale[i] * scale[j]));
      c.other[i][j]
        = static_cast<std::int32_t>(ppm_of(other[i][j] * scale[i] * scale[j]));
    }
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      c.own[i][j] = c.own[j][i];
      c.other[i][j] = c.other[j][i];
    }
  return c;
}

matrix latent_of(const per_stat<staircase>& stairs, const figures& f,
                 const matrix& pearson, bool unit_diagonal) {
  matrix m{};
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      auto covariance = pearson[i][j] * f.stats[i].sd * f.stats[j].sd;
      m[i][j] = m[j][i] = latent_for(stairs[i], stairs[j], covariance);
      if (unit_diagonal && i == j)
        m[i][i] = 1;
    }
  return m;
}

void fit_correlations(parameters& p, const figures& f) {
  auto stairs = stairs_of(p);
  auto all = split(latent_of(stairs, f, f.own, true),
                   latent_of(stairs, f, f.other, false));
  auto bout = split(latent_of(stairs, f, f.own_later, false),
                    latent_of(stairs, f, f.other_later, false));
  // Estimates of noisy numbers; the nearest that variables can have.
  bout = {lifted(bout.plus, 0), lifted(bout.minus, 0)};
  halves round{lifted(sum(all.plus, bout.plus, -1), 1e-3),
               lifted(sum(all.minus, bout.minus, -1), 1e-3)};
  auto b = own_of(bout);
  auto r = own_of(round);
  per_stat<double> scale{};
  for (std::size_t i = 0; i < stat_count; ++i)
    scale[i] = 1 / std::sqrt(b[i][i] + r[i][i]);
  p.bout = rounded(bout, scale);
  p.round = rounded(round, scale);
  for (std::size_t i = 0; i < stat_count; ++i)
    p.round.own[i][i] = static_cast<std::int32_t>(1'000'000) - p.bout.own[i][i];
}

} // namespace

result<parameters> fit_rounds(std::span<const observed_bout> bouts) {
  auto f = describe(bouts);
  if (f.rounds < rounds_min)
    return refuse(ec::invalid_value, "fewer than 100 rounds are no sample");
  parameters p;
  double taken = 0;
  for (const auto& b : bouts)
    for (const auto& r : b.rounds)
      for (auto c : both_corners)
        taken += r.lines[c].points_taken > 0 ? 1 : 0;
  p.deduction_ppm = ppm_of(taken / (2 * static_cast<double>(f.rounds)));
  for (std::size_t i = 0; i < stat_count; ++i)
    if (f.stats[i].mean <= 0)
      return refuse(ec::invalid_value,
                    std::string{text_of(static_cast<stat>(i))}
                      + " never happens in these rounds");
  for (std::size_t i = 0; i < counted_stats; ++i)
    p.counts[i]
      = {ppm_of(f.stats[i].mean), ppm_of(f.stats[i].sd * f.stats[i].sd)};
  p.control = control_of(bouts);
  p.leg = share_of(
    bouts,
    [](const observed_line& x) {
      return share(x.legs_landed, x.of(stat::distance_landed));
    },
    [](const observed_line& x) {
      return share(x.legs_missed, x.of(stat::distance_missed));
    });
  p.body = share_of(
    bouts,
    [](const observed_line& x) {
      return share(x.body_landed, landed_of(x) - x.legs_landed);
    },
    [](const observed_line& x) {
      return share(x.body_missed, missed_of(x) - x.legs_missed);
    });
  fit_correlations(p, f);
  return p;
}

} // namespace ringside::synthetic
