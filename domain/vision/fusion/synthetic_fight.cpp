#include "domain/vision/fusion/synthetic_fight.hpp"

#include "domain/base/dice.hpp"
#include "domain/base/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::fusion {

namespace {

constexpr double start_s = static_cast<double>(fight_starts.count) * 1e-6;

mono_us at_second(double t) {
  return {static_cast<std::int64_t>(std::llround(t * 1e6))};
}

std::int32_t share(double value) {
  return static_cast<std::int32_t>(
    std::lround(std::clamp(value, 0.0, 1.0) * 1e6));
}

/// What happens by chance; only portable functions, so that a seed gives the
/// same fight everywhere.
class chances {
public:
  explicit chances(std::uint64_t seed) : dice_(seed) {
    // nop
  }

  double uniform() noexcept {
    return portable::uniform(dice_);
  }

  double between(double low, double high) noexcept {
    return low + (high - low) * uniform();
  }

  bool chance(double p) noexcept {
    return uniform() < p;
  }

  /// 0 to n - 1.
  std::size_t below(std::size_t n) noexcept {
    return static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(n)));
  }

  double exponential(double mean) noexcept {
    return -mean * portable::ln(uniform());
  }

  double normal() noexcept {
    return portable::normal(dice_);
  }

  /// An independent stream for a part of the work.
  chances split() noexcept {
    return chances{dice_.next()};
  }

private:
  dice dice_;
};

/// A strike with its time in seconds.
struct moment {
  double t = 0;
  true_strike what;
};

true_strike any_strike(chances& d, corner by, std::size_t kinds) {
  true_strike s;
  s.corner = by;
  s.kind = static_cast<kind_index>(d.below(kinds));
  auto where = d.uniform();
  s.target = where < 0.7   ? bout::strike_target::head
             : where < 0.9 ? bout::strike_target::body
                           : bout::strike_target::leg;
  s.severity_ppm = share(d.uniform() * d.uniform());
  return s;
}

/// A combination from `t` on, or from when the fighter is free again: one
/// fighter's strikes are 85 to 400 ms apart, only those of both overlap.
void combination(const fight_settings& f, chances& d, double t, corner by,
                 per_corner<double>& free, std::vector<moment>& out) {
  t = std::max(t, free[by]);
  do {
    out.push_back({t, any_strike(d, by, f.kinds)});
    t += 0.085 + 0.315 * portable::exponential(0.8 * portable::ln(d.uniform()));
  } while (d.chance(f.combination_more));
  free[by] = t;
}

std::vector<moment> make_moments(const fight_settings& f, chances& d,
                                 double rate, bool single) {
  std::vector<moment> all;
  per_corner<double> free{};
  auto t = start_s + d.exponential(1 / rate);
  for (; t < start_s + f.duration_s; t += d.exponential(1 / rate)) {
    auto by = d.chance(0.5) ? corner::red : corner::blue;
    if (single) {
      all.push_back({t, any_strike(d, by, f.kinds)});
      continue;
    }
    combination(f, d, t, by, free, all);
    if (d.chance(f.answer))
      combination(f, d, t + d.between(0.1, 0.8), opponent(by), free, all);
  }
  std::sort(all.begin(), all.end(),
            [](const moment& a, const moment& b) { return a.t < b.t; });
  return all;
}

/// One source watching the fight.
class witness {
public:
  witness(const fight_settings& f, source_index src, chances d)
    : fight_(f), s_(f.sources[src]), src_(src), d_(d) {
    // nop
  }

  void watch(const std::vector<moment>& strikes,
             const std::vector<moment>& feints, synthetic_fight& out) {
    block_sight();
    for (const auto& m : strikes)
      see(m, s_.p_d);
    for (const auto& m : feints)
      if (s_.is == source_class::camera)
        see(m, fight_.feint_seen);
    imagine();
    std::sort(raw_.begin(), raw_.end(),
              [](const moment& a, const moment& b) { return a.t < b.t; });
    file(out);
    beat(out);
  }

private:
  bool gone(double t) const {
    return t >= start_s + s_.gone_from_s && t < start_s + s_.gone_to_s;
  }

  /// Blocked for 0.8 s on average.
  void block_sight() {
    if (s_.blocked <= 0)
      return;
    auto free_s = 0.8 * (1 - s_.blocked) / s_.blocked;
    for (auto t = start_s; t < start_s + fight_.duration_s;) {
      t += d_.exponential(free_s);
      auto until = t + d_.exponential(0.8);
      blocked_.push_back({t, until});
      t = until;
    }
  }

  bool sees(double t) const {
    auto next
      = std::upper_bound(blocked_.begin(), blocked_.end(), t,
                         [](double at, const std::pair<double, double>& b) {
                           return at < b.first;
                         });
    return !gone(t)
           && (next == blocked_.begin() || std::prev(next)->second < t);
  }

  void see(const moment& m, double p) {
    if (!sees(m.t) || !d_.chance(p))
      return;
    auto said = m;
    said.t += s_.sigma_s * d_.normal();
    if (!d_.chance(s_.corner_right))
      said.what.corner = opponent(m.what.corner);
    if (!d_.chance(s_.label_right)) {
      auto other = 1 + d_.below(fight_.kinds - 1);
      said.what.kind
        = static_cast<kind_index>((m.what.kind + other) % fight_.kinds);
    }
    push(said, true);
    if (d_.chance(s_.stutter)) {
      said.t += d_.between(0.015, 0.08);
      push(said, true);
    }
  }

