#include "domain/synthetic/play.hpp"

namespace ringside::synthetic {

namespace {

constexpr std::uint64_t purpose_judges = 1;

std::vector<rules::deductions> taken_in(const synthetic_bout& b) {
  std::vector<rules::deductions> all;
  for (const auto& r : b.rounds) {
    rules::deductions taken;
    for (const auto& x : r.facts)
      if (const auto* point = std::get_if<bout::deduction>(&x.what))
        taken[point->corner] += point->taken;
    all.push_back(taken);
  }
  return all;
}

rules::outcome outcome_of(const early_end& end) {
  rules::outcome o;
  o.kind = end.method;
  o.winner = end.winner;
  o.explanation = "a finish decides";
  return o;
}

/// Rounds that are judged: not the one a finish cut short.
std::size_t judged_rounds(const synthetic_bout& b) noexcept {
  return b.rounds.size() - (b.finish ? 1 : 0);
}

void judge(const series& s, played_bout& p, std::uint64_t index) {
  auto d = dice_for(s.seed, index, purpose_judges);
  auto judges = s.rules.judges.count;
  p.cards.resize(static_cast<std::size_t>(judges));
  for (std::size_t r = 0; r < p.bout.rounds.size(); ++r) {
    const auto& round = p.bout.rounds[r];
    auto t = scoring::recount(round.facts, round.length);
    p.seen.push_back(scoring::look_at(s.engine, s.rules.scale, t, s.date));
    if (s.other != nullptr)
      p.seen_by_other.push_back(
        scoring::look_at(*s.other, s.rules.scale, t, s.date));
    if (r >= judged_rounds(p.bout))
      continue;
    auto cards = draw_cards(s.generator.given().judges, p.seen.back(),
                            s.rules.scale, judges, d);
    for (std::size_t j = 0; j < p.cards.size(); ++j)
      p.cards[j].rounds.emplace_back(cards[j]);
  }
}

} // namespace

result<played_bout> play(const series& s, std::uint64_t index) {
  played_bout p;
  p.bout = draw_bout(s.generator, s.plan, s.words, s.seed, index);
  p.taken = taken_in(p.bout);
  judge(s, p, index);
  if (p.bout.finish) {
    p.result = outcome_of(*p.bout.finish);
    return p;
  }
  rules::decision_scope scope;
  scope.scheduled_rounds = s.plan.rounds;
  scope.rounds_counted = s.plan.rounds;
  auto decided = rules::derive_decision(s.rules, p.cards, p.taken, scope);
  if (!decided)
    return decided.reason();
  p.result = std::move(*decided);
  return p;
}

std::optional<corner> winner_by(const std::vector<scoring::outlook>& seen,
                                const std::vector<rules::deductions>& taken) {
  points red;
  for (const auto& o : seen)
    red += o.card.red - o.card.blue;
  for (const auto& x : taken)
    red += x.blue - x.red;
  if (red.count == 0)
    return std::nullopt;
  return red.count > 0 ? corner::red : corner::blue;
}

} // namespace ringside::synthetic
