#include "domain/vision/analytics/segment.hpp"

#include <algorithm>

namespace ringside::analytics {

namespace {

struct class_range {
  std::size_t first = 0;
  std::size_t last = 0;
};

constexpr class_range classes_of(family f) {
  if (f == family::strike)
    return {0, strike_count - 1};
  auto at = strike_count - 1 + static_cast<std::size_t>(f);
  return {at, at};
}

void merge(reach& into, const reach& other) {
  if (other.speed_milli
      && (!into.speed_milli || *other.speed_milli > *into.speed_milli))
    into.speed_milli = other.speed_milli;
  if (other.distance_milli
      && (!into.distance_milli
          || *other.distance_milli < *into.distance_milli)) {
    into.distance_milli = other.distance_milli;
    into.nearest = other.nearest;
  }
}

} // namespace

std::int32_t family_score(const fighter_view& v, family f) {
  auto [first, last] = classes_of(f);
  std::int32_t sum = 0;
  for (auto i = first; i <= last; ++i)
    sum += v.score_ppm[i];
  return std::min(sum, 1'000'000);
}

void segment::add(const look& l, family f, std::int32_t frames_from_ppm) {
  if (seen_us == 0)
    start = l.at;
  end = l.at;
  auto score = family_score(*l.view, f);
  auto gain = score / 1'000 * l.dt_us;
  weight += gain;
  moment += gain * elapsed(start, l.at).count;
  auto [first, last] = classes_of(f);
  for (auto i = first; i <= last; ++i)
    label[i] += l.view->score_ppm[i] / 1'000 * l.dt_us;
  frames += score >= frames_from_ppm ? 1 : 0;
  impact_us[static_cast<std::size_t>(l.view->impact)] += l.dt_us;
  for (std::size_t i = 0; i < strike_count; ++i)
    merge(limbs[i], l.moves.limbs[i]);
  view_sum += l.view_ppm / 1'000 * l.dt_us;
  seen_us += l.dt_us;
}

void segment::join(const segment& later) {
  if (later.seen_us == 0)
    return;
  if (seen_us == 0) {
    auto peak = std::max(peak_ppm, later.peak_ppm);
    *this = later;
    peak_ppm = peak;
    return;
  }
  end = later.end;
  moment += later.moment + later.weight * elapsed(start, later.start).count;
  weight += later.weight;
  for (std::size_t i = 0; i < action_count; ++i)
    label[i] += later.label[i];
  peak_ppm = std::max(peak_ppm, later.peak_ppm);
  frames += later.frames;
  for (std::size_t i = 0; i < impact_count; ++i)
    impact_us[i] += later.impact_us[i];
  for (std::size_t i = 0; i < strike_count; ++i)
    merge(limbs[i], later.limbs[i]);
  view_sum += later.view_sum;
  seen_us += later.seen_us;
}

mono_us segment::centre() const {
  return weight == 0 ? start : mono_us{start.count + moment / weight};
}

bool segment::is_borne_out(const settings& by) const {
  std::int64_t impact = 0;
  for (std::size_t i = 1; i < impact_count; ++i)
    impact += impact_us[i];
  auto most = index(likeliest());
  return impact >= by.impact_min_us
         || (most < strike_count && limbs[most].speed_milli
             && *limbs[most].speed_milli >= by.fast_milli);
}

action segment::likeliest() const {
  auto most = std::max_element(label.begin(), label.end());
  return static_cast<action>(most - label.begin());
}

} // namespace ringside::analytics
