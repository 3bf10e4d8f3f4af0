#include "domain/advice/hybrid_view.hpp"

#include "domain/scoring/hybrid/fuse.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <vector>

namespace ringside::advice {

namespace {

namespace hybrid = scoring::hybrid;
namespace normalise = scoring::normalise;
using hybrid::act;

/// A column of Fight Judge and an act that counts there.
struct column_act {
  const char* column;
  hybrid::act what;
};

/// What only marks a stretch or is unknown counts in no column.
constexpr std::array columns{
  column_act{"knockdowns_flash", act::knockdown_flash},
  column_act{"knockdowns_hard", act::knockdown_hard},
  column_act{"knockdowns_near_finish", act::knockdown_near_finish},
  column_act{"rocked", act::rocked},
  column_act{"unknown_target", act::strike_high_impact},
  column_act{"head", act::strike_head},
  column_act{"body", act::strike_body},
  column_act{"leg", act::strike_leg},
  column_act{"unknown_target", act::strike},
  column_act{"other_landed", act::strike_light},
  column_act{"takedowns", act::takedown},
  column_act{"takedowns_failed", act::takedown_attempt},
  column_act{"submissions", act::submission_attempt},
  column_act{"reversals", act::reversal},
};

json::object counts_json(const hybrid::fused_corner& c) {
  std::map<std::string, std::int64_t> sums;
  for (const auto& line : columns)
    sums[line.column] += c.counts_milli[static_cast<std::size_t>(line.what)];
  json::object o;
  for (const auto& [name, milli] : sums)
    o[name + "_milli"] = milli;
  o["control_ms"] = c.control.count;
  return o;
}

json::object corner_json(const hybrid::fused_corner& c) {
  json::object weights;
  for (std::size_t i = 0; i < normalise::category_count; ++i)
    weights.emplace(text_of(static_cast<normalise::category>(i)),
                    json::object{{"counted_ppm", c.weight_ppm[i]},
                                 {"capped_ppm", c.capped_ppm[i]}});
  return {{"counts", counts_json(c)},
          {"weights", std::move(weights)},
          {"total_ppm", c.total_ppm}};
}

/// What one kind of source counted by itself.
json::object source_json(std::span<const hybrid::evidence> reports,
                         hybrid::source from, const hybrid::config& c,
                         const normalise::profile& by) {
  auto alone = hybrid::fuse(reports,
                            from == hybrid::source::camera
                              ? hybrid::coverage::camera_only
                              : hybrid::coverage::human_only,
                            c, by);
  auto said = std::count_if(reports.begin(), reports.end(),
                            [&](const auto& e) { return e.source == from; });
  return {{"weight_milli", c.sources[from].weight_milli},
          {"floor_ppm", c.sources[from].floor.count},
          {"reports", static_cast<std::int64_t>(said)},
          {"red", counts_json(alone.score.corners.red)},
          {"blue", counts_json(alone.score.corners.blue)}};
}

} // namespace

json::object shown_json(const hybrid::state& s, const hybrid::config& c,
                        const normalise::profile& by) {
  std::vector<hybrid::evidence> reports;
  for (const auto& [id, one] : s.reports)
    reports.push_back(one);
  auto score = hybrid::fuse(reports, s.watched, c, by).score;
  json::object sources;
  for (auto from : hybrid::both_sources)
    sources.emplace(text_of(from), source_json(reports, from, c, by));
  json::object o{{"state", text_of(s.phase)},
                 {"coverage", text_of(s.watched)},
                 {"profile", s.with.id},
                 {"profile_version", s.with.version},
                 {"normalise", s.with.normalise},
                 {"normalise_version", s.with.normalise_version},
                 {"calibration_version", s.with.calibration_version},
                 {"acts", json::object{{"both", score.both},
                                       {"camera_alone", score.alone.camera},
                                       {"human_alone", score.alone.human}}},
                 {"sources", std::move(sources)}};
  for (auto corner : both_corners)
    o[std::string{to_string(corner)}] = corner_json(score.corners[corner]);
  o["lead_ppm"] = score.corners.red.total_ppm - score.corners.blue.total_ppm;
  return o;
}

} // namespace ringside::advice
