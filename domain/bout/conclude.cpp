#include "domain/bout/decider.hpp"
#include "domain/rules/consensus.hpp"
#include "domain/rules/derive.hpp"
#include "domain/rules/stoppage.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

namespace ringside::bout {

namespace {

using bodies = result<std::vector<event_body>>;

rules::judge_card card_of(const seat_state& seat) {
  rules::judge_card card;
  for (const auto& filed : seat.rounds)
    card.rounds.push_back(filed ? filed->entry.score : std::nullopt);
  if (seat.whole_bout) {
    card.pick = seat.whole_bout->entry.pick;
    card.criteria = seat.whole_bout->entry.criteria;
  }
  return card;
}

/// What the judges wrote and the referee took, apart from each other.
struct papers {
  std::vector<rules::judge_card> cards;
  std::vector<rules::deductions> taken;
};

papers papers_of(const state& s) {
  papers p;
  std::transform(s.seats.begin(), s.seats.end(), std::back_inserter(p.cards),
                 card_of);
  for (const auto& r : s.rounds)
    p.taken.push_back(r.deducted);
  return p;
}

/// Presses of the whole bout on one time line; rounds are an hour apart, so
/// that no window spans two of them.
std::vector<rules::press> presses_of(const state& s) {
  constexpr std::int64_t apart_ms = 3'600'000;
  std::vector<std::pair<event_no, rules::press>> numbered;
  for (const auto& [no, fact] : s.facts)
    if (const auto* p = std::get_if<press>(&fact.what))
      numbered.push_back(
        {no, {p->seat, p->corner, fact.round * apart_ms + fact.at.count}});
  std::sort(numbered.begin(), numbered.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<rules::press> all;
  for (const auto& entry : numbered)
    all.push_back(entry.second);
  return all;
}

std::optional<rules::consensus_tally> tally_of(const state& s) {
  if (s.ruleset->unit != rules::scoring_unit::consensus_hits
      || !s.ruleset->consensus)
    return std::nullopt;
  auto presses = presses_of(s);
  auto points = rules::consensus_hits(presses, *s.ruleset->consensus);
  return rules::tally_of(presses, points, static_cast<int>(s.seats.size()));
}

bool locked_to(const state& s, int rounds) noexcept {
  for (auto n = 1; n <= rounds; ++n) {
    const auto* r = find_round(s, n);
    if (r == nullptr || r->status != round_status::locked)
      return false;
  }
  return true;
}

rules::foul_cause cause_of(stoppage_cause cause) noexcept {
  switch (cause) {
  case stoppage_cause::accidental_foul:
    return rules::foul_cause::accidental;
  case stoppage_cause::accidental_aggravated:
    return rules::foul_cause::accidental_aggravated;
  case stoppage_cause::intentional_foul:
    return rules::foul_cause::intentional;
  case stoppage_cause::intentional_earlier:
    return rules::foul_cause::intentional_injury_later;
  case stoppage_cause::self_injury:
    return rules::foul_cause::self_injury;
  }
  return rules::foul_cause::accidental;
}

bodies derived(const result<rules::outcome>& outcome) {
  if (!outcome)
    return outcome.reason();
  return std::vector<event_body>{result_derived{*outcome}};
}

/// A stoppage that needs cards waits until they are in and locked.
bodies conclude_stoppage(const state& s) {
  const auto& x = *s.stoppage;
  const auto& r = *find_round(s, x.round);
  rules::foul_stop stop{cause_of(x.cause), x.injured,    s.scheduled_rounds,
                        x.round,           !r.cut_short, {},
                        tally_of(s)};
  if (!locked_to(s, rules::rounds_on_cards(*s.ruleset, stop)))
    return std::vector<event_body>{};
  auto p = papers_of(s);
  return derived(
    rules::derive_foul_stoppage(*s.ruleset, p.cards, p.taken, stop));
}

bool picks_open(const state& s) {
  auto missing = seats_without_card(s, 0);
  return std::any_of(missing.begin(), missing.end(), [&s](int seat) {
    return std::find(s.picks_wanted.begin(), s.picks_wanted.end(), seat)
           != s.picks_wanted.end();
  });
}

bodies conclude_distance(const state& s) {
  if (current_round_no(s) < rounds_allowed(s)
      || !locked_to(s, current_round_no(s)) || picks_open(s))
    return std::vector<event_body>{};
  auto p = papers_of(s);
  rules::decision_scope scope{
    s.scheduled_rounds, current_round_no(s), false, {}, tally_of(s)};
  auto need = rules::next_extension(*s.ruleset, p.cards, p.taken, scope);
  if (!need)
    return need.reason();
  switch (need->step) {
  case rules::next_step::extra_round:
    return std::vector<event_body>{extension_ordered{need->round}};
  case rules::next_step::picks:
    return std::vector<event_body>{picks_requested{need->seats}};
  case rules::next_step::decided:
    break;
  }
  return derived(rules::derive_decision(*s.ruleset, p.cards, p.taken, scope));
}

} // namespace

bodies conclude(const state& after) {
  if (!live(after) || after.phase == phase::in_round || after.rounds.empty())
    return std::vector<event_body>{};
  return after.stoppage ? conclude_stoppage(after) : conclude_distance(after);
}

} // namespace ringside::bout
