#include "domain/rules/derive.hpp"

#include "domain/rules/card_math.hpp"
#include "domain/rules/panel.hpp"

namespace ringside::rules {

namespace {

/// The outcome of a complete panel.
outcome publish(const ruleset& rules, std::vector<card_total> cards,
                bool technical) {
  std::vector<verdict> says;
  for (const auto& card : cards)
    says.push_back(card.says);
  auto panel = panel_of(says, rules.four_one_is_majority);
  outcome out;
  out.kind = panel.kind;
  out.winner = panel.winner;
  out.cards = std::move(cards);
  out.tuple = panel.tuple;
  out.explanation = panel.explanation;
  if (technical) {
    out.panel = panel.kind;
    out.kind = panel.winner ? result_kind::technical_decision
                            : result_kind::technical_draw;
  }
  return out;
}

result<outcome> without_judges(const decision_scope& scope) {
  if (scope.technical)
    return refuse(ec::wrong_state, "nobody judges this bout, so no card can "
                                   "give a technical decision");
  outcome out;
  out.kind = result_kind::draw;
  out.explanation = "Nobody judges this bout; going the distance is a draw.";
  return out;
}

error still_needed(const extension_need& need) {
  if (need.step == next_step::extra_round)
    return refuse(ec::wrong_state,
                  "the cards give no winner; extra round "
                    + std::to_string(need.round) + " decides",
                  "rounds_counted", "open the extra round");
  return refuse(ec::cards_missing,
                "a winner has to be named by seat"
                  + std::string{need.seats.size() == 1 ? " " : "s "}
                  + list_text(need.seats),
                "pick", "each of these judges names red or blue");
}

bool by_buttons(const ruleset& rules) noexcept {
  return rules.unit == scoring_unit::consensus_hits;
}

} // namespace

result<outcome> derive_decision(const ruleset& rules,
                                std::span<const judge_card> cards,
                                std::span<const deductions> taken,
                                const decision_scope& scope) {
  if (rules.no_judging)
    return without_judges(scope);
  if (by_buttons(rules)) {
    if (!scope.tally)
      return refuse(ec::invalid_value, "the counted points are missing",
                    "tally");
    return derive_consensus(rules, *scope.tally, cards);
  }
  auto where = stand(rules, cards, taken, scope);
  if (!where)
    return where.reason();
  if (where->need.step != next_step::decided)
    return still_needed(where->need);
  return publish(rules, std::move(where->cards), scope.technical);
}

result<extension_need> next_extension(const ruleset& rules,
                                      std::span<const judge_card> cards,
                                      std::span<const deductions> taken,
                                      const decision_scope& scope) {
  if (rules.no_judging)
    return extension_need{};
  if (by_buttons(rules)) {
    if (!scope.tally)
      return refuse(ec::invalid_value, "the counted points are missing",
                    "tally");
    return consensus_votes_needed(rules, *scope.tally, cards);
  }
  auto where = stand(rules, cards, taken, scope);
  if (!where)
    return where.reason();
  return where->need;
}

result<outcome> derive_from_totals(const ruleset& rules,
                                   std::span<const per_corner<points>> totals,
                                   bool technical) {
  if (rules.no_judging || std::ssize(totals) != rules.judges.count)
    return refuse(ec::cards_missing,
                  "there are " + std::to_string(totals.size())
                    + " totals, the rule set has "
                    + std::to_string(rules.judges.count) + " judges",
                  "totals");
  std::vector<card_total> cards;
  for (const auto& total : totals)
    cards.push_back({total, verdict_of(total)});
  return publish(rules, std::move(cards), technical);
}

} // namespace ringside::rules
