#include "domain/rules/score_check.hpp"

#include <algorithm>
#include <cstdlib>

namespace ringside::rules {

std::string to_string(points value) {
  auto tenth = std::abs(value.count) % 10;
  std::string text;
  if (value.count < 0)
    text = "-";
  text += std::to_string(std::abs(value.count) / 10);
  if (tenth != 0)
    text += "." + std::to_string(tenth);
  return text;
}

namespace {

std::string pair_text(const round_score& score) {
  auto text = to_string(score.raw.red);
  text += "-";
  text += to_string(score.raw.blue);
  text += ": ";
  return text;
}

error not_allowed(const round_score& score, const std::string& why) {
  return refuse(ec::score_not_allowed, pair_text(score) + why);
}

error reason_needed(const round_score& score, const std::string& what) {
  return refuse(ec::reason_required,
                pair_text(score) + what + " needs a reason", "reason",
                "say what in the round gave this score");
}

result<unit> even_check(const ruleset& rules, const round_score& score,
                        bool has_reason, bool unfinished) {
  auto discretion
    = unfinished
      && rules.accidental_foul.partial == incomplete_round::judges_discretion;
  if (!rules.scale.even_allowed && !discretion)
    return not_allowed(score, "an even round is not allowed");
  if (rules.scale.even_needs_reason && !has_reason && !unfinished)
    return reason_needed(score, "an even round");
  return unit{};
}

} // namespace

result<unit> score_check(const ruleset& rules, const round_score& score,
                         bool has_reason, bool unfinished) {
  if (rules.no_judging || rules.unit != scoring_unit::round)
    return not_allowed(score, "this rule set has no scores by round");
  const auto& scale = rules.scale;
  auto high = std::max(score.raw.red, score.raw.blue);
  auto low = std::min(score.raw.red, score.raw.blue);
  if (high > scale.base)
    return not_allowed(score, "nobody gets more than " + to_string(scale.base));
  for (auto side : both_corners)
    if (score.raw[side].count % scale.step.count != 0)
      return not_allowed(score,
                         "the scale goes in steps of " + to_string(scale.step));
  if (low < scale.loser_min)
    return not_allowed(score,
                       "nobody gets less than " + to_string(scale.loser_min));
  if (scale.winner_has_base && high != scale.base)
    return not_allowed(score, "one side must have " + to_string(scale.base));
  if (high == low)
    return even_check(rules, score, has_reason, unfinished);
  if (scale.reason_from_margin && high - low >= *scale.reason_from_margin
      && !has_reason)
    return reason_needed(score, "a margin of " + to_string(high - low));
  return unit{};
}

} // namespace ringside::rules
