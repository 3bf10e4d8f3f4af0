#include "domain/base/limits.hpp"
#include "domain/bout/decider.hpp"
#include "domain/rules/finish.hpp"

#include <algorithm>
#include <string>

namespace ringside::bout {

namespace {

/// A bout may end in the round that is open or was closed last.
result<unit> check_end(const state& s, int round, round_ms at) {
  if (s.finish || s.stoppage)
    return refuse(ec::wrong_state, "the end of this bout is recorded already");
  auto current = current_round_no(s);
  if (current == 0 || round != current)
    return refuse(ec::round_out_of_order,
                  current == 0
                    ? "no round was opened yet"
                    : "the bout is in round " + std::to_string(current),
                  "round");
  const auto& r = *find_round(s, round);
  auto latest = r.status == round_status::open ? r.length : r.closed_ms;
  if (at.count < 0 || at > latest)
    return refuse(ec::invalid_value,
                  "round_ms is 0 to " + std::to_string(latest.count),
                  "round_ms");
  return unit{};
}

/// Before the first bell a bout can only be called off.
bool ends_before_bell(rules::result_kind method) noexcept {
  return method == rules::result_kind::forfeit
         || method == rules::result_kind::no_contest;
}

} // namespace

decision decider::operator()(const record_finish& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  auto early = x.round == 0 && x.at.count == 0 && s_.rounds.empty()
               && ends_before_bell(x.method);
  if (!early)
    if (auto ok = check_end(s_, x.round, x.at); !ok)
      return ok.reason();
  auto outcome = rules::derive_finish(
    *s_.ruleset, {std::string{text_of(x.method)}, x.winner});
  if (!outcome)
    return outcome.reason();
  std::vector<decided_event> events;
  events.push_back({now_, finish_recorded{x.winner, x.method, x.round, x.at}});
  events.push_back({now_, result_derived{*outcome}});
  return events;
}

decision decider::operator()(const record_stoppage& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  if (auto ok = check_end(s_, x.round, x.at); !ok)
    return ok.reason();
  return with_conclusion(
    s_, c_, context_,
    {decided_event{now_,
                   stoppage_recorded{x.cause, x.injured, x.round, x.at}}});
}

decision decider::operator()(const approve_result&) const {
  if (s_.phase == phase::approved || s_.phase == phase::published)
    return refuse(ec::wrong_state, "the result is approved already");
  if (s_.phase != phase::decided)
    return refuse(ec::cards_missing, "there is no result to approve yet", {},
                  "lock every round, or record how the bout ended");
  return one(result_approved{});
}

decision decider::operator()(const publish_result&) const {
  if (s_.phase == phase::published)
    return refuse(ec::wrong_state, "the result is published already");
  if (s_.phase != phase::approved)
    return refuse(ec::approval_required, "the result is not approved yet");
  if (s_.approved_by == c_.by.account)
    return refuse(ec::approval_required,
                  "approval and publication need two persons", {},
                  "somebody else has to publish");
  return one(result_published{});
}

decision decider::operator()(const overturn_result& x) const {
  if (s_.phase != phase::published || !s_.result)
    return refuse(ec::wrong_state, "only a published result is overturned");
  if (auto ok = require_authoriser(c_, x.authorised_by); !ok)
    return ok.reason();
  if (auto ok = require_text(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  auto outcome
    = rules::overturn(*s_.ruleset, *s_.result, {x.ground, x.kind, x.winner});
  if (!outcome)
    return outcome.reason();
  return one(result_overturned{*outcome, x.ground, x.authorised_by, x.reason});
}

decision decider::operator()(const cancel_bout& x) const {
  if (!live(s_))
    return refuse(ec::bout_over, "a decided bout is not cancelled");
  if (auto ok = require_text(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  return one(bout_cancelled{x.reason});
}

decision decider::operator()(const add_note& x) const {
  if (auto ok = require_text(x.text, "text", limits::text_bytes_max); !ok)
    return ok.reason();
  if (x.round < 0 || x.round > current_round_no(s_))
    return refuse(ec::not_found, "there is no such round", "round");
  return one(note_added{x.text, x.round});
}

decision decider::operator()(const raise_protest& x) const {
  if (auto ok = require_text(x.text, "text", limits::text_bytes_max); !ok)
    return ok.reason();
  return one(protest_raised{x.text, x.by});
}

decision decider::operator()(const rule_on_protest& x) const {
  auto found
    = std::find_if(s_.protests.begin(), s_.protests.end(),
                   [&x](const protest& p) { return p.no == x.protest; });
  if (found == s_.protests.end())
    return refuse(ec::not_found, "there is no such protest", "protest");
  if (found->upheld)
    return refuse(ec::wrong_state, "this protest is ruled on already",
                  "protest");
  if (auto ok = require_text(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  return one(protest_ruled{x.protest, x.upheld, x.reason});
}

} // namespace ringside::bout
