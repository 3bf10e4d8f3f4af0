#include "domain/base/limits.hpp"
#include "domain/bout/decider.hpp"

#include <algorithm>
#include <string>

namespace ringside::bout {

namespace {

/// A list of known words, for the hint of a refusal.
std::string listed(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words)
    all += (all.empty() ? "" : ", ") + word;
  return all;
}

result<unit> require_known(const std::string& word,
                           const std::vector<std::string>& known,
                           std::string field) {
  if (std::find(known.begin(), known.end(), word) != known.end())
    return unit{};
  return refuse(ec::not_in_ruleset,
                "the rule set knows no " + field + " '" + word + "'",
                std::move(field), "known are " + listed(known));
}

bool in_round(const round_state& r, mono_us at) noexcept {
  return at >= r.opened_at && (!r.closed_at || at <= *r.closed_at);
}

/// What a fact needs to be known to the rule set.
struct known_check {
  const rules::ruleset& set;
  const state& s;

  result<unit> operator()(const strike& x) const {
    return require_known(x.technique, set.techniques, "technique");
  }

  result<unit> operator()(const knockdown& x) const {
    return require_known(x.tier, set.knockdowns.tiers, "tier");
  }

  result<unit> operator()(const control_start& x) const {
    return require_known(x.kind, set.control_kinds, "kind");
  }

  result<unit> operator()(const foul& x) const {
    return require_known(x.code, set.fouls.codes, "code");
  }

  result<unit> operator()(const deduction& x) const {
    const auto& steps = set.fouls.deduct_steps;
    auto fits = std::any_of(steps.begin(), steps.end(),
                            [&x](int n) { return whole_points(n) == x.taken; });
    if (!fits)
      return refuse(ec::not_in_ruleset,
                    "the rule set has no deduction of that many points",
                    "points");
    return require_text(x.reason, "reason", limits::text_bytes_max);
  }

  result<unit> operator()(const press& x) const {
    if (set.unit != rules::scoring_unit::consensus_hits)
      return refuse(ec::not_in_ruleset,
                    "this rule set does not score by pressing");
    if (find_seat(s, x.seat) == nullptr)
      return refuse(ec::not_found, "there is no such seat", "seat");
    return unit{};
  }

  result<unit> operator()(const takedown&) const {
    return unit{};
  }

  result<unit> operator()(const submission_attempt&) const {
    return unit{};
  }

  result<unit> operator()(const reversal&) const {
    return unit{};
  }

  result<unit> operator()(const control_end&) const {
    return unit{};
  }
};

/// Facts of the referee may be added after the bell; they carry no tap.
bool referees(const fact& what) noexcept {
  return std::holds_alternative<deduction>(what)
         || std::holds_alternative<foul>(what);
}

} // namespace

result<decider::place> decider::place_of(const log_fact& x) const {
  if (x.round)
    return place_in(*x.round, true);
  auto at = c_.occurred ? std::min(c_.occurred->at, now_) : now_;
  for (auto n = current_round_no(s_); n >= 1; --n)
    if (in_round(*find_round(s_, n), at))
      return place_in(n, false);
  auto last = current_round_no(s_);
  if (referees(x.what) && last > 0)
    return place_in(last, true);
  return refuse(ec::round_not_open, "no round was open at that time", {},
                "the bell has gone, or no round was opened yet");
}

result<decider::place> decider::place_in(int round, bool asked_for) const {
  const auto* r = find_round(s_, round);
  if (r == nullptr)
    return refuse(ec::not_found,
                  "round " + std::to_string(round) + " was not opened",
                  "round");
  if (r->status == round_status::locked)
    return refuse(ec::round_locked,
                  "round " + std::to_string(round) + " is locked", "round",
                  "a supervisor can unlock it with a reason");
  auto at = c_.occurred ? std::min(c_.occurred->at, now_) : now_;
  if (!in_round(*r, at) && (!asked_for || c_.by.role != role::supervisor))
    return refuse(
      ec::round_not_open,
      "round " + std::to_string(round) + " did not run at that time", "round");
  auto moment = std::max(at, r->opened_at);
  if (r->closed_at)
    moment = std::min(moment, *r->closed_at);
  return place{round, time_at(*r, moment), moment};
}

result<unit> decider::check_known(const fact& what) const {
  return std::visit(known_check{*s_.ruleset, s_}, what);
}

