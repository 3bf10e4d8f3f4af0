#include "domain/scoring/hybrid/fuse.hpp"

#include "domain/scoring/hybrid/group.hpp"
#include "domain/scoring/normalise/round_caps.hpp"
#include "domain/scoring/normalise/round_half.hpp"

#include <algorithm>
#include <tuple>

namespace ringside::scoring::hybrid {

namespace {

using normalise::divided;

/// Sums before they are rounded once: thousandths of a weight times ppm.
struct raw_corner {
  std::array<std::int64_t, normalise::act_count> counts{};
  std::array<std::int64_t, normalise::category_count> weights{};
  std::int64_t control = 0;
};

class fuser {
public:
  fuser(coverage watched, const config& c, const normalise::profile& by)
    : watched_(watched), config_(c), by_(by) {
    // nop
  }

  void hear(const evidence& said) {
    if (!covers(watched_, said.source))
      return;
    auto effective
      = effective_ppm(config_.sources[said.source], said.confidence);
    if (effective == 0)
      return;
    if (said.act == act::control) {
      held_[said.corner][said.source].push_back(
        {&said, said.at.count, effective});
      return;
    }
    auto lag = said.source == source::human ? config_.human_lag_ms : 0;
    heard_.push_back({&said, said.at.count - lag, effective});
  }

  fusion done() {
    std::sort(heard_.begin(), heard_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.at_ms, a.said->id) < std::tie(b.at_ms, b.said->id);
    });
    for (const auto& one : group_reports(heard_, config_))
      count(one);
    for (auto c : both_corners)
      for (auto s : both_sources)
        control(held_[c][s]);
    for (auto c : both_corners)
      close(c);
    return std::move(out_);
  }

private:
  std::int64_t weight_of(source s) const noexcept {
    return watched_ == coverage::both ? config_.sources[s].weight_milli : 1'000;
  }

  normalise::weighed weigh(const heard& one, round_ms lasted) const {
    normalise::report r;
    r.act = one.said->act;
    r.severity = one.said->severity;
    r.confidence = {one.effective_ppm};
    r.lasted = lasted;
    auto got = weigh_alone(by_, r);
    // Reports are checked before they are kept.
    RINGSIDE_CHECK(static_cast<bool>(got));
    return *got;
  }

  /// Share of an act in thousandths of ppm.
  std::int64_t share(const heard* one) const noexcept {
    return one == nullptr ? 0
                          : weight_of(one->said->source) * one->effective_ppm;
  }

  void add(const heard* one) {
    if (one == nullptr)
      return;
    auto& to = raw_[one->said->corner];
    auto got = weigh(*one, {});
    to.counts[static_cast<std::size_t>(one->said->act)] += share(one);
    to.weights[static_cast<std::size_t>(got.category)]
      += weight_of(one->said->source) * got.weight.count;
  }

  void count(const group& g) {
    const auto* camera = g.best.camera;
    const auto* human = g.best.human;
    add(camera);
    add(human);
    const auto* lead = share(camera) > share(human) ? camera : human;
    fused_act made;
    made.at = {g.at_ms};
    made.corner = lead->said->corner;
    made.act = lead->said->act;
    if (camera != nullptr)
      made.reports.camera = camera->said->id;
    if (human != nullptr)
      made.reports.human = human->said->id;
    made.share = {
      static_cast<std::int32_t>(divided(share(camera) + share(human), 1'000))};
    out_.acts.push_back(std::move(made));
    if (camera != nullptr && human != nullptr)
      ++out_.score.both;
    else
      ++out_.score.alone[lead->said->source];
  }

  /// Every moment counts once, by the surest stretch that covers it.
  void control(std::vector<heard>& list) {
    std::vector<std::int64_t> edges;
    for (const auto& one : list) {
      edges.push_back(one.at_ms);
      edges.push_back(one.at_ms + one.said->lasted.count);
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
      return std::tie(b.effective_ppm, a.said->id)
             < std::tie(a.effective_ppm, b.said->id);
    });
    for (std::size_t i = 1; i < edges.size(); ++i)
      hold(list, edges[i - 1], edges[i]);
  }

  void hold(const std::vector<heard>& list, std::int64_t from,
            std::int64_t to) {
    auto at = std::find_if(list.begin(), list.end(), [&](const auto& one) {
      return one.at_ms <= from && one.at_ms + one.said->lasted.count >= to;
    });
    if (at == list.end())
      return;
    auto& raw = raw_[at->said->corner];
    auto got = weigh(*at, {to - from});
    raw.control += share(&*at) * (to - from);
    // A long stretch is not cut at one: two halves would not be.
    raw.weights[static_cast<std::size_t>(got.category)]
      += weight_of(at->said->source) * got.unbounded_ppm;
  }

  void close(corner c) {
    const auto& raw = raw_[c];
    auto& to = out_.score.corners[c];
    for (std::size_t i = 0; i < raw.counts.size(); ++i)
      to.counts_milli[i] = divided(raw.counts[i], 1'000'000);
    to.control = {divided(raw.control, 1'000'000'000)};
    for (std::size_t i = 0; i < raw.weights.size(); ++i) {
      auto all = divided(raw.weights[i], 1'000);
      to.weight_ppm[i] = std::min(all, by_.cap_ppm[i]);
      to.capped_ppm[i] = all - to.weight_ppm[i];
      to.total_ppm += to.weight_ppm[i];
    }
  }

  coverage watched_;
  const config& config_;
  const normalise::profile& by_;
  std::vector<heard> heard_;
  per_corner<per_source<std::vector<heard>>> held_;
  per_corner<raw_corner> raw_;
  fusion out_;
};

} // namespace

fusion fuse(std::span<const evidence> reports, coverage watched,
            const config& c, const normalise::profile& by) {
  fuser all{watched, c, by};
  for (const auto& one : reports)
    all.hear(one);
  return all.done();
}

} // namespace ringside::scoring::hybrid
