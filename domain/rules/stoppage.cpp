#include "domain/rules/stoppage.hpp"

#include "domain/base/limits.hpp"

namespace ringside::rules {

int rounds_completed(const foul_stop& stop) noexcept {
  return stop.bell_gone ? stop.round : stop.round - 1;
}

int rounds_on_cards(const ruleset& rules, const foul_stop& stop) noexcept {
  auto partial = rules.accidental_foul.partial;
  return partial == incomplete_round::not_scored ? rounds_completed(stop)
                                                 : stop.round;
}

bool past_threshold(const ruleset& rules, const foul_stop& stop) noexcept {
  const auto& plan = rules.accidental_foul;
  auto completed = rounds_completed(stop);
  if (plan.half_of_scheduled)
    return 2 * completed >= stop.scheduled_rounds;
  auto needed = limits::rounds_max + 1;
  for (const auto& row : plan.thresholds)
    if (row.scheduled <= stop.scheduled_rounds)
      needed = row.completed;
  return completed >= needed;
}

namespace {

result_kind early_kind(early_stop early) {
  switch (early) {
  case early_stop::no_contest:
    return result_kind::no_contest;
  case early_stop::no_decision:
    return result_kind::no_decision;
  case early_stop::technical_draw:
    return result_kind::technical_draw;
  }
  return result_kind::no_contest;
}

outcome plain(result_kind kind, std::optional<corner> winner,
              std::string explanation) {
  outcome out;
  out.kind = kind;
  out.winner = winner;
  out.explanation = std::move(explanation);
  return out;
}

result<outcome> on_cards(const ruleset& rules,
                         std::span<const judge_card> cards,
                         std::span<const deductions> taken,
                         const foul_stop& stop) {
  decision_scope scope;
  scope.scheduled_rounds = stop.scheduled_rounds;
  scope.rounds_counted = rounds_on_cards(rules, stop);
  scope.technical = true;
  scope.counted_seats = stop.counted_seats;
  scope.tally = stop.tally;
  return derive_decision(rules, cards, taken, scope);
}

result<outcome> accidental(const ruleset& rules,
                           std::span<const judge_card> cards,
                           std::span<const deductions> taken,
                           const foul_stop& stop) {
  auto worse = stop.cause == foul_cause::accidental_aggravated
               && rules.accidental_foul.later_aggravation == aggravation::cards;
  if (rules.no_judging || (!worse && !past_threshold(rules, stop)))
    return plain(early_kind(rules.accidental_foul.early), std::nullopt,
                 "An accidental foul ended the bout after "
                   + std::to_string(rounds_completed(stop))
                   + " completed rounds, too early for the cards.");
  auto out = on_cards(rules, cards, taken, stop);
  if (out)
    out->explanation
      += " A foul ended the bout in round " + std::to_string(stop.round) + ".";
  return out;
}

result<outcome> injury_later(const ruleset& rules,
                             std::span<const judge_card> cards,
                             std::span<const deductions> taken,
                             const foul_stop& stop) {
  if (rules.no_judging)
    return plain(result_kind::technical_draw, std::nullopt,
                 "Nobody judges this bout, so the injured is not ahead.");
  auto out = on_cards(rules, cards, taken, stop);
  if (!out || out->winner == stop.injured)
    return out;
  out->kind = result_kind::technical_draw;
  out->winner.reset();
  out->explanation += " The injured is not ahead, so the intentional foul "
                      "leaves a draw.";
  return out;
}

} // namespace

result<outcome> derive_foul_stoppage(const ruleset& rules,
                                     std::span<const judge_card> cards,
                                     std::span<const deductions> taken,
                                     const foul_stop& stop) {
  if (stop.round < 1
      || stop.round > stop.scheduled_rounds + rules.extension.rounds_max)
    return refuse(ec::invalid_value,
                  "the bout has no round " + std::to_string(stop.round),
                  "round");
  switch (stop.cause) {
  case foul_cause::accidental:
  case foul_cause::accidental_aggravated:
    return accidental(rules, cards, taken, stop);
  case foul_cause::intentional:
    return plain(result_kind::disqualification, stop.injured,
                 "An intentional foul ended the bout.");
  case foul_cause::intentional_injury_later:
    return injury_later(rules, cards, taken, stop);
  case foul_cause::self_injury:
    return plain(result_kind::tko_injury, opponent(stop.injured),
                 "An injury by one's own foul counts as a fair blow.");
  }
  return refuse(ec::invalid_value, "unknown cause", "cause");
}

} // namespace ringside::rules
