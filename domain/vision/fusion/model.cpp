#include "domain/vision/fusion/model.hpp"

#include "domain/base/portable_math.hpp"

#include <algorithm>
#include <numeric>

namespace ringside::fusion {

namespace {

// No cell is impossible: one odd report must not rule a kind out for ever.
constexpr double cell_min = 1e-4;

source_model ready(const source_parameters& s, std::size_t kinds,
                   double miss_weight) {
  source_model m;
  auto p_d = s.p_d.count * 1e-6;
  m.log_detect = portable::ln(p_d);
  m.log_silent = miss_weight * portable::ln(1 - p_d);
  m.log_false = portable::ln(s.false_rate_uhz * 1e-6);
  m.sigma = s.sigma_us * 1e-6;
  m.var = m.sigma * m.sigma;
  m.corner_right = s.corner_accuracy.count * 1e-6;
  m.camera = s.is == source_class::camera;
  m.vendor = s.vendor;
  m.labels = s.confusion.size() / kinds;
  m.label_count = static_cast<double>(m.labels);
  for (std::size_t l = 0; l < m.labels; ++l) {
    double sum = 0;
    for (std::size_t k = 0; k < kinds; ++k) {
      auto cell = std::max(s.confusion[k * m.labels + l] * 1e-6, cell_min);
      m.likely[l][k] = cell;
      sum += cell;
    }
    m.marginal[l] = sum / static_cast<double>(kinds);
    m.log_marginal[l] = portable::ln(m.marginal[l] * m.label_count);
  }
  return m;
}

} // namespace

model::model(const fusion_settings& settings, const source_table& table)
  : kinds(settings.kinds),
    log_rate(portable::ln(settings.strike_rate_uhz * 1e-6)),
    gate(settings.gate_milli * 1e-3), merge_s(settings.merge_us * 1e-6),
    soft(settings.soft_value),
    camera_weight(settings.camera_weight.count * 1e-6),
    vendor_weight(settings.vendor_weight.count * 1e-6), by_rank(table.size()) {
  auto weight = settings.miss_weight.count * 1e-6;
  for (const auto& s : table)
    sources.push_back(ready(s, kinds, weight));
  std::iota(by_rank.begin(), by_rank.end(), source_index{0});
  std::stable_sort(by_rank.begin(), by_rank.end(),
                   [&](source_index a, source_index b) {
                     return table[a].sigma_us < table[b].sigma_us;
                   });
  for (std::size_t r = 0; r < by_rank.size(); ++r)
    sources[by_rank[r]].rank = static_cast<std::uint8_t>(r);
  for (std::size_t a = 0; a < sources.size(); ++a) {
    if (sources[a].camera)
      cameras |= 1u << a;
    for (std::size_t b = 0; b < sources.size(); ++b)
      if (sources[a].vendor != 0 && sources[a].vendor == sources[b].vendor)
        same_vendor[a] |= 1u << b;
  }
}

} // namespace ringside::fusion
