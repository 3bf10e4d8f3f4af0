#include "domain/vision/analytics/scene_body.hpp"

#include <algorithm>
#include <array>

namespace ringside::analytics {

namespace {

/// Forwards and down from the fighter's place, thousandths of the height.
using outline = std::array<place, 17>;

constexpr outline standing{{{20, 375},
                            {22, 368},
                            {22, 368},
                            {5, 372},
                            {5, 372},
                            {0, 450},
                            {8, 450},
                            {35, 520},
                            {45, 520},
                            {60, 460},
                            {80, 455},
                            {-5, 600},
                            {5, 600},
                            {-10, 720},
                            {25, 720},
                            {-30, 850},
                            {30, 850}}};
constexpr outline kneeling{{{60, 560},
                            {62, 553},
                            {62, 553},
                            {45, 557},
                            {45, 557},
                            {35, 630},
                            {43, 630},
                            {65, 690},
                            {75, 690},
                            {90, 730},
                            {110, 725},
                            {-5, 770},
                            {5, 770},
                            {20, 840},
                            {45, 840},
                            {-80, 850},
                            {-60, 850}}};
constexpr outline lying{{{-215, 820},
                         {-218, 816},
                         {-218, 816},
                         {-205, 825},
                         {-205, 825},
                         {-150, 830},
                         {-150, 822},
                         {-120, 800},
                         {-115, 795},
                         {-90, 770},
                         {-85, 765},
                         {0, 830},
                         {0, 822},
                         {90, 800},
                         {95, 795},
                         {170, 850},
                         {180, 848}}};

constexpr const outline& outline_of(pose p) {
  switch (p) {
  case pose::kneeling:
    return kneeling;
  case pose::lying:
    return lying;
  case pose::standing:
    break;
  }
  return standing;
}

place put(corner c, place p) {
  return c == corner::red ? place{700 + p.x_milli, p.y_milli}
                          : place{1'000 - p.x_milli, p.y_milli};
}

constexpr std::array<std::size_t, strike_count> tip{10, 16, 14, 8};

/// The joint of the other one that stands for the part that is aimed at.
constexpr std::size_t part_of(bout::strike_target t) {
  switch (t) {
  case bout::strike_target::leg:
    return 13;
  case bout::strike_target::body:
    return 11;
  default:
    return 0;
  }
}

} // namespace

skeleton body_of(corner c, pose p, const std::optional<limb_motion>& limb,
                 pose other) {
  skeleton s;
  const auto& shape = outline_of(p);
  for (std::size_t i = 0; i < s.size(); ++i)
    s[i] = {put(c, shape[i]), {950'000}};
  if (!limb)
    return s;
  auto& hand = s[tip[index(limb->what)]].at;
  auto aim = put(opponent(c), outline_of(other)[part_of(limb->target)]);
  // The body is hit between hips and chest.
  if (limb->target == bout::strike_target::body)
    aim.y_milli -= 80;
  auto way = [&](std::int32_t from, std::int32_t to) {
    return from
           + static_cast<std::int32_t>(std::int64_t{to - from} * limb->out_ppm
                                       / 1'000'000);
  };
  hand = {way(hand.x_milli, aim.x_milli), way(hand.y_milli, aim.y_milli)};
  return s;
}

box box_of(const skeleton& s) {
  box b{s[0].at, s[0].at};
  for (const auto& k : s) {
    b.low.x_milli = std::min(b.low.x_milli, k.at.x_milli - 10);
    b.low.y_milli = std::min(b.low.y_milli, k.at.y_milli - 10);
    b.high.x_milli = std::max(b.high.x_milli, k.at.x_milli + 10);
    b.high.y_milli = std::max(b.high.y_milli, k.at.y_milli + 10);
  }
  return b;
}

} // namespace ringside::analytics
