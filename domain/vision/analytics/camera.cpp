#include "domain/vision/analytics/camera.hpp"

#include "domain/vision/analytics/report_of.hpp"

#include <algorithm>
#include <string>

namespace ringside::analytics {

namespace {

/// What the first picture stands for.
constexpr std::int64_t first_us = 16'000;

constexpr family family_at(std::size_t i) {
  return static_cast<family>(i);
}

} // namespace

camera::camera(const settings& by) : by_(by) {
  // nop
}

result<unit> camera::check(const frame& f) const {
  if (auto sound = validate(f); !sound)
    return sound;
  if (f.seq <= last_seq_)
    return refuse(ec::invalid_value,
                  "picture " + std::to_string(f.seq) + " after "
                    + std::to_string(last_seq_),
                  "seq");
  if (last_at_ && f.at <= *last_at_)
    return refuse(ec::invalid_value,
                  "time " + std::to_string(f.at.count) + " after "
                    + std::to_string(last_at_->count),
                  "at");
  return unit{};
}

result<unit> camera::take(const frame& f, std::vector<event_report>& out) {
  if (auto sound = check(f); !sound) {
    ++counts_.refused;
    return sound;
  }
  if (last_at_ && elapsed(*last_at_, f.at).count > by_.gap_max_us)
    break_off(out);
  ++counts_.frames;
  if (last_seq_ != 0)
    counts_.missing += f.seq - last_seq_ - 1;
  spacing_us_ = last_at_
                  ? std::min(elapsed(*last_at_, f.at).count, by_.hold_max_us)
                  : first_us;
  last_seq_ = f.seq;
  last_at_ = f.at;
  clock_err_us_ = f.err_us;
  view_ = f.view;
  if (f.fighters.red || f.fighters.blue) {
    auto since = position_at_ ? elapsed(*position_at_, f.at).count : first_us;
    position_.take(f, std::min(since, by_.hold_max_us), by_);
    position_at_ = f.at;
  }
  per_corner<bool> lost;
  for (auto c : both_corners)
    lost[c] = tracks_[c].seen_at
              && elapsed(*tracks_[c].seen_at, f.at).count > by_.gap_max_us;
  flush_tracks(lost, out);
  per_corner<std::optional<look>> looks;
  for (auto c : both_corners)
    if (f.fighters[c])
      looks[c] = look_at(c, f);
  cut(looks, out);
  watch_outcomes(looks, f.at, out);
  return unit{};
}

look camera::look_at(corner c, const frame& f) {
  auto& mine = tracks_[c];
  auto since = mine.seen_at ? elapsed(*mine.seen_at, f.at).count : 0;
  mine.seen_at = f.at;
  const auto& other = f.fighters[opponent(c)];
  look l;
  l.at = f.at;
  l.dt_us = since == 0 ? first_us : std::min(since, by_.hold_max_us);
  l.view = &*f.fighters[c];
  l.view_ppm = f.view.count;
  l.moves = mine.joints.take(*l.view, other ? &*other : nullptr, since, by_);
  return l;
}

/// Family by family and not fighter by fighter: a strike is known before the
/// fall that it causes, whichever corner it came from.
void camera::cut(const per_corner<std::optional<look>>& looks,
                 std::vector<event_report>& out) {
  for (std::size_t i = 0; i < family_count; ++i)
    for (auto c : both_corners) {
      if (!looks[c])
        continue;
      auto& cutter = tracks_[c].cutters[i];
      if (auto s = cutter.take(*looks[c], family_at(i), by_))
        tell(c, family_at(i), *s, out);
      if (family_at(i) == family::takedown && cutter.is_on())
        outcome_.taking_down(c, looks[c]->at);
    }
}

/// Time passes for what is open, whether or not the fighter is in sight.
void camera::watch_outcomes(const per_corner<std::optional<look>>& looks,
                            mono_us at, std::vector<event_report>& out) {
  const auto& p = position_.current();
  for (auto c : both_corners) {
    auto controls = p.phase == phase_kind::hold && p.holder == c;
    outcome_.watch(c, at, looks[c] ? looks[c]->dt_us : 0,
                   looks[c] ? looks[c]->moves : movement{}, controls, by_, out);
  }
}

void camera::tell(corner c, family f, const segment& s,
                  std::vector<event_report>& out) {
  auto r = report_of(s, f, c, error_us(), by_);
  r.seq = next_seq_;
  if (f == family::strike)
    outcome_.struck(r);
  if (f == family::knockdown) {
    auto fall = outcome_.fell(r, by_, out);
    if (!fall)
      return;
    r = *fall;
  }
  if (f == family::takedown)
    r = outcome_.took_down(r, out);
  ++next_seq_;
  out.push_back(r);
  if (f == family::standup)
    outcome_.stood_up(c, r.at, out);
}

void camera::flush_tracks(const per_corner<bool>& which,
                          std::vector<event_report>& out) {
  for (std::size_t i = 0; i < family_count; ++i)
    for (auto c : both_corners)
      if (which[c])
        if (auto s = tracks_[c].cutters[i].flush(by_))
          tell(c, family_at(i), *s, out);
  for (auto c : both_corners)
    if (which[c]) {
      tracks_[c].joints.reset();
      tracks_[c].seen_at.reset();
    }
}

void camera::break_off(std::vector<event_report>& out) {
  ++counts_.breaks;
  flush(out);
}

void camera::flush(std::vector<event_report>& out) {
  flush_tracks({true, true}, out);
  outcome_.settle(out);
  position_.reset();
  position_at_.reset();
}

std::optional<position_vote> camera::vote() const {
  if (!position_at_)
    return std::nullopt;
  return position_vote{*position_at_, position_.current(), view_};
}

std::int32_t camera::error_us() const noexcept {
  return clock_err_us_ + static_cast<std::int32_t>(spacing_us_ / 2);
}

} // namespace ringside::analytics
