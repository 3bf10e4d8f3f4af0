#include "domain/base/limits.hpp"
#include "domain/rules/validate_parts.hpp"

#include <algorithm>

namespace ringside::rules::parts {

namespace {

int longest(const ruleset& rules) {
  return rules.rounds.counts_allowed.back();
}

} // namespace

finding check_rounds(const ruleset& rules) {
  const auto& plan = rules.rounds;
  const auto& counts = plan.counts_allowed;
  if (counts.empty())
    return wrong("rounds.counts_allowed", "must not be empty");
  if (auto bad
      = check_rising("rounds.counts_allowed", counts, 1, limits::rounds_max))
    return bad;
  if (std::find(counts.begin(), counts.end(), plan.count_default)
      == counts.end())
    return wrong("rounds.count_default",
                 std::to_string(plan.count_default)
                   + " is not among rounds.counts_allowed");
  auto most = static_cast<std::size_t>(longest(rules));
  if (plan.lengths_s.size() != 1 && plan.lengths_s.size() != most)
    return wrong("rounds.lengths_s", "needs one value, or one for every round");
  for (auto length : plan.lengths_s)
    if (length < 1 || length > 3'600)
      return wrong("rounds.lengths_s", "must be between 1 and 3600");
  if (plan.rest_s < 0 || plan.rest_s > 600)
    return wrong("rounds.rest_s", "must be between 0 and 600");
  if (!plan.discipline.empty() && plan.discipline.size() != most)
    return wrong("rounds.discipline", "needs one value for every round");
  return std::nullopt;
}

finding check_knockdowns(const ruleset& rules) {
  const auto& plan = rules.knockdowns;
  if (auto bad = check_words("knockdowns.tiers", plan.tiers))
    return bad;
  if (plan.hint_points < 0 || plan.hint_points > 3)
    return wrong("knockdowns.hint_points", "must be between 0 and 3");
  if (plan.mandatory_count < 0 || plan.mandatory_count > 10)
    return wrong("knockdowns.mandatory_count", "must be between 0 and 10");
  if (plan.standing_counts_as_knockdown && !plan.standing_count)
    return wrong("knockdowns.standing_counts_as_knockdown",
                 "needs standing_count");
  if (plan.limit_per_round < 0 || plan.limit_per_round > 10)
    return wrong("knockdowns.limit_per_round", "must be between 0 and 10");
  return std::nullopt;
}

finding check_fouls(const ruleset& rules) {
  const auto& plan = rules.fouls;
  if (auto bad = check_words("fouls.codes", plan.codes))
    return bad;
  if (plan.codes.empty())
    return wrong("fouls.codes", "must not be empty");
  if (auto bad = check_rising("fouls.deduct_steps", plan.deduct_steps, 1, 100))
    return bad;
  auto most = plan.deduct_steps.empty() ? 0 : plan.deduct_steps.back();
  if (plan.intentional_injury_min < 0 || plan.intentional_injury_min > most)
    return wrong("fouls.intentional_injury_min",
                 "is more than fouls.deduct_steps allow");
  if (plan.disqualify_at < 0 || plan.disqualify_at > 100)
    return wrong("fouls.disqualify_at", "must be between 0 and 100");
  if (plan.recovery_max_s < 0 || plan.recovery_max_s > 600)
    return wrong("fouls.recovery_max_s", "must be between 0 and 600");
  return std::nullopt;
}

finding check_accidental_foul(const ruleset& rules) {
  const auto& plan = rules.accidental_foul;
  if (plan.half_of_scheduled != plan.thresholds.empty())
    return wrong("accidental_foul.thresholds",
                 "must be given exactly where half_of_scheduled is false");
  std::vector<int> keys;
  for (const auto& row : plan.thresholds) {
    keys.push_back(row.scheduled);
    if (row.completed < 1 || row.completed > row.scheduled)
      return wrong("accidental_foul.thresholds",
                   "completed must be between 1 and scheduled");
  }
  if (auto bad
      = check_rising("accidental_foul.thresholds", keys, 1, limits::rounds_max))
    return bad;
  if (!keys.empty() && keys.front() > rules.rounds.counts_allowed.front())
    return wrong("accidental_foul.thresholds",
                 "no row for a bout of "
                   + std::to_string(rules.rounds.counts_allowed.front())
                   + " rounds");
  return std::nullopt;
}

finding check_extension(const ruleset& rules) {
  const auto& plan = rules.extension;
  auto never = plan.when == extension_when::never;
  if (never != (plan.rounds_max == 0))
    return wrong("extension.rounds_max",
                 "must be 0 exactly where extension.when is never");
  if (plan.rounds_max < 0 || plan.rounds_max > 3)
    return wrong("extension.rounds_max", "must be between 0 and 3");
  if (longest(rules) + plan.rounds_max > limits::rounds_max)
    return wrong("extension.rounds_max", "makes the bout too long");
  if (never && plan.last_resort_pick)
    return wrong("extension.last_resort_pick", "needs extra rounds");
  if (!never && (rules.no_judging || rules.unit != scoring_unit::round))
    return wrong("extension.when", "needs judges and cards by round");
  if (!never && rules.judges.nominate_on_tie)
    return wrong("extension.when",
                 "nominations leave no draw that could be extended");
  return std::nullopt;
}

} // namespace ringside::rules::parts
