#include "domain/bout/career.hpp"

#include <array>
#include <utility>

namespace ringside::bout {

namespace {

constexpr std::array ratios{
  &box_score::significant, &box_score::head,     &box_score::body,
  &box_score::leg,         &box_score::distance, &box_score::clinch,
  &box_score::ground,      &box_score::total,    &box_score::takedowns};

constexpr std::array counts{
  &box_score::knockdowns, &box_score::submission_attempts,
  &box_score::reversals, &box_score::fouls, &box_score::presses};

/// Up to where control counts.
round_ms counted_until(const round_state& r) noexcept {
  if (r.status != round_status::open)
    return r.closed_ms;
  const auto* mark = r.control.open();
  return mark != nullptr ? mark->at : r.length;
}

} // namespace

void line_score::add(const line_score& x, std::int32_t sign) noexcept {
  for (auto r : ratios) {
    (box.*r).landed += sign * (x.box.*r).landed;
    (box.*r).attempted += sign * (x.box.*r).attempted;
  }
  for (auto n : counts)
    box.*n += sign * x.box.*n;
  control.count += sign * x.control.count;
  rounds += sign * x.rounds;
}

round_ms control_of(const round_state& r, corner c) noexcept {
  return r.control.total(c, counted_until(r));
}

per_corner<line_score> totals_of(const state& s) noexcept {
  per_corner<line_score> out;
  for (const auto& r : s.rounds)
    for (auto c : both_corners)
      out[c].add({r.boxes[c], control_of(r, c), 1}, 1);
  return out;
}

per_corner<line_score> count_totals_again(const state& s) {
  per_corner<line_score> out;
  per_corner<box_score> boxes;
  for (const auto& [no, f] : s.facts)
    tally(boxes, f.what, 1);
  for (const auto& r : s.rounds) {
    for (const auto& run : r.control.intervals(counted_until(r)))
      out[run.corner].control.count += run.to.count - run.from.count;
  }
  for (auto c : both_corners) {
    out[c].box = boxes[c];
    out[c].rounds = current_round_no(s);
  }
  return out;
}

// -- careers ------------------------------------------------------------------

void career_book::count(const entry& x, std::int32_t sign) {
  for (auto c : both_corners) {
    auto& own = sums_[x.names[c]];
    own.score.add(x.scores[c], sign);
    own.lines += sign;
    if (own.lines == 0)
      sums_.erase(x.names[c]);
  }
}

void career_book::take(const bout_id& bout, const state& s) {
  auto old = bouts_.find(bout.str());
  if (old != bouts_.end())
    count(old->second, -1);
  if (s.phase == phase::none || s.phase == phase::cancelled) {
    if (old != bouts_.end())
      bouts_.erase(old);
    return;
  }
  entry now{{s.fighters.red.name, s.fighters.blue.name}, totals_of(s)};
  count(now, 1);
  bouts_.insert_or_assign(bout.str(), std::move(now));
}

line_score career_book::total(std::string_view name) const {
  auto found = sums_.find(name);
  return found != sums_.end() ? found->second.score : line_score{};
}

std::vector<career_line> career_book::lines(std::string_view name) const {
  std::vector<career_line> out;
  for (const auto& [id, x] : bouts_)
    for (auto c : both_corners)
      if (x.names[c] == name)
        out.push_back({bout_id{id}, c, x.scores[c]});
  return out;
}

} // namespace ringside::bout
