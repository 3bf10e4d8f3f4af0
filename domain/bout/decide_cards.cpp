#include "domain/base/limits.hpp"
#include "domain/bout/decider.hpp"
#include "domain/rules/score_check.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace ringside::bout {

namespace {

bool by_round(const state& s) noexcept {
  return s.ruleset->unit == rules::scoring_unit::round;
}

/// The one form of an entry in the journal.
card_entry in_order(card_entry entry) {
  std::sort(entry.criteria.begin(), entry.criteria.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return entry;
}

/// Applies decided events to a copy, so that what follows can be concluded.
state preview(const state& s, const command& c, const decide_context& context,
              const std::vector<decided_event>& events) {
  auto after = s;
  for (const auto& e : events)
    apply(after, {after.version + 1, c.by, e.at, e.body}, context.find_ruleset);
  return after;
}

} // namespace

decision with_conclusion(const state& s, const command& c,
                         const decide_context& context,
                         std::vector<decided_event> events) {
  auto more = conclude(preview(s, c, context, events));
  if (!more)
    return more.reason();
  for (auto& body : *more)
    events.push_back({context.now, std::move(body)});
  return events;
}

result<const seat_state*> decider::require_seat(int seat) const {
  if (const auto* found = find_seat(s_, seat))
    return found;
  return refuse(ec::not_found, "there is no seat " + std::to_string(seat),
                "seat");
}

result<unit> decider::check_criteria(const card_entry& entry) const {
  const auto& known = s_.ruleset->criteria;
  std::set<std::string_view> named;
  for (const auto& c : entry.criteria) {
    if (std::none_of(known.begin(), known.end(),
                     [&c](const auto& k) { return k.id == c.id; }))
      return refuse(ec::not_in_ruleset,
                    "the rule set knows no criterion '" + c.id + "'",
                    "criteria");
    if (!named.insert(c.id).second)
      return refuse(ec::invalid_value,
                    "the criterion " + c.id + " stands twice", "criteria");
  }
  if (named.size() != known.size())
    return refuse(ec::invalid_value, "every criterion needs an entry",
                  "criteria");
  return unit{};
}

result<unit> decider::check_entry(const card_entry& entry, int round,
                                  std::string_view reason,
                                  bool pick_only) const {
  const auto& set = *s_.ruleset;
  if (auto ok = require_length(reason, "reason", limits::text_bytes_max); !ok)
    return ok;
  if (round > 0) {
    if (!entry.score || entry.pick || !entry.criteria.empty())
      return refuse(ec::invalid_value, "a round's card is a pair of scores",
                    "red");
    return rules::score_check(set, *entry.score, !reason.empty(),
                              find_round(s_, round)->cut_short);
  }
  if (entry.score)
    return refuse(ec::invalid_value, "a card of the whole bout has no scores",
                  "red");
  if (set.unit == rules::scoring_unit::weighted_criteria && !pick_only)
    return check_criteria(entry);
  if (!entry.criteria.empty())
    return refuse(ec::invalid_value,
                  pick_only ? "the criteria are filed; only the winner is asked"
                            : "this rule set has no weighted criteria",
                  "criteria");
  if (!entry.pick)
    return refuse(ec::score_not_allowed, "a winner must be named", "pick");
  return unit{};
}

/// A card of the whole bout comes after its last round.
result<unit> decider::check_bout_fought() const {
  auto over = !s_.rounds.empty() && s_.phase != phase::in_round
              && (s_.stoppage || current_round_no(s_) >= rounds_allowed(s_));
  if (over)
    return unit{};
  return refuse(ec::round_not_closed, "the last round is not over yet",
                "round");
}

bool decider::pick_wanted(int seat) const noexcept {
  const auto& wanted = s_.picks_wanted;
  return std::find(wanted.begin(), wanted.end(), seat) != wanted.end();
}

result<unit> decider::check_card_round(int round) const {
  auto picking = round == 0;
  if (picking && by_round(s_) && s_.picks_wanted.empty())
    return refuse(ec::wrong_state, "no pick is asked for", "round");
  if (!picking && !by_round(s_))
    return refuse(ec::invalid_value,
                  "this rule set is judged over the whole bout", "round",
                  "file with round 0");
  if (picking)
    return check_bout_fought();
  const auto* r = find_round(s_, round);
  if (r == nullptr)
    return refuse(ec::not_found,
                  "round " + std::to_string(round) + " was not fought",
                  "round");
  if (r->status == round_status::open)
    return refuse(ec::round_not_closed,
                  "round " + std::to_string(round) + " is still open", "round",
                  "file after the bell");
  if (r->status == round_status::locked)
    return refuse(ec::round_locked,
                  "round " + std::to_string(round) + " is locked", "round");
  return unit{};
}

bool decider::past_deadline(int round) const noexcept {
  auto deadline = s_.ruleset->judges.entry_deadline_s;
  const auto* r = round > 0 ? find_round(s_, round) : current_round(s_);
  if (deadline == 0 || r == nullptr || !r->closed_at)
    return false;
  return elapsed(*r->closed_at, now_) > seconds(deadline);
}

decision decider::operator()(const submit_card& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  auto found = require_seat(x.seat);
  if (!found)
    return found.reason();
  const auto* seat = *found;
  if (seat->account.empty() || seat->account != c_.by.account)
    return refuse(ec::seat_not_bound,
                  "seat " + std::to_string(x.seat) + " is not yours", "seat",
                  "bind the seat first");
  if (auto ok = check_card_round(x.round); !ok)
    return ok.reason();
  auto asked = x.round == 0 && pick_wanted(x.seat);
  const auto* filed = find_card(*seat, x.round);
  if (filed != nullptr && !asked)
    return refuse(ec::card_already_filed,
                  "this card is filed; it does not change", "round",
                  "ask the supervisor for a revision");
  if (auto ok = check_entry(x.entry, x.round, x.reason, filed != nullptr); !ok)
    return ok.reason();
  auto late = !asked && past_deadline(x.round);
  std::vector events{decided_event{
    now_, card_filed{x.seat, x.round, in_order(x.entry), x.reason, late}}};
  if (x.round != 0)
    return events;
  return with_conclusion(s_, c_, context_, std::move(events));
}

decision decider::operator()(const revise_card& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  auto seat = require_seat(x.seat);
  if (!seat)
    return seat.reason();
  if (auto ok = check_card_round(x.round); !ok)
    return ok.reason();
  if (find_card(**seat, x.round) == nullptr)
    return refuse(ec::cards_missing, "this seat has filed nothing to revise",
                  "seat");
  if (auto ok = require_authoriser(c_, x.authorised_by); !ok)
    return ok.reason();
  if (auto ok = require_text(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  if (auto ok = check_entry(x.entry, x.round, x.reason, false); !ok)
    return ok.reason();
  std::vector events{
    decided_event{now_, card_revised{x.seat, x.round, in_order(x.entry),
                                     x.authorised_by, x.reason}}};
  if (x.round != 0)
    return events;
  return with_conclusion(s_, c_, context_, std::move(events));
}

decision decider::operator()(const lock_round& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  const auto* r = find_round(s_, x.round);
  if (r == nullptr)
    return refuse(ec::not_found,
                  "round " + std::to_string(x.round) + " was not fought",
                  "round");
  if (r->status == round_status::open)
    return refuse(ec::round_not_closed,
                  "round " + std::to_string(x.round) + " is still open",
                  "round");
  if (r->status == round_status::locked)
    return refuse(ec::round_locked,
                  "round " + std::to_string(x.round) + " is locked already",
                  "round");
  if (by_round(s_) && !s_.ruleset->no_judging) {
    std::string seats;
    for (auto n : seats_without_card(s_, x.round))
      seats += (seats.empty() ? "" : ", ") + std::to_string(n);
    if (!cards_complete(s_, x.round))
      return refuse(ec::cards_missing,
                    "round " + std::to_string(x.round)
                      + " has no card from seat " + seats,
                    "round", "ask these judges to file");
  }
  return with_conclusion(s_, c_, context_,
                         {decided_event{now_, round_locked{x.round}}});
}

/// Until it is published a result can be taken back; afterwards it can only be
/// overturned.
result<unit> decider::require_unpublished() const {
  if (s_.phase == phase::published)
    return refuse(ec::bout_over, "the result is published; it stands", {},
                  "the commission can overturn it");
  if (s_.phase == phase::cancelled)
    return refuse(ec::bout_over, "the bout is cancelled");
  return unit{};
}

decision decider::operator()(const unlock_round& x) const {
  if (auto ok = require_unpublished(); !ok)
    return ok.reason();
  if (s_.finish)
    return refuse(ec::bout_over,
                  "a finish ended the bout; its cards decide nothing", "round",
                  "retract the finish to reopen the bout");
  const auto* r = find_round(s_, x.round);
  if (r == nullptr)
    return refuse(ec::not_found,
                  "round " + std::to_string(x.round) + " was not fought",
                  "round");
  if (r->status != round_status::locked)
    return refuse(ec::wrong_state,
                  "round " + std::to_string(x.round) + " is not locked",
                  "round");
  if (auto ok = require_authoriser(c_, x.authorised_by); !ok)
    return ok.reason();
  if (auto ok = require_text(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  std::vector<decided_event> events;
  if (s_.result)
    events.push_back({now_, result_withdrawn{}});
  events.push_back({now_, round_unlocked{x.round, x.authorised_by, x.reason}});
  return events;
}

} // namespace ringside::bout
