#include "domain/rules/card_total.hpp"
#include "domain/wire/card_form.hpp"
#include "domain/wire/view_parts.hpp"

#include <algorithm>
#include <utility>

namespace ringside::wire {

namespace {

using bout::filed_card;
using bout::find_card;

json::object card_json(int seat, const filed_card& card) {
  json::object out{{"seat", seat}, {"event_id", event_id_text(card.no)}};
  if (card.entry.score)
    put_score(out, card.entry.score->raw);
  if (card.entry.pick)
    out.emplace("pick", to_string(*card.entry.pick));
  if (!card.entry.criteria.empty())
    out.emplace("criteria", criteria_json(card.entry.criteria));
  if (!card.reason.empty())
    out.emplace("reason", card.reason);
  if (card.late)
    out.emplace("late", true);
  if (card.revisions > 0)
    out.emplace("revisions", card.revisions);
  return out;
}

/// The cards of one round, or of the whole bout, that may be seen.
json::array visible_cards(const bout::state& s, int round,
                          const audience& who) {
  json::array all;
  for (std::size_t i = 0; i < s.seats.size(); ++i) {
    auto seat = static_cast<int>(i) + 1;
    const auto* card = find_card(s.seats[i], round);
    if (card != nullptr && card_visible(s, seat, round, who))
      all.emplace_back(card_json(seat, *card));
  }
  return all;
}

/// Rounds whose cards are all there and may all be seen, as far as they go
/// without a gap. An extra round that decides alone is in no total.
int rounds_in_totals(const bout::state& s, const audience& who) {
  auto last = s.ruleset->extension.scored_alone ? s.scheduled_rounds
                                                : bout::current_round_no(s);
  int round = 0;
  auto open = [&](int n) {
    for (std::size_t i = 0; i < s.seats.size(); ++i)
      if (find_card(s.seats[i], n) == nullptr
          || !card_visible(s, static_cast<int>(i) + 1, n, who))
        return false;
    return bout::find_round(s, n) != nullptr;
  };
  while (round < last && open(round + 1))
    ++round;
  return round;
}

rules::judge_card judge_card_of(const bout::seat_state& seat, int rounds) {
  rules::judge_card card;
  for (int n = 1; n <= rounds; ++n)
    card.rounds.push_back(find_card(seat, n)->entry.score);
  return card;
}

json::array totals_json(const bout::state& s, const audience& who) {
  json::array all;
  if (!s.ruleset || s.ruleset->unit != rules::scoring_unit::round)
    return all;
  auto rounds = rounds_in_totals(s, who);
  if (rounds == 0)
    return all;
  std::vector<rules::deductions> taken;
  for (int n = 1; n <= rounds; ++n)
    taken.push_back(bout::find_round(s, n)->deducted);
  for (std::size_t i = 0; i < s.seats.size(); ++i) {
    auto total = rules::total_of(*s.ruleset, judge_card_of(s.seats[i], rounds),
                                 taken, {1, rounds, rounds});
    json::object out{{"seat", static_cast<int>(i) + 1}, {"rounds", rounds}};
    put_score(out, total.total);
    all.emplace_back(std::move(out));
  }
  return all;
}

json::array picks_wanted_json(const bout::state& s, const audience& who) {
  json::array all;
  for (auto seat : s.picks_wanted)
    if (pick_known(s, seat, who))
      all.emplace_back(seat);
  return all;
}

json::array filed_json(const bout::state& s, int seat_no, const audience& who) {
  const auto& seat = *bout::find_seat(s, seat_no);
  json::array all;
  if (seat.whole_bout && pick_known(s, seat_no, who))
    all.emplace_back(0);
  for (int n = 1; n <= static_cast<int>(seat.rounds.size()); ++n)
    if (find_card(seat, n) != nullptr)
      all.emplace_back(n);
  return all;
}

} // namespace

void put_score(json::object& out, const per_corner<points>& score) {
  out.emplace("red_x10", score.red.count);
  out.emplace("blue_x10", score.blue.count);
}

json::object cards_json(const bout::state& s, const audience& who) {
  json::object out;
  for (int n = 1; n <= bout::current_round_no(s); ++n)
    out.emplace("round_" + std::to_string(n), visible_cards(s, n, who));
  out.emplace("picks", visible_cards(s, 0, who));
  out.emplace("picks_wanted", picks_wanted_json(s, who));
  out.emplace("totals", totals_json(s, who));
  return out;
}

json::array seats_json(const bout::state& s, const audience& who) {
  json::array all;
  for (std::size_t i = 0; i < s.seats.size(); ++i) {
    const auto& seat = s.seats[i];
    auto n = static_cast<int>(i) + 1;
    json::object out{{"seat", n},
                     {"name", seat.judge.name},
                     {"bound", !seat.account.empty()},
                     {"filed", filed_json(s, n, who)}};
    if (who.who == audience::kind::control) {
      out.emplace("account", seat.account);
      out.emplace("device", seat.device);
    }
    all.emplace_back(std::move(out));
  }
  return all;
}

} // namespace ringside::wire
