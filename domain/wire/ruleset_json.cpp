#include "domain/wire/ruleset_json.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ringside::wire {

namespace {

json::value words(const std::vector<std::string>& all) {
  json::array list;
  for (const auto& word : all)
    list.emplace_back(word);
  return list;
}

json::value numbers(const std::vector<int>& all) {
  json::array list;
  for (auto n : all)
    list.emplace_back(n);
  return list;
}

json::value rounds_json(const rules::round_plan& plan) {
  json::object o;
  o["count_default"] = plan.count_default;
  o["counts_allowed"] = numbers(plan.counts_allowed);
  o["lengths_s"] = numbers(plan.lengths_s);
  o["rest_s"] = plan.rest_s;
  return o;
}

json::value judges_json(const rules::judge_plan& plan) {
  json::object o;
  o["count"] = plan.count;
  o["entry_deadline_s"] = plan.entry_deadline_s;
  o["draw_card_allowed"] = plan.draw_card_allowed;
  return o;
}

json::value scale_json(const rules::score_scale& scale) {
  json::object o;
  o["base_x10"] = scale.base.count;
  o["step_x10"] = scale.step.count;
  o["loser_min_x10"] = scale.loser_min.count;
  o["even_allowed"] = scale.even_allowed;
  o["even_needs_reason"] = scale.even_needs_reason;
  if (scale.reason_from_margin)
    o["reason_from_margin_x10"] = scale.reason_from_margin->count;
  return o;
}

json::value all_criteria_json(const std::vector<rules::criterion>& all) {
  json::array list;
  for (const auto& c : all) {
    json::object o;
    o["id"] = c.id;
    o["title"] = c.title;
    o["weight"] = c.weight;
    o["only_if_previous_equal"] = c.only_if_previous_equal;
    list.emplace_back(std::move(o));
  }
  return list;
}

json::value origin_json(const rules::source_note& origin) {
  json::object o;
  o["provenance"] = text_of(origin.mark);
  o["source"] = origin.source;
  o["note"] = origin.note;
  return o;
}

} // namespace

json::value ruleset_json(const rules::ruleset& set) {
  json::object o;
  o["id"] = set.id;
  o["title"] = set.title;
  o["version"] = set.version;
  o["effective_from"] = set.effective_from;
  o["jurisdiction"] = set.jurisdiction;
  o["origin"] = origin_json(set.origin);
  o["discipline"] = text_of(set.discipline);
  o["unit"] = text_of(set.unit);
  o["rounds"] = rounds_json(set.rounds);
  o["judges"] = judges_json(set.judges);
  o["scale"] = scale_json(set.scale);
  o["criteria"] = all_criteria_json(set.criteria);
  o["open_scoring"] = text_of(set.open_scoring.when);
  o["no_judging"] = set.no_judging;
  o["techniques"] = words(set.techniques);
  o["control_kinds"] = words(set.control_kinds);
  o["cameras"] = text_of(set.cameras);
  o["knockdown_tiers"] = words(set.knockdowns.tiers);
  o["foul_codes"] = words(set.fouls.codes);
  o["deduct_steps"] = numbers(set.fouls.deduct_steps);
  o["finish_methods"] = words(set.finish_methods);
  o["overturn_grounds"] = words(set.overturn_grounds);
  return o;
}

} // namespace ringside::wire
