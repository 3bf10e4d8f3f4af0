#include "domain/rules/card_math.hpp"
#include "domain/rules/derive.hpp"
#include "domain/rules/panel.hpp"

#include <algorithm>

namespace ringside::rules {

namespace {

/// A corner's presses without the highest and the lowest judge.
int trimmed(const consensus_tally& tally, corner side) {
  std::vector<int> counts;
  for (const auto& own : tally.presses_by_seat)
    counts.push_back(own[side]);
  std::sort(counts.begin(), counts.end());
  int sum = 0;
  for (std::size_t i = 1; i + 1 < counts.size(); ++i)
    sum += counts[i];
  return sum;
}

std::optional<corner> higher(int red, int blue) {
  if (red == blue)
    return std::nullopt;
  return red > blue ? corner::red : corner::blue;
}

result<unit> check_tally(const ruleset& rules, const consensus_tally& tally,
                         std::span<const judge_card> cards) {
  if (std::ssize(tally.presses_by_seat) != rules.judges.count)
    return refuse(
      ec::cards_missing,
      "there are counts of " + std::to_string(tally.presses_by_seat.size())
        + " judges, the rule set has " + std::to_string(rules.judges.count),
      "tally");
  if (std::ssize(cards) != rules.judges.count)
    return refuse(ec::cards_missing, "one card for each seat is needed",
                  "cards");
  return unit{};
}

std::optional<corner> leader(const consensus_tally& tally) {
  if (auto side = higher(tally.points.red, tally.points.blue))
    return side;
  return higher(trimmed(tally, corner::red), trimmed(tally, corner::blue));
}

outcome by_points(const consensus_tally& tally, corner winner) {
  outcome out;
  out.kind = result_kind::points_decision;
  out.winner = winner;
  out.tuple = std::to_string(tally.points.red) + ":"
              + std::to_string(tally.points.blue);
  out.explanation = tally.points.red != tally.points.blue
                      ? "More points by agreement of the judges."
                      : "Even points; more presses without the highest and "
                        "the lowest judge.";
  return out;
}

} // namespace

result<extension_need>
consensus_votes_needed(const ruleset& rules, const consensus_tally& tally,
                       std::span<const judge_card> cards) {
  if (auto fits = check_tally(rules, tally, cards); !fits)
    return fits.reason();
  extension_need need;
  if (leader(tally))
    return need;
  for (std::size_t i = 0; i < cards.size(); ++i)
    if (!cards[i].pick)
      need.seats.push_back(static_cast<int>(i) + 1);
  if (!need.seats.empty())
    need.step = next_step::picks;
  return need;
}

result<outcome> derive_consensus(const ruleset& rules,
                                 const consensus_tally& tally,
                                 std::span<const judge_card> cards) {
  auto need = consensus_votes_needed(rules, tally, cards);
  if (!need)
    return need.reason();
  if (auto side = leader(tally))
    return by_points(tally, *side);
  if (need->step != next_step::decided)
    return refuse(ec::cards_missing,
                  "the points are even; votes missing from seats "
                    + list_text(need->seats),
                  "pick", "each of these judges names red or blue");
  std::vector<verdict> votes;
  for (const auto& card : cards)
    votes.push_back(verdict_for(*card.pick));
  auto panel = panel_of(votes);
  auto out = by_points(tally, *panel.winner);
  out.panel = panel.kind;
  out.explanation = "Even points and even presses; the votes of the judges "
                    "stand "
                    + panel.tuple + ".";
  return out;
}

} // namespace ringside::rules
