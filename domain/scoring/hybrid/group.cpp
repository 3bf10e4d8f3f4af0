#include "domain/scoring/hybrid/group.hpp"

#include "domain/scoring/hybrid/align.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace ringside::scoring::hybrid {

namespace {

const heard* surer(const heard* a, const heard* b) noexcept {
  if (a == nullptr || b == nullptr)
    return a == nullptr ? b : a;
  if (a->effective_ppm != b->effective_ppm)
    return a->effective_ppm > b->effective_ppm ? a : b;
  return a->said->id < b->said->id ? a : b;
}

void merge(group& into, const group& other) noexcept {
  for (auto s : both_sources)
    into.best[s] = surer(into.best[s], other.best[s]);
}

bool earlier(const group& a, const group& b) noexcept {
  return a.at_ms < b.at_ms;
}

std::vector<std::int64_t> times(const std::vector<group>& list) {
  std::vector<std::int64_t> out;
  for (const auto& one : list)
    out.push_back(one.at_ms);
  return out;
}

/// Puts each of `later` to its partner, or behind as an act of its own.
void join(std::vector<group>& first, const std::vector<group>& later,
          std::int64_t window) {
  auto partners = align(times(first), times(later), window);
  auto known = first.size();
  for (std::size_t i = 0; i < later.size(); ++i)
    if (partners[i] != unmatched)
      merge(first[partners[i]], later[i]);
    else
      first.push_back(later[i]);
  std::inplace_merge(first.begin(),
                     first.begin() + static_cast<std::ptrdiff_t>(known),
                     first.end(), earlier);
}

/// What may be of one act by its time: corner and class. Inside, one list for
/// each kind of source and reporter.
using lane_key = std::tuple<corner, act_class>;
using lane = per_source<std::map<std::string_view, std::vector<group>>>;

/// Reports that name their act, joined; the rest as one group each.
std::vector<group> named_acts(std::span<const heard> all) {
  std::vector<group> out;
  std::map<std::string_view, std::size_t> place;
  for (const auto& one : all) {
    group made{one.at_ms, {}};
    made.best[one.said->source] = &one;
    auto [at, fresh] = one.said->act_id.empty()
                         ? std::pair{place.end(), true}
                         : place.try_emplace(one.said->act_id, out.size());
    if (fresh)
      out.push_back(made);
    else
      merge(out[at->second], made);
  }
  return out;
}

std::vector<group> resolve(const lane& reports, std::int64_t window) {
  per_source<std::vector<group>> acts;
  // First within each kind: otherwise a report of the other kind could make
  // one act of two that the same kind told apart.
  for (auto s : both_sources)
    for (const auto& [reporter, list] : reports[s])
      join(acts[s], list, window);
  join(acts.camera, acts.human, window);
  return std::move(acts.camera);
}

} // namespace

std::vector<group> group_reports(std::span<const heard> all, const config& c) {
  std::vector<group> out;
  std::map<lane_key, lane> lanes;
  for (const auto& act : named_acts(all)) {
    const auto* camera = act.best.camera;
    const auto* human = act.best.human;
    if (camera != nullptr && human != nullptr) {
      out.push_back(act);
      continue;
    }
    const auto& said = *(camera != nullptr ? camera : human)->said;
    auto& to = lanes[{said.corner, class_of(said.act)}];
    to[said.source][said.reporter].push_back(act);
  }
  for (const auto& [key, reports] : lanes) {
    auto window = c.window_ms[static_cast<std::size_t>(std::get<1>(key))];
    auto acts = resolve(reports, window);
    out.insert(out.end(), acts.begin(), acts.end());
  }
  std::stable_sort(out.begin(), out.end(), earlier);
  return out;
}

} // namespace ringside::scoring::hybrid
