#include "app/simulate/synthetic_script.hpp"

#include <string>
#include <utility>

namespace ringside::simulate {

namespace {

/// Each fact goes to whoever logs it. The facts are in order of time, so marks
/// of control get their numbers as they come.
replay::round_plan plan_of(const synthetic::synthetic_round& r) {
  replay::round_plan plan;
  for (const auto& f : r.facts) {
    if (std::holds_alternative<bout::deduction>(f.what)) {
      plan.referee.push_back({f.at, f.what, 0});
      continue;
    }
    auto marks = std::holds_alternative<bout::control_start>(f.what)
                 || std::holds_alternative<bout::control_end>(f.what);
    plan.desks[bout::corner_of(f.what)].push_back(
      {f.at, f.what, marks ? ++plan.marks : 0});
  }
  return plan;
}

std::vector<rules::round_score> cards_in(const synthetic::played_bout& b,
                                         std::size_t round) {
  std::vector<rules::round_score> out;
  for (const auto& card : b.cards)
    if (round < card.rounds.size() && card.rounds[round])
      out.push_back(*card.rounds[round]);
  return out;
}

script_end end_of(const synthetic::early_end& e) {
  return {e.winner, e.method, e.at};
}

} // namespace

script script_of(const synthetic::series& s, const synthetic::played_bout& b,
                 std::uint64_t index) {
  script out;
  auto number = std::to_string(index);
  out.id = "synthetic-" + std::to_string(s.seed) + "-" + number;
  out.title = "synthetic bout " + number + " of seed " + std::to_string(s.seed);
  out.ruleset = s.rules.id;
  out.scheduled_rounds = s.plan.rounds;
  out.fighters = {"Red " + number, "Blue " + number};
  for (std::size_t j = 0; j < b.cards.size(); ++j)
    out.judges.push_back("Judge " + std::to_string(j + 1));
  for (std::size_t r = 0; r < b.bout.rounds.size(); ++r) {
    script_round round;
    round.length = b.bout.rounds[r].length;
    round.plan = plan_of(b.bout.rounds[r]);
    round.cards = cards_in(b, r);
    if (b.bout.finish && r + 1 == b.bout.rounds.size())
      round.end = end_of(*b.bout.finish);
    out.rounds.push_back(std::move(round));
  }
  out.expect = {b.result.kind, b.result.winner};
  return out;
}

} // namespace ringside::simulate
