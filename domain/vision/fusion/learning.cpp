#include "domain/vision/fusion/learning.hpp"

#include "domain/vision/fusion/harmonizer.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace ringside::fusion {

namespace {

constexpr double one_million = 1e6;
// Fewer residuals say nothing about jitter and latency.
constexpr std::size_t residuals_min = 20;
constexpr double mad_to_sigma = 1.4826;
// A report pulls the event's time towards itself.
constexpr double own_pull = 1.15;
constexpr double sigma_floor_us = 10'000;

/// What the events of one round say about one source.
struct tally {
  double hits = 0;
  double chances = 0;
  double false_alarms = 0;
  double corner_right = 0;
  double corner_all = 0;
  std::vector<double> residuals;
  std::vector<double> cells;
};

std::int32_t to_int(double value, double low, double high) {
  return static_cast<std::int32_t>(std::lround(std::clamp(value, low, high)));
}

double median(std::vector<double> values) {
  auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

class learner {
public:
  learner(const fusion_settings& settings, const bout_record& bout)
    : settings_(settings), reports_(bout.reports.begin(), bout.reports.end()),
      beats_(bout.beats.begin(), bout.beats.end()) {
    // What is nothing teaches as much as what is something.
    settings_.keep = {0};
    settings_.announce_us = 0;
    settings_.settle_us = 0;
    settings_.output = {};
    std::sort(
      reports_.begin(), reports_.end(), [](const report& a, const report& b) {
        return a.t_est < b.t_est || (a.t_est == b.t_est && a.key() < b.key());
      });
    std::sort(beats_.begin(), beats_.end(),
              [](const heartbeat& a, const heartbeat& b) {
                return a.at < b.at || (a.at == b.at && a.src < b.src);
              });
    for (const auto& r : reports_)
      of_key_[r.key()] = &r;
    // Kept by source, so that any moment can be looked up.
    seen_.resize(sources_max);
    for (const auto& h : beats_)
      if (h.src < sources_max)
        seen_[h.src].push_back(h);
  }

  result<source_table> round(source_table table) {
    auto through
      = harmonizer::make(settings_, table, make_strategy("block_bayes"));
    if (!through)
      return through.reason();
    auto events = expect(**through);
    std::vector<tally> tallies(table.size());
    for (std::size_t s = 0; s < table.size(); ++s)
      tallies[s].cells.assign(table[s].confusion.size(), 0.0);
    for (const auto& e : events)
      count(e, table, tallies);
    for (std::size_t s = 0; s < table.size(); ++s)
      maximise(table[s], tallies[s], view_s(static_cast<source_index>(s)));
    return table;
  }

private:
  std::vector<fused_event> expect(harmonizer& through) const {
    std::vector<fused_event> events;
    auto beat = beats_.begin();
    for (const auto& r : reports_) {
      for (; beat != beats_.end() && beat->at <= r.t_est; ++beat)
        through.beat(*beat);
      through.take(r);
      through.advance(r.t_est, events);
    }
    through.finish(events);
    return events;
  }

  bool in_view(source_index src, mono_us t) const {
    const auto& beats = seen_[src];
    auto next = std::upper_bound(
      beats.begin(), beats.end(), t,
      [](mono_us at, const heartbeat& h) { return at < h.at; });
    if (next == beats.begin())
      return false;
    auto last = std::prev(next);
    return last->in_view && t.count - last->at.count <= heartbeat_life_us;
  }

  /// Seconds in view; without heartbeats those between first and last report.
  double view_s(source_index src) const {
    if (seen_[src].empty() && !reports_.empty())
      return static_cast<double>(reports_.back().t_est.count
                                 - reports_.front().t_est.count)
             / one_million;
    auto beats = std::count_if(seen_[src].begin(), seen_[src].end(),
                               [](const heartbeat& h) { return h.in_view; });
    return static_cast<double>(beats * heartbeat_every_us) / one_million;
  }

  void count(const fused_event& e, const source_table& table,
             std::vector<tally>& tallies) const {
    auto p = e.p.count / one_million;
    std::uint32_t used = 0;
    for (const auto& v : e.sources) {
      used |= 1u << v.from.src;
      count_report(e, v, table[v.from.src], tallies[v.from.src]);
    }
    for (std::size_t s = 0; s < table.size(); ++s) {
      auto others = __builtin_popcount(used & ~(1u << s));
      if (others < 2 || !in_view(static_cast<source_index>(s), e.t))
        continue;
      tallies[s].chances += p;
      tallies[s].hits += (used >> s & 1u) != 0 ? p : 0;
    }
  }

  void count_report(const fused_event& e, const evidence& v,
                    const source_parameters& source, tally& t) const {
    auto p = e.p.count / one_million;
    const auto& r = *of_key_.at(v.from);
    if (p < 0.5)
      t.false_alarms += 1;
    if (e.sources.size() < 3)
      return;
    if (p >= 0.9)
      t.residuals.push_back(v.dt_us);
    if (r.kind)
      count_label(e, *r.kind, p, source, t);
    if (r.corner && e.corner)
      count_corner(e, *r.corner, p, source, t);
  }

  /// Dawid and Skene: each label counts for the kinds as all sources see them.
  /// Without its own label the others' doubt would be laid at its door.
  void count_label(const fused_event& e, kind_index label, double p,
                   const source_parameters& source, tally& t) const {
    auto labels = source.confusion.size() / settings_.kinds;
    for (std::size_t k = 0; k < settings_.kinds; ++k)
      t.cells[k * labels + label] += p * e.kind_ppm[k] / one_million;
  }

  static void count_corner(const fused_event& e, corner said, double p,
                           const source_parameters& source, tally& t) {
    auto right = source.corner_accuracy.count / one_million;
    auto same = said == *e.corner ? e.corner_p.count / one_million
                                  : 1 - e.corner_p.count / one_million;
    same = std::clamp(same, 1e-6, 1 - 1e-6);
    auto odds = same / (1 - same) * (1 - right) / right;
    t.corner_right += p * odds / (1 + odds);
    t.corner_all += p;
  }

  void maximise(source_parameters& s, const tally& t, double view_s) const {
    ++s.version;
    // Beta(2,1), gamma(1, 1/start) and Dirichlet(4, 0.5) priors.
    s.p_d
      = {to_int(one_million * (t.hits + 1) / (t.chances + 1), 20'000, 980'000)};
    auto prior_s = one_million / s.false_rate_uhz;
    s.false_rate_uhz = to_int(
      one_million * (t.false_alarms + 1) / (view_s + prior_s), 1'000, 1e9);
    s.corner_accuracy
      = {to_int(one_million * (t.corner_right + 9) / (t.corner_all + 10),
                500'000, 998'000)};
    learn_cells(s, t);
    if (t.residuals.size() < residuals_min)
      return;
    auto middle = median(t.residuals);
    auto spread = t.residuals;
    for (auto& r : spread)
      r = std::abs(r - middle);
    s.bias_us = to_int(s.bias_us + middle, -2e6, 5e6);
    s.sigma_us
      = to_int(median(spread) * mad_to_sigma * own_pull, sigma_floor_us, 1e6);
  }

  void learn_cells(source_parameters& s, const tally& t) const {
    auto kinds = static_cast<std::size_t>(settings_.kinds);
    auto labels = s.confusion.size() / kinds;
    // Coarse buttons have no diagonal; their prior is what was there before.
    for (std::size_t k = 0; k < kinds; ++k) {
      auto row = s.confusion.begin() + static_cast<std::ptrdiff_t>(k * labels);
      std::vector<double> counts(labels);
      double sum = 0;
      for (std::size_t l = 0; l < labels; ++l) {
        auto prior = labels == kinds
                       ? (k == l ? 4 : 0.5)
                       : 4 * row[static_cast<std::ptrdiff_t>(l)] / one_million;
        sum += counts[l] = t.cells[k * labels + l] + prior;
      }
      for (std::size_t l = 0; l < labels; ++l)
        row[static_cast<std::ptrdiff_t>(l)]
          = to_int(one_million * counts[l] / sum, 0, one_million);
    }
  }

  fusion_settings settings_;
  std::vector<report> reports_;
  std::vector<heartbeat> beats_;
  std::map<report_key, const report*> of_key_;
  std::vector<std::vector<heartbeat>> seen_;
};

} // namespace

result<source_table> learn(const fusion_settings& settings,
                           const source_table& start, const bout_record& bout,
                           int rounds) {
  learner from{settings, bout};
  result<source_table> table = start;
  for (int i = 0; i < rounds && table; ++i)
    table = from.round(*table);
  return table;
}

} // namespace ringside::fusion