result<unit> decider::check_fact(const fact& what, const place& where) const {
  const auto& r = *find_round(s_, where.round);
  if (!r.clock.started() && !referees(what))
    return refuse(ec::clock_not_running,
                  "the clock was not started in round "
                    + std::to_string(where.round),
                  {}, "start the clock first");
  if (const auto* p = std::get_if<press>(&what);
      p != nullptr && find_seat(s_, p->seat)->account != c_.by.account)
    return refuse(ec::seat_not_bound, "this seat is not yours", "seat");
  return unit{};
}

decision decider::operator()(const log_fact& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  if (auto ok = check_known(x.what); !ok)
    return ok.reason();
  auto where = place_of(x);
  if (!where)
    return where.reason();
  if (auto ok = check_fact(x.what, *where); !ok)
    return ok.reason();
  auto err = c_.occurred ? std::max<std::int64_t>(c_.occurred->err_us, 0) : 0;
  return std::vector{decided_event{
    where->moment, fact_logged{x.what, where->round, where->at, err}}};
}

result<unit> decider::check_author(const std::string& author) const {
  if (c_.by.role == role::supervisor || author == c_.by.account)
    return unit{};
  return refuse(ec::forbidden, "only its author or a supervisor may do this",
                "event_id");
}

result<const standing_fact*> decider::correctable(event_no no) const {
  if (no == 0 || no > s_.version)
    return refuse(ec::not_found, "there is no such event", "event_id");
  auto found = s_.facts.find(no);
  if (found == s_.facts.end())
    return refuse(ec::already_retracted,
                  "this event is no standing fact: it was retracted or "
                  "replaced, or is of a kind that is not retracted",
                  "event_id");
  const auto& standing = found->second;
  if (auto ok = check_author(standing.author); !ok)
    return ok.reason();
  if (find_round(s_, standing.round)->status == round_status::locked)
    return refuse(ec::round_locked,
                  "round " + std::to_string(standing.round) + " is locked");
  return &standing;
}

decision decider::retract_ending(const retract_event& x) const {
  if (auto ok = require_unpublished(); !ok)
    return ok.reason();
  if (c_.by.role != role::supervisor)
    return refuse(ec::forbidden, "only a supervisor reopens a bout",
                  "event_id");
  if (s_.phase == phase::approved && s_.approved_by == c_.by.account)
    return refuse(ec::approval_required,
                  "who approved the result does not take it back alone",
                  "event_id", "another supervisor has to reopen the bout");
  if (auto ok = require_text(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  auto round = current_round_no(s_);
  auto filed
    = std::any_of(s_.seats.begin(), s_.seats.end(), [&](const auto& seat) {
        return find_card(seat, round) != nullptr;
      });
  if (s_.ended->closed_round
      && (filed || s_.rounds.back().status == round_status::locked))
    return refuse(ec::card_already_filed,
                  "round " + std::to_string(round)
                    + " has cards and cannot go on",
                  "event_id");
  std::vector<decided_event> events;
  if (s_.result)
    events.push_back({now_, result_withdrawn{}});
  events.push_back({now_, event_retracted{x.no, x.reason}});
  return with_conclusion(s_, c_, context_, std::move(events));
}

decision decider::operator()(const retract_event& x) const {
  if (s_.ended && s_.ended->no == x.no)
    return retract_ending(x);
  if (auto ok = require_live(); !ok)
    return ok.reason();
  if (auto ok = require_length(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  if (x.no != 0 && x.no == last_clock_event(s_)) {
    if (c_.by.role == role::operator_)
      return refuse(ec::forbidden, "the clock is the timekeeper's", "event_id");
    return one(event_retracted{x.no, x.reason});
  }
  if (auto found = correctable(x.no); !found)
    return found.reason();
  return one(event_retracted{x.no, x.reason});
}

decision decider::operator()(const replace_event& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  auto found = correctable(x.no);
  if (!found)
    return found.reason();
  const auto& old = **found;
  auto by_referee
    = [](const fact& f) { return std::holds_alternative<deduction>(f); };
  if ((by_referee(x.what) || by_referee(old.what))
      && c_.by.role != role::supervisor)
    return refuse(ec::forbidden, "deductions are the supervisor's");
  if (std::holds_alternative<press>(x.what)
      || std::holds_alternative<press>(old.what))
    return refuse(ec::wrong_state, "a press is not replaced");
  if (auto ok = check_known(x.what); !ok)
    return ok.reason();
  if (auto ok = require_length(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  auto at = time_at(*find_round(s_, old.round), old.moment);
  return one(fact_replaced{x.no, x.what, old.round, at, x.reason});
}

} // namespace ringside::bout
