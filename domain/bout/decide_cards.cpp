#include "domain/base/limits.hpp"
#include "domain/bout/decider.hpp"
#include "domain/rules/score_check.hpp"

#include <algorithm>
#include <string>

namespace ringside::bout {

namespace {

bool by_round(const state& s) noexcept {
  return s.ruleset->unit == rules::scoring_unit::round;
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

result<unit> decider::check_entry(const card_entry& entry, int round,
                                  std::string_view reason) const {
  const auto& set = *s_.ruleset;
  if (reason.size() > limits::text_bytes_max)
    return refuse(ec::invalid_value, "the reason is too long", "reason");
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
  auto weighted = set.unit == rules::scoring_unit::weighted_criteria;
  if (weighted && !entry.pick && entry.criteria.size() != set.criteria.size())
    return refuse(ec::invalid_value, "every criterion needs an entry",
                  "criteria");
  if (!weighted && !entry.criteria.empty())
    return refuse(ec::invalid_value, "this rule set has no weighted criteria",
                  "criteria");
  if (!weighted && !entry.pick && !set.judges.draw_card_allowed)
    return refuse(ec::score_not_allowed, "a winner must be named", "pick");
  return unit{};
}

result<unit> decider::check_card_round(int round) const {
  auto picking = round == 0;
  if (picking && by_round(s_) && s_.picks_wanted.empty())
    return refuse(ec::wrong_state, "no pick is asked for", "round");
  if (!picking && !by_round(s_))
    return refuse(ec::invalid_value,
                  "this rule set is judged over the whole bout", "round",
                  "file with round 0");
  if (picking) {
    if (s_.phase == phase::in_round || s_.rounds.empty())
      return refuse(ec::round_not_closed, "the last round is not over yet");
    return unit{};
  }
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
  const auto* seat = find_seat(s_, x.seat);
  if (seat == nullptr)
    return refuse(ec::not_found, "there is no seat " + std::to_string(x.seat),
                  "seat");
  if (seat->account.empty() || seat->account != c_.by.account)
    return refuse(ec::seat_not_bound,
                  "seat " + std::to_string(x.seat) + " is not yours", "seat",
                  "bind the seat first");
  if (auto ok = check_card_round(x.round); !ok)
    return ok.reason();
  auto index = static_cast<std::size_t>(x.round - 1);
  auto filed = x.round == 0 ? seat->whole_bout.has_value()
                            : index < seat->rounds.size()
                                && seat->rounds[index].has_value();
  if (filed)
    return refuse(ec::card_already_filed,
                  "this card is filed; it does not change", "round",
                  "ask the supervisor for a revision");
  if (auto ok = check_entry(x.entry, x.round, x.reason); !ok)
    return ok.reason();
  std::vector events{
    decided_event{now_, card_filed{x.seat, x.round, x.entry, x.reason,
                                   past_deadline(x.round)}}};
  if (x.round != 0)
    return events;
  return with_conclusion(s_, c_, context_, std::move(events));
}

decision decider::operator()(const revise_card& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  const auto* seat = find_seat(s_, x.seat);
  if (seat == nullptr)
    return refuse(ec::not_found, "there is no seat " + std::to_string(x.seat),
                  "seat");
  if (auto ok = check_card_round(x.round); !ok)
    return ok.reason();
  auto missing = seats_without_card(s_, x.round);
  if (std::find(missing.begin(), missing.end(), x.seat) != missing.end())
    return refuse(ec::cards_missing, "this seat has filed nothing to revise",
                  "seat");
  if (x.authorised_by.empty() || x.authorised_by == c_.by.account)
    return refuse(ec::approval_required,
                  "a second person has to authorise a revision",
                  "authorised_by");
  if (auto ok = require_text(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  if (auto ok = check_entry(x.entry, x.round, x.reason); !ok)
    return ok.reason();
  return one(card_revised{x.seat, x.round, x.entry, x.authorised_by, x.reason});
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
    if (!seats.empty())
      return refuse(ec::cards_missing,
                    "round " + std::to_string(x.round)
                      + " has no card from seat " + seats,
                    "round", "ask these judges to file");
  }
  return with_conclusion(s_, c_, context_,
                         {decided_event{now_, round_locked{x.round}}});
}

decision decider::operator()(const unlock_round& x) const {
  if (s_.phase == phase::published || s_.phase == phase::approved
      || s_.phase == phase::cancelled)
    return refuse(ec::bout_over, "the result is "
                                   + std::string{text_of(s_.phase)}
                                   + "; rounds stay locked");
  const auto* r = find_round(s_, x.round);
  if (r == nullptr || r->status != round_status::locked)
    return refuse(ec::wrong_state,
                  "round " + std::to_string(x.round) + " is not locked",
                  "round");
  if (x.authorised_by.empty() || x.authorised_by == c_.by.account)
    return refuse(ec::approval_required,
                  "a second person has to authorise an unlock",
                  "authorised_by");
  if (auto ok = require_text(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  std::vector<decided_event> events;
  if (s_.result)
    events.push_back({now_, result_withdrawn{}});
  events.push_back({now_, round_unlocked{x.round, x.authorised_by, x.reason}});
  return events;
}

} // namespace ringside::bout
