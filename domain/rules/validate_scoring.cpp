#include "domain/base/limits.hpp"
#include "domain/rules/score_check.hpp"
#include "domain/rules/validate_parts.hpp"

namespace ringside::rules::parts {

finding check_judges(const ruleset& rules) {
  const auto& judges = rules.judges;
  if (rules.no_judging != (judges.count == 0))
    return wrong("judges.count", "must be 0 exactly where no_judging is true");
  if (judges.count != 0 && judges.count != 3 && judges.count != 5)
    return wrong("judges.count", "must be 0, 3 or 5");
  if (judges.counted == scoring_panel::all && judges.drawn != 0)
    return wrong("judges.drawn", "must be 0 where all cards count");
  if (judges.counted != scoring_panel::all
      && (judges.drawn < 3 || judges.drawn % 2 == 0
          || judges.drawn >= judges.count))
    return wrong("judges.drawn", "must be odd, at least 3, below judges.count");
  if (judges.entry_deadline_s < 0 || judges.entry_deadline_s > 600)
    return wrong("judges.entry_deadline_s", "must be between 0 and 600");
  if (rules.no_judging)
    return std::nullopt;
  if (rules.unit == scoring_unit::whole_bout) {
    // The pick is the card, so there is nothing that could end even.
    if (judges.draw_card_allowed || judges.nominate_on_tie)
      return wrong("judges.draw_card_allowed",
                   "a whole-bout pick has no even card and no nomination");
    return std::nullopt;
  }
  if (judges.nominate_on_tie == judges.draw_card_allowed)
    return wrong("judges.nominate_on_tie",
                 "must be true exactly where draw_card_allowed is false");
  return std::nullopt;
}

finding check_scale(const ruleset& rules) {
  const auto& scale = rules.scale;
  if (scale.step != points{5} && scale.step != points{10})
    return wrong("scale.step", "must be 0.5 or 1");
  if (scale.base.count <= 0 || scale.base.count > 1'000
      || scale.base.count % scale.step.count != 0)
    return wrong("scale.base", "must be a multiple of the step up to 100");
  if (scale.loser_min.count < 0 || scale.loser_min >= scale.base
      || scale.loser_min.count % scale.step.count != 0)
    return wrong("scale.loser_min", "must be a step between 0 and the base");
  if (scale.even_needs_reason && !scale.even_allowed)
    return wrong("scale.even_needs_reason", "needs even_allowed");
  if (scale.reason_from_margin
      && (scale.reason_from_margin->count <= 0
          || *scale.reason_from_margin > scale.base - scale.loser_min))
    return wrong("scale.reason_from_margin",
                 "must be above 0 and a margin that can happen");
  return std::nullopt;
}

finding check_criteria(const ruleset& rules) {
  auto weighted = rules.unit == scoring_unit::weighted_criteria;
  std::vector<std::string> ids;
  int sum = 0;
  for (const auto& item : rules.criteria) {
    ids.push_back(item.id);
    sum += item.weight;
    if (item.title.empty())
      return wrong("criteria.title", "'" + item.id + "' has no title");
    if (weighted ? item.weight < 1 || item.weight > 100 : item.weight != 0)
      return wrong("criteria.weight",
                   "'" + item.id
                     + "' must have 1 to 100 where criteria are weighted, "
                       "else 0");
  }
  if (auto bad = check_words("criteria.id", ids))
    return bad;
  if (!rules.no_judging && rules.criteria.empty()
      && rules.unit != scoring_unit::consensus_hits)
    return wrong("criteria", "judges need at least one criterion");
  if (weighted && sum != 100)
    return wrong("criteria.weight",
                 "the weights add up to " + std::to_string(sum) + ", not 100");
  if (!rules.criteria.empty() && rules.criteria.front().only_if_previous_equal)
    return wrong("criteria.only_if_previous_equal",
                 "nothing stands before the first criterion");
  return std::nullopt;
}

finding check_open_scoring(const ruleset& rules) {
  const auto& open = rules.open_scoring;
  if ((open.when == reveal_when::after_rounds) == open.after_rounds.empty())
    return wrong("open_scoring.after_rounds",
                 "must be given exactly where when is after_rounds");
  if (auto bad = check_rising("open_scoring.after_rounds", open.after_rounds, 1,
                              rules.rounds.counts_allowed.back()))
    return bad;
  if (open.when != reveal_when::never && rules.unit != scoring_unit::round)
    return wrong("open_scoring.when", "needs cards by round");
  if (open.when != reveal_when::never && rules.no_judging)
    return wrong("open_scoring.when", "needs judges");
  return std::nullopt;
}

finding check_consensus(const ruleset& rules) {
  auto needed = rules.unit == scoring_unit::consensus_hits;
  if (needed != rules.consensus.has_value())
    return wrong("consensus",
                 "must be given exactly where the unit is consensus_hits");
  if (!needed)
    return std::nullopt;
  const auto& plan = *rules.consensus;
  if (plan.judges_needed <= rules.judges.count / 2
      || plan.judges_needed > rules.judges.count)
    return wrong("consensus.judges_needed", "must be a majority of the judges");
  if (plan.window_ms < 1 || plan.window_ms > 10'000)
    return wrong("consensus.window_ms", "must be between 1 and 10000");
  if (rules.judges.draw_card_allowed)
    return wrong("judges.draw_card_allowed",
                 "a tie of points is broken by the judges' votes");
  return std::nullopt;
}

finding check_technique_counts(const ruleset& rules) {
  const auto& rows = rules.technique_counts;
  if (!rows.empty() && rules.unit != scoring_unit::round)
    return wrong("technique_counts", "needs cards by round");
  if (!rows.empty() && rows.front().lead_min != 1)
    return wrong("technique_counts.lead_min", "the first row must be lead 1");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    if (row.winner <= row.loser
        || !score_check(rules, {{row.winner, row.loser}}, true))
      return wrong("technique_counts", "row " + std::to_string(i + 1)
                                         + " is not a score of this scale");
    if (i > 0 && row.lead_min <= rows[i - 1].lead_min)
      return wrong("technique_counts.lead_min", "the values must rise");
    if (i > 0 && row.loser >= rows[i - 1].loser)
      return wrong("technique_counts.loser", "the values must fall");
  }
  return std::nullopt;
}

} // namespace ringside::rules::parts
