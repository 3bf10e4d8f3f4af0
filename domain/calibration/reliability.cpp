#include "domain/calibration/reliability.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::calibration {

namespace {

double share(double part, double whole) noexcept {
  return whole > 0 ? part / whole : 0;
}

/// A forecast and how often it came true among those like it.
struct sorted_case {
  double forecast = 0;
  double happened = 0;
};

/// In order of the forecast. Equal forecasts share what happened to them, so
/// that a border between two bins never sorts them by their end.
std::vector<sorted_case> sorted_cases(std::span<const labelled> all) {
  std::vector<sorted_case> out;
  for (const auto& x : all)
    out.push_back({x.forecast, x.happened ? 1.0 : 0.0});
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.forecast < b.forecast;
  });
  for (std::size_t from = 0; from < out.size();) {
    auto to = from;
    auto yes = 0.0;
    for (; to < out.size() && out[to].forecast == out[from].forecast; ++to)
      yes += out[to].happened;
    for (auto i = from; i < to; ++i)
      out[i].happened = yes / static_cast<double>(to - from);
    from = to;
  }
  return out;
}

} // namespace

std::vector<reliability_bin> bins_of(std::span<const labelled> all,
                                     std::size_t bins) {
  auto sorted = sorted_cases(all);
  std::vector<reliability_bin> out;
  for (std::size_t k = 0; k < bins; ++k) {
    reliability_bin bin;
    auto last = sorted.size() * (k + 1) / bins;
    for (auto i = sorted.size() * k / bins; i < last; ++i) {
      ++bin.count;
      bin.mean_forecast += sorted[i].forecast;
      bin.share_happened += sorted[i].happened;
    }
    auto n = static_cast<double>(bin.count);
    bin.mean_forecast = share(bin.mean_forecast, n);
    bin.share_happened = share(bin.share_happened, n);
    if (bin.count > 0)
      out.push_back(bin);
  }
  return out;
}

reliability reliability_of(std::span<const labelled> all, std::size_t bins) {
  constexpr double edge = 1e-6;
  reliability r;
  r.count = all.size();
  for (const auto& x : all) {
    auto p = std::clamp(x.forecast, edge, 1 - edge);
    auto y = x.happened ? 1.0 : 0.0;
    r.log_loss -= std::log(x.happened ? p : 1 - p);
    r.brier += (x.forecast - y) * (x.forecast - y);
    if (x.forecast == 0.5)
      r.accuracy += 0.5;
    else if ((x.forecast > 0.5) == x.happened)
      r.accuracy += 1;
  }
  auto n = static_cast<double>(all.size());
  r.accuracy = share(r.accuracy, n);
  r.log_loss = share(r.log_loss, n);
  r.brier = share(r.brier, n);
  r.bins = bins_of(all, bins);
  for (const auto& b : r.bins)
    r.ece += std::abs(b.mean_forecast - b.share_happened)
             * share(static_cast<double>(b.count), n);
  return r;
}

std::vector<labelled> folded(std::span<const labelled> all) {
  std::vector<labelled> out{all.begin(), all.end()};
  for (auto& x : out)
    if (x.forecast < 0.5)
      x = {1 - x.forecast, !x.happened};
  return out;
}

void confusion::add(bool called, bool happened) noexcept {
  hits += called && happened ? 1 : 0;
  false_alarms += called && !happened ? 1 : 0;
  misses += !called && happened ? 1 : 0;
}

confusion& confusion::operator+=(const confusion& other) noexcept {
  hits += other.hits;
  false_alarms += other.false_alarms;
  misses += other.misses;
  return *this;
}

double confusion::precision() const noexcept {
  return share(static_cast<double>(hits),
               static_cast<double>(hits + false_alarms));
}

double confusion::recall() const noexcept {
  return share(static_cast<double>(hits), static_cast<double>(hits + misses));
}

double confusion::f1() const noexcept {
  return share(2 * static_cast<double>(hits),
               static_cast<double>(2 * hits + false_alarms + misses));
}

} // namespace ringside::calibration
