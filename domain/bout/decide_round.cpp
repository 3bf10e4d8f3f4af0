#include "domain/base/limits.hpp"
#include "domain/bout/decider.hpp"

#include <algorithm>
#include <string>

namespace ringside::bout {

namespace {

/// A tap this much older than its arrival still sets the clock; beyond, the
/// arrival does (time reference, section 7).
constexpr span_us tap_age_max = milliseconds(500);

/// Seats nobody is assigned to.
std::string unassigned_seats(const state& s) {
  std::string seats;
  for (std::size_t i = 0; i < s.seats.size(); ++i)
    if (s.seats[i].judge.name.empty())
      seats += (seats.empty() ? "" : ", ") + std::to_string(i + 1);
  return seats;
}

} // namespace

decision decider::operator()(const open_round& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  if (s_.finish || s_.stoppage)
    return refuse(ec::bout_over, "the bout was stopped; no round follows");
  if (s_.phase == phase::in_round)
    return refuse(ec::wrong_state,
                  "round " + std::to_string(current_round_no(s_))
                    + " is still open",
                  "round", "close it first");
  auto next = current_round_no(s_) + 1;
  if (x.round != next || next > rounds_allowed(s_))
    return refuse(ec::round_out_of_order,
                  "round " + std::to_string(x.round) + " cannot be opened; "
                    + (next > rounds_allowed(s_)
                         ? "all rounds are fought"
                         : "the next is " + std::to_string(next)),
                  "round");
  if (auto open = unassigned_seats(s_); !open.empty())
    return refuse(ec::wrong_state, "no judge is assigned to seat " + open, {},
                  "assign every judge before the first bell");
  return one(round_opened{x.round});
}

mono_us decider::clock_moment(const round_state& r) const noexcept {
  auto last = std::max(r.clock.last_mark().value_or(r.opened_at), r.opened_at);
  // A node that took the bout over may be a little behind.
  auto now = std::max(now_, last);
  if (!c_.occurred)
    return now;
  auto at = c_.occurred->at;
  if (at > now || at < last || elapsed(at, now) > tap_age_max)
    return now;
  return at;
}

decision decider::operator()(const start_clock&) const {
  auto r = require_open_round();
  if (!r)
    return r.reason();
  const auto& round = **r;
  if (round.clock.running())
    return refuse(ec::clock_running, "the clock is running");
  auto at = clock_moment(round);
  return std::vector{decided_event{
    at, clock_started{current_round_no(s_), clock_at(round, at)}}};
}

decision decider::operator()(const stop_clock& x) const {
  auto r = require_open_round();
  if (!r)
    return r.reason();
  const auto& round = **r;
  if (!round.clock.running())
    return refuse(ec::clock_not_running, "the clock is not running");
  if (auto ok = require_length(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  auto at = clock_moment(round);
  return std::vector{decided_event{
    at, clock_stopped{current_round_no(s_), clock_at(round, at), x.reason}}};
}

decision decider::operator()(const close_round& x) const {
  auto r = require_open_round();
  if (!r)
    return r.reason();
  if (x.round != 0 && x.round != current_round_no(s_))
    return refuse(ec::round_out_of_order,
                  "round " + std::to_string(current_round_no(s_))
                    + " is open, not round " + std::to_string(x.round),
                  "round");
  const auto& round = **r;
  auto at = clock_moment(round);
  return std::vector{
    decided_event{at, round_closed{current_round_no(s_), clock_at(round, at)}}};
}

} // namespace ringside::bout
