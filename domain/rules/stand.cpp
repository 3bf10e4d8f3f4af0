#include "domain/rules/card_math.hpp"
#include "domain/rules/panel.hpp"

#include <algorithm>

namespace ringside::rules {

namespace {

struct reader {
  const ruleset& rules;
  std::span<const judge_card> cards;
  std::span<const deductions> taken;
  const decision_scope& scope;
  std::vector<int> seats;

  const judge_card& card(int seat) const {
    return cards[static_cast<std::size_t>(seat - 1)];
  }
};

bool has_winner(const std::vector<card_total>& cards) {
  std::vector<verdict> says;
  for (const auto& card : cards)
    says.push_back(card.says);
  return panel_of(says).winner.has_value();
}

/// The rounds that decide after `extra` extra rounds.
stretch deciding(const reader& in, int extra) {
  auto last
    = std::min(in.scope.rounds_counted, in.scope.scheduled_rounds + extra);
  if (extra > 0 && in.rules.extension.scored_alone)
    return {last, last, last};
  // A foul in the round of the stoppage is deducted even if it is not scored.
  auto all = static_cast<int>(in.taken.size());
  auto deducted
    = in.scope.technical && last == in.scope.rounds_counted ? all : last;
  return {1, last, deducted};
}

std::vector<card_total> totals(const reader& in, int extra) {
  std::vector<card_total> out;
  for (auto seat : in.seats)
    out.push_back(
      total_of(in.rules, in.card(seat), in.taken, deciding(in, extra)));
  return out;
}

/// Lets the judges of the even cards, or all of them, name a winner.
void apply_picks(const reader& in, standing& where, bool everybody) {
  for (std::size_t i = 0; i < in.seats.size(); ++i) {
    auto& card = where.cards[i];
    if (!everybody && card.says != verdict::even)
      continue;
    if (const auto& pick = in.card(in.seats[i]).pick)
      card.says = verdict_for(*pick);
    else
      where.need.seats.push_back(in.seats[i]);
  }
  if (!where.need.seats.empty())
    where.need.step = next_step::picks;
}

/// After a draw: the next extra round, or everybody's pick after the last.
void apply_extension(const reader& in, standing& where, int extra) {
  const auto& plan = in.rules.extension;
  if (in.scope.technical || plan.when == extension_when::never
      || has_winner(where.cards))
    return;
  if (extra < plan.rounds_max) {
    where.need.step = next_step::extra_round;
    where.need.round = in.scope.scheduled_rounds + extra + 1;
  } else if (plan.last_resort_pick) {
    apply_picks(in, where, true);
  }
}

result<standing> by_round(const reader& in) {
  auto filed = check_rounds_filed(in.cards, in.seats, in.scope.rounds_counted);
  if (!filed)
    return filed.reason();
  auto extra = std::max(0, in.scope.rounds_counted - in.scope.scheduled_rounds);
  for (int before = 0; before < extra; ++before)
    if (has_winner(totals(in, before)))
      return refuse(ec::wrong_state,
                    "the cards give a winner after round "
                      + std::to_string(in.scope.scheduled_rounds + before)
                      + "; no extra round may count",
                    "rounds_counted");
  standing where{totals(in, extra), {}};
  if (in.rules.judges.nominate_on_tie)
    apply_picks(in, where, false);
  apply_extension(in, where, extra);
  return where;
}

standing by_pick(const reader& in) {
  standing where{std::vector<card_total>(in.seats.size()), {}};
  apply_picks(in, where, true);
  return where;
}

result<standing> by_weight(const reader& in) {
  std::vector<int> missing;
  standing where;
  for (auto seat : in.seats) {
    const auto& card = in.card(seat);
    if (card.criteria.size() == in.rules.criteria.size())
      where.cards.push_back(weighted_total(in.rules, card, in.taken));
    else
      missing.push_back(seat);
  }
  if (!missing.empty())
    return refuse(ec::cards_missing,
                  "cards missing: seats " + list_text(missing), "cards",
                  "the result stays unofficial until they are filed");
  if (in.rules.judges.nominate_on_tie)
    apply_picks(in, where, false);
  return where;
}

} // namespace

result<standing> stand(const ruleset& rules, std::span<const judge_card> cards,
                       std::span<const deductions> taken,
                       const decision_scope& scope) {
  if (auto fits = check_scope(rules, cards, taken, scope); !fits)
    return fits.reason();
  reader in{rules, cards, taken, scope, counted_seats(rules, scope)};
  switch (rules.unit) {
  case scoring_unit::round:
    return by_round(in);
  case scoring_unit::whole_bout:
    return by_pick(in);
  case scoring_unit::weighted_criteria:
    return by_weight(in);
  case scoring_unit::consensus_hits:
    break;
  }
  return refuse(ec::wrong_state, "points are counted here, not cards");
}

} // namespace ringside::rules
