#include "domain/scoring/hybrid/config.hpp"

#include "domain/base/strong_id.hpp"

#include <algorithm>

namespace ringside::scoring::hybrid {

namespace {

constexpr std::int64_t one_ppm = 1'000'000;
/// Narrowest fade between floor and full.
constexpr std::int32_t fade_min_ppm = 50'000;
constexpr std::int32_t apart_max_ms = 10'000;

error bad(std::string field, const std::string& why) {
  return refuse(ec::invalid_value, "'" + field + "' " + why, field);
}

result<unit> check_source(const std::string& name, const source_plan& plan) {
  if (plan.weight_milli < 0 || plan.weight_milli > 1'000)
    return bad(name + ".weight_milli", "must be between 0 and 1000");
  if (plan.floor.count < 0 || plan.full.count > one_ppm)
    return bad(name + ".floor_ppm", "must be between 0 and 1000000");
  auto none = plan.floor.count == 0 && plan.full.count == 0;
  if (!none && plan.full.count - plan.floor.count < fade_min_ppm)
    return bad(name + ".full_ppm", "must be 50000 above the floor, so that "
                                   "nothing jumps");
  return unit{};
}

} // namespace

act_class class_of(act a) noexcept {
  switch (a) {
  case act::knockdown_flash:
  case act::knockdown_hard:
  case act::knockdown_near_finish:
  case act::rocked:
    return act_class::impact;
  case act::strike_high_impact:
  case act::strike_head:
  case act::strike_body:
  case act::strike_leg:
  case act::strike:
  case act::strike_light:
    return act_class::strike;
  case act::takedown:
  case act::takedown_attempt:
    return act_class::takedown;
  case act::submission_attempt:
    return act_class::submission;
  case act::reversal:
    return act_class::reversal;
  case act::control:
  case act::momentum_swing:
  case act::other:
    break;
  }
  return act_class::other;
}

result<unit> validate(const config& c) {
  if (!valid_id_text(c.id))
    return bad("id", "must be an id");
  if (c.version < 1)
    return bad("version", "must be at least 1");
  if (!valid_id_text(c.normalise))
    return bad("normalise", "must be the id of a profile");
  for (auto s : both_sources)
    if (auto sound = check_source(std::string{text_of(s)}, c.sources[s]);
        !sound)
      return sound;
  if (c.sources.camera.weight_milli + c.sources.human.weight_milli != 1'000)
    return bad("camera.weight_milli", "and human.weight_milli must add up to "
                                      "1000");
  if (c.human_lag_ms < 0 || c.human_lag_ms > apart_max_ms)
    return bad("human_lag_ms", "must be between 0 and 10000");
  for (std::size_t i = 0; i < c.window_ms.size(); ++i)
    if (c.window_ms[i] < 0 || c.window_ms[i] > apart_max_ms)
      return bad("window_ms." + std::string{text_of(static_cast<act_class>(i))},
                 "must be between 0 and 10000");
  return unit{};
}

std::int32_t effective_ppm(const source_plan& plan, ppm stated) noexcept {
  std::int64_t confidence = stated.count;
  if (confidence >= plan.full.count)
    return stated.count;
  if (confidence <= plan.floor.count)
    return 0;
  auto width = plan.full.count - plan.floor.count;
  return static_cast<std::int32_t>(confidence * (confidence - plan.floor.count)
                                   / width);
}

} // namespace ringside::scoring::hybrid
