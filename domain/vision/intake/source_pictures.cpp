#include "domain/vision/intake/source_book.hpp"

#include <utility>

/// How a source of pictures is read.
namespace ringside::intake {

namespace {

/// What a collapsed detector is told by. Of strikes the corner counts, too: in
/// boxing nearly all that is thrown is a punch.
fusion::kind_index watched_label(analytics::action what, corner by) {
  auto i = analytics::index(what);
  auto strikes = analytics::strike_count;
  return static_cast<fusion::kind_index>(
    i < strikes ? 2 * i + (by == corner::red ? 0 : 1) : strikes + i);
}

static_assert(analytics::strike_count + analytics::action_count
              <= fusion::kinds_max);

} // namespace

void source_book::read_pictures(const source_fact& fact,
                                const vendor::mapper& how, const batch& what,
                                reading& to) {
  if (!pictures_)
    pictures_.emplace();
  pictures_->watch(fact.bout);
  pictures_->begin();
  for (std::size_t i = 0; i < what.items->size(); ++i)
    read_picture(how, what, i, to);
  if (auto alone = std::exchange(to.half, std::nullopt))
    take_picture(how, what, to.half_index, *alone, to);
}

void source_book::read_picture(const vendor::mapper& how, const batch& what,
                               std::size_t index, reading& to) {
  auto got = how.frames()->map((*what.items)[index]);
  if (got.why != vendor::refusal::none) {
    if (got.why == vendor::refusal::unknown_label)
      unknown_labels_.add(got.said);
    return refuse_item(index, text_of(got.why), got.said, to);
  }
  auto& f = *got.frame;
  auto said = std::to_string(f.at.count);
  if (auto why = place(how, what, f.at, f.err_us); !why.empty())
    return refuse_item(index, why, said, to);
  if (how.frames()->halves())
    join(how, what, index, f, to);
  else
    take_picture(how, what, index, f, to);
}

void source_book::join(const vendor::mapper& how, const batch& what,
                       std::size_t index, const analytics::frame& f,
                       reading& to) {
  auto waiting = std::exchange(to.half, std::nullopt);
  auto both
    = waiting && waiting->seq == f.seq
      && waiting->fighters.red.has_value() != f.fighters.red.has_value();
  if (both) {
    for (auto c : both_corners)
      if (f.fighters[c])
        waiting->fighters[c] = f.fighters[c];
    return take_picture(how, what, to.half_index, *waiting, to);
  }
  if (waiting)
    take_picture(how, what, to.half_index, *waiting, to);
  to.half = f;
  to.half_index = index;
}

void source_book::take_picture(const vendor::mapper& how, const batch& what,
                               std::size_t index, const analytics::frame& f,
                               reading& to) {
  sightings seen;
  if (auto took = pictures_->take(f, *how.frames(), what.arrived, seen); !took)
    return refuse_item(index, took.reason().field, took.reason().detail, to);
  ++to.pictures;
  auto sees = f.view.count >= analytics::settings{}.in_view_min_ppm
              && (f.fighters.red || f.fighters.blue);
  measure(f.at, f.err_us, sees, what.arrived);
  add_sightings(seen, what.arrived, to);
}

void source_book::add_sightings(const sightings& seen, mono_us now,
                                reading& to) {
  for (const auto& r : seen.strikes) {
    believe(r);
    to.out.reports.push_back(r);
  }
  for (const auto& [what, by] : seen.labels) {
    labels_.add(watched_label(what, by));
    if (labels_.collapsed())
      hold(quarantine::labels, now);
  }
  to.out.acts.insert(to.out.acts.end(), seen.acts.begin(), seen.acts.end());
}

sightings source_book::look_at_pictures(const vendor::mapper& how,
                                        mono_us now) {
  sightings seen;
  // Those that wait for a worker did not stop coming.
  if (!pictures_ || how.frames() == nullptr || !backlog_.batches().empty())
    return seen;
  pictures_->look(*how.frames(), now, seen);
  if (held_ == quarantine::none)
    return seen;
  counters_.held_back += seen.strikes.size() + seen.acts.size();
  return {};
}

} // namespace ringside::intake
