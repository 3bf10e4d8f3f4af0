#include "domain/rules/card_math.hpp"

#include "domain/base/limits.hpp"
#include "domain/rules/panel.hpp"

#include <algorithm>
#include <set>

namespace ringside::rules {

std::string list_text(const std::vector<int>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0)
      text += i + 1 == numbers.size() ? " and " : ", ";
    text += std::to_string(numbers[i]);
  }
  return text;
}

namespace {

result<unit> check_seats(const ruleset& rules, const decision_scope& scope) {
  const auto& seats = scope.counted_seats;
  if (rules.judges.counted == scoring_panel::all)
    return seats.empty()
             ? result<unit>{unit{}}
             : refuse(ec::invalid_value, "all cards count, none is drawn",
                      "counted_seats");
  std::set<int> apart(seats.begin(), seats.end());
  if (std::ssize(apart) != rules.judges.drawn || seats.size() != apart.size()
      || *apart.begin() < 1 || *apart.rbegin() > rules.judges.count)
    return refuse(ec::invalid_value,
                  "the draw must name " + std::to_string(rules.judges.drawn)
                    + " different seats",
                  "counted_seats");
  return unit{};
}

result<unit> check_round_count(const ruleset& rules,
                               const decision_scope& scope) {
  auto most = scope.scheduled_rounds + rules.extension.rounds_max;
  if (scope.scheduled_rounds < 1 || scope.scheduled_rounds > limits::rounds_max)
    return refuse(ec::invalid_value, "a bout has 1 to 30 scheduled rounds",
                  "scheduled_rounds");
  if (scope.rounds_counted < 0 || scope.rounds_counted > most)
    return refuse(ec::invalid_value,
                  "at most " + std::to_string(most) + " rounds can count",
                  "rounds_counted");
  if (!scope.technical && scope.rounds_counted < scope.scheduled_rounds)
    return refuse(ec::wrong_state,
                  "only " + std::to_string(scope.rounds_counted) + " of "
                    + std::to_string(scope.scheduled_rounds)
                    + " rounds are over; the cards decide after the last",
                  "rounds_counted");
  return unit{};
}

} // namespace

result<unit> check_scope(const ruleset& rules,
                         std::span<const judge_card> cards,
                         std::span<const deductions> taken,
                         const decision_scope& scope) {
  if (auto seats = check_seats(rules, scope); !seats)
    return seats;
  if (auto count = check_round_count(rules, scope); !count)
    return count;
  if (std::ssize(cards) != rules.judges.count)
    return refuse(ec::cards_missing,
                  "there are " + std::to_string(cards.size())
                    + " cards, the rule set has "
                    + std::to_string(rules.judges.count) + " judges",
                  "cards");
  for (const auto& round : taken)
    for (auto side : both_corners)
      if (round[side].count < 0)
        return refuse(ec::invalid_value, "a deduction is never negative",
                      "deductions");
  return unit{};
}

std::vector<int> counted_seats(const ruleset& rules,
                               const decision_scope& scope) {
  auto seats = scope.counted_seats;
  if (seats.empty())
    for (int seat = 1; seat <= rules.judges.count; ++seat)
      seats.push_back(seat);
  std::sort(seats.begin(), seats.end());
  return seats;
}

result<unit> check_rounds_filed(std::span<const judge_card> cards,
                                const std::vector<int>& seats, int rounds) {
  std::string missing;
  for (auto seat : seats) {
    const auto& filed = cards[static_cast<std::size_t>(seat - 1)].rounds;
    std::vector<int> gaps;
    for (int round = 1; round <= rounds; ++round) {
      auto index = static_cast<std::size_t>(round - 1);
      if (index >= filed.size() || !filed[index])
        gaps.push_back(round);
    }
    if (!gaps.empty())
      missing += (missing.empty() ? "seat " : "; seat ") + std::to_string(seat)
                 + (gaps.size() == 1 ? " round " : " rounds ")
                 + list_text(gaps);
  }
  if (missing.empty())
    return unit{};
  return refuse(ec::cards_missing, "cards missing: " + missing, "cards",
                "the result stays unofficial until they are filed");
}

namespace {

card_total finished(const ruleset& rules, per_corner<points> total) {
  if (rules.fouls.floor_at_zero)
    for (auto side : both_corners)
      total[side] = std::max(total[side], points{0});
  return {total, verdict_of(total)};
}

} // namespace

card_total total_of(const ruleset& rules, const judge_card& card,
                    std::span<const deductions> taken, stretch over) {
  per_corner<points> total;
  auto index = [](int round) { return static_cast<std::size_t>(round - 1); };
  for (int round = over.first; round <= over.last; ++round)
    for (auto side : both_corners)
      total[side] += card.rounds[index(round)]->raw[side];
  auto known = std::min(over.deducted_to, static_cast<int>(taken.size()));
  for (int round = over.first; round <= known; ++round)
    for (auto side : both_corners)
      total[side] -= taken[index(round)][side];
  return finished(rules, total);
}

card_total weighted_total(const ruleset& rules, const judge_card& card,
                          std::span<const deductions> taken) {
  per_corner<points> total;
  for (std::size_t i = 0; i < card.criteria.size(); ++i)
    if (card.criteria[i])
      total[*card.criteria[i]] += whole_points(rules.criteria[i].weight);
  for (const auto& round : taken)
    for (auto side : both_corners)
      total[side] -= round[side];
  return finished(rules, total);
}

} // namespace ringside::rules
