#include "domain/vision/analytics/outcome.hpp"

#include "domain/vision/analytics/report_of.hpp"

#include <utility>

namespace ringside::analytics {

namespace {

/// A fall with no strike seen before it.
constexpr ppm unseen_cause{500'000};
/// A strike from here up fells even in a takedown.
constexpr ppm heavy{700'000};
/// Hips this high over the feet for this long: on the feet again.
constexpr std::int32_t hip_up_milli = 1'200;
constexpr std::int64_t up_us = 300'000;

void tell(event_report& r, bool final, std::vector<event_report>& out) {
  ++r.rev;
  r.final = final;
  out.push_back(r);
}

} // namespace

void outcome::struck(const event_report& r) {
  auto& last = blow_[r.by];
  auto old = last && elapsed(last->at, r.at).count > 500'000;
  if (r.landed && (!last || old || r.severity >= last->severity))
    last = {r.at, r.severity};
}

void outcome::taking_down(corner who, mono_us at) {
  takedown_at_[who] = at;
}

ppm outcome::cause_of(const event_report& r, const settings& by) const {
  const auto& last = blow_[r.by];
  if (!last)
    return unseen_cause;
  auto before = elapsed(last->at, r.at).count;
  auto caused = before <= by.cause_window_us && before >= -by.cause_window_us;
  return caused ? last->severity : unseen_cause;
}

bool outcome::was_thrown(const event_report& r, const settings& by) const {
  const auto& thrown = takedown_at_[r.by];
  if (!thrown)
    return false;
  auto before = elapsed(*thrown, r.at).count;
  return before <= by.throw_window_us && before >= -by.throw_window_us
         && cause_of(r, by) < heavy;
}

std::optional<event_report> outcome::fell(event_report r, const settings& by,
                                          std::vector<event_report>& out) {
  if (was_thrown(r, by))
    return std::nullopt;
  if (fall_[r.by])
    judge(r.by, elapsed(fall_[r.by]->report.at, r.start).count, out);
  auto cause = cause_of(r, by);
  r.severity = cause;
  r.tier = tier_of(cause, elapsed(r.at, r.end).count);
  r.final = false;
  fall_[r.by] = {r, cause, 0};
  return r;
}

event_report outcome::took_down(event_report r,
                                std::vector<event_report>& out) {
  if (auto& before = takedown_[r.by])
    tell(*before, true, out);
  r.landed = false;
  r.final = false;
  takedown_[r.by] = r;
  return r;
}

void outcome::judge(corner by, std::int64_t down_us,
                    std::vector<event_report>& out) {
  auto& open = fall_[by];
  if (!open)
    return;
  open->report.tier = tier_of(open->cause, down_us);
  tell(open->report, true, out);
  open.reset();
}

void outcome::stood_up(corner who, mono_us at, std::vector<event_report>& out) {
  auto by = opponent(who);
  if (fall_[by])
    judge(by, elapsed(fall_[by]->report.at, at).count, out);
}

void outcome::watch(corner who, mono_us at, std::int64_t dt_us,
                    const movement& moves, bool in_control, const settings& by,
                    std::vector<event_report>& out) {
  if (auto& open = takedown_[who]) {
    auto late = elapsed(open->end, at).count > by.takedown_window_us;
    if (in_control || late) {
      open->landed = !late;
      tell(*open, true, out);
      open.reset();
    }
  }
  auto scorer = opponent(who);
  if (auto& open = fall_[scorer]) {
    auto up = moves.hip_milli && *moves.hip_milli >= hip_up_milli;
    open->up_us = up ? open->up_us + dt_us : 0;
    auto down = elapsed(open->report.at, at).count;
    if (open->up_us >= up_us)
      judge(scorer, down - open->up_us, out);
    else if (down >= by.down_max_us)
      judge(scorer, down, out);
  }
}

void outcome::settle(std::vector<event_report>& out) {
  for (auto c : both_corners) {
    if (fall_[c])
      tell(fall_[c]->report, true, out);
    if (takedown_[c])
      tell(*takedown_[c], true, out);
  }
  *this = {};
}

} // namespace ringside::analytics
