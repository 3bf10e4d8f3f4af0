#include "domain/vision/fusion/step_map.hpp"

#include "domain/base/portable_math.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

namespace ringside::fusion {

namespace {

constexpr std::size_t platt_min = 50;
constexpr std::size_t isotonic_min = 1'000;
constexpr std::int32_t clip_low = 20'000;
constexpr std::int32_t clip_high = 995'000;

struct pool {
  std::int32_t from = 0;
  double truths = 0;
  double count = 0;

  double mean() const {
    return truths / count;
  }
};

void join_last(std::vector<pool>& pools) {
  auto last = pools.back();
  pools.pop_back();
  pools.back().truths += last.truths;
  pools.back().count += last.count;
}

double logit(double p) {
  return portable::ln(p / (1 - p));
}

/// Two parameters by Newton's method, with Platt's softened targets.
struct logistic {
  double a = 0;
  double b = 0;

  void fit(std::span<const labelled> samples) {
    auto n = static_cast<double>(samples.size());
    auto up = static_cast<double>(
      std::count_if(samples.begin(), samples.end(),
                    [](const labelled& s) { return s.truth; }));
    auto high = (up + 1) / (up + 2);
    auto low = 1 / (n - up + 2);
    for (int round = 0; round < 30; ++round) {
      double ga = 0;
      double gb = 0;
      double haa = 1e-6;
      double hab = 0;
      double hbb = 1e-6;
      for (const auto& s : samples) {
        auto x = s.score_ppm * 1e-6;
        auto p = portable::logistic(a * x + b);
        auto miss = (s.truth ? high : low) - p;
        auto w = p * (1 - p);
        ga += miss * x;
        gb += miss;
        haa += w * x * x;
        hab += w * x;
        hbb += w;
      }
      auto det = haa * hbb - hab * hab;
      if (det <= 0)
        return;
      a += (hbb * ga - hab * gb) / det;
      b += (haa * gb - hab * ga) / det;
    }
  }
};

std::int32_t milli(double value) {
  return static_cast<std::int32_t>(std::lround(value * 1'000));
}

} // namespace

std::int32_t step_map::at(std::int32_t input) const noexcept {
  if (steps.empty())
    return 0;
  auto next = std::upper_bound(
    steps.begin(), steps.end(), input,
    [](std::int32_t value, const step& s) { return value < s.from; });
  return next == steps.begin() ? next->value : std::prev(next)->value;
}

step_map fit_isotonic(std::vector<labelled> samples, std::size_t pool_min) {
  std::sort(samples.begin(), samples.end(),
            [](const labelled& a, const labelled& b) {
              return a.score_ppm < b.score_ppm
                     || (a.score_ppm == b.score_ppm && a.truth < b.truth);
            });
  std::vector<pool> pools;
  for (const auto& s : samples) {
    auto open = !pools.empty()
                && (pools.back().from == s.score_ppm
                    || pools.back().count < static_cast<double>(pool_min));
    if (open) {
      pools.back().truths += s.truth ? 1 : 0;
      pools.back().count += 1;
    } else {
      pools.push_back({s.score_ppm, s.truth ? 1.0 : 0.0, 1.0});
    }
  }
  std::vector<pool> rising;
  for (const auto& p : pools) {
    rising.push_back(p);
    while (rising.size() > 1
           && rising[rising.size() - 2].mean() >= rising.back().mean())
      join_last(rising);
  }
  step_map map;
  for (const auto& p : rising) {
    auto value = static_cast<std::int32_t>(std::lround(p.mean() * 1e6));
    map.steps.push_back({p.from, std::clamp(value, clip_low, clip_high)});
  }
  return map;
}

step_map fit_confidence(std::span<const labelled> samples) {
  step_map map;
  auto truths = std::count_if(samples.begin(), samples.end(),
                              [](const labelled& s) { return s.truth; });
  auto n = static_cast<std::ptrdiff_t>(samples.size());
  if (samples.size() < platt_min || truths == 0 || truths == n)
    return map;
  auto base = logit((static_cast<double>(truths) + 1)
                    / (static_cast<double>(samples.size()) + 2));
  if (samples.size() >= isotonic_min) {
    map = fit_isotonic({samples.begin(), samples.end()}, 50);
    for (auto& s : map.steps)
      s.value = milli(logit(s.value * 1e-6) - base);
    return map;
  }
  logistic curve;
  curve.fit(samples);
  for (std::int32_t from = 0; from < 1'000'000; from += 20'000) {
    auto x = (from + 10'000) * 1e-6;
    map.steps.push_back({from, milli(curve.a * x + curve.b - base)});
  }
  return map;
}

} // namespace ringside::fusion
