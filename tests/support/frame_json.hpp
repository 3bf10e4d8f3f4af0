#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/vision/analytics/frame.hpp"

#include <string>
#include <utility>

namespace ringside::test {

/// One fighter in Ringside's own format of pictures; zeros are left out.
inline json::value fighter_json(const analytics::fighter_view& v) {
  json::object scores;
  for (std::size_t i = 0; i < analytics::action_count; ++i)
    if (v.score_ppm[i] > 0)
      scores[std::string{enum_names<analytics::action>::value[i]}]
        = v.score_ppm[i];
  json::object o;
  o["scores"] = std::move(scores);
  o["impact"] = text_of(v.impact);
  if (v.hold)
    o["hold"] = text_of(*v.hold);
  if (v.box)
    o["box"] = json::array{v.box->low.x_milli, v.box->low.y_milli,
                           v.box->high.x_milli, v.box->high.y_milli};
  if (v.skeleton) {
    json::array joints;
    for (const auto& j : *v.skeleton)
      joints.emplace_back(
        json::array{j.at.x_milli, j.at.y_milli, j.conf.count});
    o["joints"] = std::move(joints);
  }
  if (v.motion)
    o["flow"]
      = json::object{{"x", v.motion->x_milli}, {"y", v.motion->y_milli}};
  return o;
}

/// A picture as `config/vendors/ringside_frames.yaml` reads it, taken `later`
/// than it says.
inline json::value frame_json(const analytics::frame& f, span_us later = {}) {
  json::object o;
  o["seq"] = f.seq;
  o["at_us"] = f.at.count + later.count;
  o["err_us"] = f.err_us;
  o["view_ppm"] = f.view.count;
  for (auto c : both_corners)
    if (f.fighters[c])
      o[std::string{to_string(c)}] = fighter_json(*f.fighters[c]);
  return o;
}

} // namespace ringside::test
