#include "domain/bout/decider.hpp"
#include "domain/rules/consensus.hpp"
#include "domain/rules/derive.hpp"
#include "domain/rules/stoppage.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace ringside::bout {

namespace {

using bodies = result<std::vector<event_body>>;

/// The picks of a card by criteria in rule-set order.
std::vector<std::optional<corner>>
by_weight(const rules::ruleset& set, const std::vector<criterion_pick>& picks) {
  std::vector<std::optional<corner>> ordered;
  for (const auto& known : set.criteria) {
    auto found
      = std::find_if(picks.begin(), picks.end(),
                     [&known](const auto& p) { return p.id == known.id; });
    if (found == picks.end())
      return {};
    ordered.push_back(found->winner);
  }
  return ordered;
}

rules::judge_card card_of(const rules::ruleset& set, const seat_state& seat) {
  rules::judge_card card;
  for (const auto& filed : seat.rounds)
    card.rounds.push_back(filed ? filed->entry.score : std::nullopt);
  if (seat.whole_bout) {
    card.pick = seat.whole_bout->entry.pick;
    card.criteria = by_weight(set, seat.whole_bout->entry.criteria);
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
  for (const auto& seat : s.seats)
    p.cards.push_back(card_of(*s.ruleset, seat));
  for (const auto& r : s.rounds)
    p.taken.push_back(r.deducted);
  return p;
}

/// Presses of the whole bout on the server's time line, which goes on where
/// the clock of the round stands still.
std::vector<rules::press> presses_of(const state& s) {
  std::vector<std::pair<event_no, rules::press>> numbered;
  for (const auto& [no, fact] : s.facts)
    if (const auto* p = std::get_if<press>(&fact.what))
      numbered.push_back({no, {p->seat, p->corner, fact.moment.count / 1'000}});
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

/// What is missing comes with a later command.
bodies waiting(const error& reason) {
  if (reason.code == ec::cards_missing)
    return std::vector<event_body>{};
  return reason;
}

bodies derived(const result<rules::outcome>& outcome) {
  if (!outcome)
    return waiting(outcome.reason());
  return std::vector<event_body>{result_derived{*outcome}};
}

/// A stoppage that needs cards waits until they are in and locked.
bodies conclude_stoppage(const state& s) {
  const auto& x = *s.stoppage;
  const auto& r = *find_round(s, x.round);
  rules::foul_stop stop{cause_of(x.cause), x.injured,    s.scheduled_rounds,
                        x.round,           !r.cut_short, {},
                        tally_of(s)};
  // Most need none: they are decided at once, whatever the judges have filed.
  if (auto at_once = rules::derive_foul_stoppage(*s.ruleset, {}, {}, stop))
    return derived(at_once);
  auto rounds = rules::rounds_on_cards(*s.ruleset, stop);
  if (!locked_to(s, rounds) || !s.picks_wanted.empty())
    return std::vector<event_body>{};
  auto p = papers_of(s);
  rules::decision_scope scope{
    s.scheduled_rounds, rounds, true, {}, tally_of(s)};
  auto need = rules::next_extension(*s.ruleset, p.cards, p.taken, scope);
  if (!need)
    return waiting(need.reason());
  if (need->step == rules::next_step::picks)
    return std::vector<event_body>{picks_requested{need->seats}};
  return derived(
    rules::derive_foul_stoppage(*s.ruleset, p.cards, p.taken, stop));
}

/// The first round from the last scheduled one after which the cards have a
/// winner. Earlier than the last one fought only where a correction found him:
/// then the extra round was fought for nothing and does not count.
bodies conclude_distance(const state& s) {
  auto last = current_round_no(s);
  if (last < rounds_allowed(s) || !locked_to(s, last)
      || !s.picks_wanted.empty())
    return std::vector<event_body>{};
  auto p = papers_of(s);
  rules::decision_scope scope{
    s.scheduled_rounds, s.scheduled_rounds, false, {}, tally_of(s)};
  for (;; ++scope.rounds_counted) {
    auto need = rules::next_extension(*s.ruleset, p.cards, p.taken, scope);
    if (!need)
      return waiting(need.reason());
    if (need->step == rules::next_step::picks)
      return std::vector<event_body>{picks_requested{need->seats}};
    if (need->step == rules::next_step::decided)
      return derived(
        rules::derive_decision(*s.ruleset, p.cards, p.taken, scope));
    if (scope.rounds_counted == last)
      return std::vector<event_body>{extension_ordered{need->round}};
  }
}

} // namespace

bodies conclude(const state& after) {
  if (!live(after) || after.phase == phase::in_round || after.rounds.empty())
    return std::vector<event_body>{};
  return after.stoppage ? conclude_stoppage(after) : conclude_distance(after);
}

} // namespace ringside::bout
