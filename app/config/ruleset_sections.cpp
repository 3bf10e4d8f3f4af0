#include "app/config/ruleset_sections.hpp"

namespace ringside::config {

namespace {

using namespace rules;

source_note read_note(yaml_reader& in) {
  source_note note;
  note.mark = in.name<provenance>("provenance");
  note.source = in.text("source");
  note.note = in.text_or_empty("note");
  return note;
}

round_plan read_rounds(yaml_reader in) {
  round_plan plan;
  plan.count_default = in.small("count_default");
  plan.counts_allowed = in.smalls("counts_allowed");
  plan.lengths_s = in.smalls("lengths_s");
  plan.rest_s = in.small("rest_s");
  if (in.has("discipline"))
    plan.discipline = in.names<sport>("discipline");
  return plan;
}

judge_plan read_judges(yaml_reader in) {
  judge_plan plan;
  plan.count = in.small("count");
  plan.counted = in.name<scoring_panel>("counted");
  plan.drawn = in.has("drawn") ? in.small("drawn") : 0;
  plan.entry_deadline_s = in.small("entry_deadline_s");
  plan.draw_card_allowed = in.flag("draw_card_allowed");
  plan.nominate_on_tie = in.flag("nominate_on_tie");
  return plan;
}

score_scale read_scale(yaml_reader in) {
  score_scale scale;
  scale.base = in.tenths("base");
  scale.step = in.tenths("step");
  scale.loser_min = in.tenths("loser_min");
  scale.winner_has_base = in.flag("winner_has_base");
  scale.even_allowed = in.flag("even_allowed");
  scale.even_needs_reason = in.flag("even_needs_reason");
  scale.reason_from_margin.reset();
  if (in.has("reason_from_margin"))
    scale.reason_from_margin = in.tenths("reason_from_margin");
  return scale;
}

criterion read_criterion(yaml_reader& in) {
  criterion item;
  item.id = in.text("id");
  item.title = in.text("title");
  item.weight = in.has("weight") ? in.small("weight") : 0;
  item.only_if_previous_equal = in.flag("only_if_previous_equal");
  return item;
}

knockdown_plan read_knockdowns(yaml_reader in) {
  knockdown_plan plan;
  plan.tiers = in.texts("tiers");
  plan.hint_points = in.small("hint_points");
  plan.mandatory_count = in.small("mandatory_count");
  plan.standing_count = in.flag("standing_count");
  plan.standing_counts_as_knockdown = in.flag("standing_counts_as_knockdown");
  plan.limit_per_round = in.small("limit_per_round");
  plan.saved_by_bell = in.name<bell_rule>("saved_by_bell");
  return plan;
}

foul_plan read_fouls(yaml_reader in) {
  foul_plan plan;
  plan.codes = in.texts("codes");
  plan.warn_before_deduct = in.flag("warn_before_deduct");
  plan.deduct_steps = in.smalls("deduct_steps");
  plan.intentional_injury_min = in.small("intentional_injury_min");
  plan.disqualify_at = in.small("disqualify_at");
  plan.floor_at_zero = in.flag("floor_at_zero");
  plan.recovery_max_s = in.small("recovery_max_s");
  return plan;
}

foul_stop_plan read_accidental_foul(yaml_reader in) {
  foul_stop_plan plan;
  plan.early = in.name<early_stop>("early");
  plan.half_of_scheduled = in.flag("half_of_scheduled");
  if (in.has("thresholds"))
    in.each("thresholds", [&](yaml_reader& row) {
      foul_stop_plan::threshold one;
      one.scheduled = row.small("scheduled");
      one.completed = row.small("completed");
      plan.thresholds.push_back(one);
    });
  plan.partial = in.name<incomplete_round>("partial");
  plan.later_aggravation = in.name<aggravation>("later_aggravation");
  return plan;
}

extension_plan read_extension(yaml_reader in) {
  extension_plan plan;
  plan.when = in.name<extension_when>("when");
  plan.rounds_max = in.small("rounds_max");
  plan.scored_alone = in.flag("scored_alone");
  plan.last_resort_pick = in.flag("last_resort_pick");
  return plan;
}

open_scoring_plan read_open_scoring(yaml_reader in) {
  open_scoring_plan plan;
  plan.when = in.name<reveal_when>("when");
  if (in.has("after_rounds"))
    plan.after_rounds = in.smalls("after_rounds");
  plan.audience = in.name<reveal_to>("audience");
  return plan;
}

consensus_plan read_consensus(yaml_reader in) {
  consensus_plan plan;
  plan.judges_needed = in.small("judges_needed");
  plan.window_ms = in.small("window_ms");
  return plan;
}

technique_count_row read_count_row(yaml_reader& in) {
  technique_count_row row;
  row.lead_min = in.small("lead_min");
  row.winner = in.tenths("winner");
  row.loser = in.tenths("loser");
  return row;
}

void read_head(yaml_reader& root, ruleset& out) {
  out.id = root.text("id");
  out.title = root.text("title");
  out.version = root.small("version");
  out.effective_from = root.text_or_empty("effective_from");
  out.jurisdiction = root.text("jurisdiction");
  {
    auto origin = root.section("origin");
    out.origin = read_note(origin);
  }
  if (root.has("notes"))
    root.each("notes",
              [&](yaml_reader& in) { out.notes.push_back(read_note(in)); });
  out.discipline = root.name<sport>("discipline");
  out.unit = root.name<scoring_unit>("unit");
  out.no_judging = root.flag("no_judging");
  out.four_one_is_majority = root.flag("four_one_is_majority");
}

void read_optional(yaml_reader& root, ruleset& out) {
  if (root.has("cameras"))
    out.cameras = root.name<camera_counting>("cameras");
  if (root.has("extension"))
    out.extension = read_extension(root.section("extension"));
  if (root.has("open_scoring"))
    out.open_scoring = read_open_scoring(root.section("open_scoring"));
  if (root.has("consensus"))
    out.consensus = read_consensus(root.section("consensus"));
  if (root.has("technique_counts"))
    root.each("technique_counts", [&](yaml_reader& in) {
      out.technique_counts.push_back(read_count_row(in));
    });
}

} // namespace

ruleset read_ruleset(yaml_reader& root) {
  ruleset out;
  read_head(root, out);
  out.rounds = read_rounds(root.section("rounds"));
  out.judges = read_judges(root.section("judges"));
  // Without scores by round there is no scale to speak of.
  if (root.has("scale") || (out.unit == scoring_unit::round && !out.no_judging))
    out.scale = read_scale(root.section("scale"));
  root.each("criteria", [&](yaml_reader& in) {
    out.criteria.push_back(read_criterion(in));
  });
  out.knockdowns = read_knockdowns(root.section("knockdowns"));
  out.fouls = read_fouls(root.section("fouls"));
  out.accidental_foul = read_accidental_foul(root.section("accidental_foul"));
  read_optional(root, out);
  out.finish_methods = root.texts("finish_methods");
  out.overturn_grounds = root.texts("overturn_grounds");
  out.techniques = root.texts("techniques");
  out.control_kinds = root.texts("control_kinds");
  return out;
}

} // namespace ringside::config