  void imagine() {
    auto mean = 1 / (s_.false_per_s * s_.flood);
    for (auto t = start_s + d_.exponential(mean);
         t < start_s + fight_.duration_s; t += d_.exponential(mean)) {
      auto by = d_.chance(0.5) ? corner::red : corner::blue;
      moment m{t, any_strike(d_, by, fight_.kinds)};
      if (!gone(t))
        push(m, false);
    }
  }

  void push(const moment& m, bool real) {
    raw_.push_back(m);
    real_.push_back({m.t, real});
  }

  /// Confidence: true ones lean up, imagined ones down, with much overlap.
  std::int32_t confidence(bool real) {
    auto n = d_.normal();
    return share(portable::logistic((real ? 1.2 : 0.0) + n));
  }

  void file(synthetic_fight& out) {
    std::sort(real_.begin(), real_.end());
    std::uint64_t seq = 0;
    per_corner<double> last{-1e9, -1e9};
    for (std::size_t i = 0; i < raw_.size(); ++i) {
      const auto& m = raw_[i];
      if (m.t - last[m.what.corner] < s_.refractory_s)
        continue;
      last[m.what.corner] = m.t;
      report r;
      r.src = src_;
      r.seq = ++seq;
      r.t_est = at_second(m.t + s_.bias_s + s_.clock_error_s);
      r.err_us = static_cast<std::int32_t>(s_.clock_bound_s * 1e6);
      r.corner = m.what.corner;
      r.kind = m.what.kind;
      r.target = m.what.target;
      r.severity = ppm{m.what.severity_ppm};
      if (s_.is == source_class::camera)
        r.conf = ppm{confidence(real_[i].second)};
      auto way = s_.is == source_class::camera ? d_.between(0.03, 0.1)
                                               : d_.between(0.005, 0.06);
      out.reports.push_back({at_second(m.t + s_.bias_s + way), r});
    }
  }

  void beat(synthetic_fight& out) {
    auto every = static_cast<double>(heartbeat_every_us) * 1e-6;
    for (auto t = start_s - 1; t < start_s + fight_.duration_s + 2;
         t += every) {
      if (s_.dead && gone(t))
        continue;
      out.beats.push_back(
        {at_second(t + 0.02), {src_, at_second(t), !gone(t)}});
    }
  }

  const fight_settings& fight_;
  const synthetic_source& s_;
  source_index src_;
  chances d_;
  std::vector<std::pair<double, double>> blocked_;
  std::vector<moment> raw_;
  std::vector<std::pair<double, bool>> real_;
};

template <class T>
void sort_arrivals(std::vector<arrival<T>>& all) {
  std::stable_sort(
    all.begin(), all.end(),
    [](const arrival<T>& a, const arrival<T>& b) { return a.at < b.at; });
}

/// Lets all sources watch, each with luck of its own.
synthetic_fight watched(const fight_settings& settings,
                        std::vector<moment> strikes,
                        const std::vector<moment>& feints, chances& d) {
  synthetic_fight out;
  out.end = at_second(start_s + settings.duration_s + 3);
  for (std::size_t i = 0; i < settings.sources.size(); ++i)
    witness{settings, static_cast<source_index>(i), d.split()}.watch(
      strikes, feints, out);
  for (auto& m : strikes) {
    m.what.t = at_second(m.t);
    out.strikes.push_back(m.what);
  }
  sort_arrivals(out.reports);
  sort_arrivals(out.beats);
  return out;
}

} // namespace

std::vector<synthetic_source> usual_sources() {
  std::vector<synthetic_source> all(7);
  constexpr double seen[] = {0.85, 0.82, 0.78, 0.75};
  constexpr double jitter[] = {0.018, 0.02, 0.022, 0.025};
  constexpr double false_alarms[] = {0.05, 0.06, 0.07, 0.08};
  for (std::size_t i = 0; i < 4; ++i) {
    all[i].p_d = seen[i];
    all[i].sigma_s = jitter[i];
    all[i].false_per_s = false_alarms[i];
  }
  for (std::size_t i = 4; i < 7; ++i) {
    all[i].is = source_class::human;
    all[i].p_d = 0.72;
    all[i].sigma_s = 0.105;
    all[i].false_per_s = 0.02;
    all[i].bias_s = 0.3;
    all[i].label_right = 0.6;
    all[i].corner_right = 0.985;
    all[i].blocked = 0;
    all[i].stutter = 0;
    all[i].refractory_s = 0.24;
  }
  return all;
}

fight_settings usual_fight(std::uint64_t seed, double duration_s) {
  fight_settings f;
  f.seed = seed;
  f.duration_s = duration_s;
  f.sources = usual_sources();
  return f;
}

synthetic_fight make_fight(const fight_settings& settings) {
  chances d{settings.seed};
  auto of_fight = d.split();
  auto strikes
    = make_moments(settings, of_fight, settings.exchanges_per_s, false);
  std::vector<moment> feints;
  if (settings.feints > 0) {
    auto per_s = static_cast<double>(strikes.size()) / settings.duration_s;
    feints = make_moments(settings, of_fight, per_s * settings.feints, true);
  }
  return watched(settings, std::move(strikes), feints, d);
}

synthetic_fight watch_strikes(const fight_settings& settings,
                              std::vector<true_strike> strikes) {
  chances d{settings.seed};
  std::vector<moment> moments;
  for (const auto& s : strikes)
    moments.push_back({static_cast<double>(s.t.count) * 1e-6, s});
  return watched(settings, std::move(moments), {}, d);
}

source_table starting_table(const fight_settings& settings) {
  source_table table;
  for (const auto& s : settings.sources) {
    table.push_back(s.is == source_class::camera ? new_camera(settings.kinds)
                                                 : new_human(settings.kinds));
    table.back().vendor = s.vendor;
  }
  return table;
}

} // namespace ringside::fusion
