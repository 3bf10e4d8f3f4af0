#include "domain/vision/analytics/kinematics.hpp"

#include <algorithm>
#include <span>

namespace ringside::analytics {

namespace {

/// Joints jitter by a few thousandths; this much smoothing costs little speed.
constexpr std::int64_t joint_tau_us = 15'000;
/// A torso seen end-on is short; below this, lengths say nothing.
constexpr std::int64_t torso_min = 40;

constexpr std::array<std::array<std::size_t, 2>, strike_count> tips{
  {{9, 10}, {15, 16}, {13, 14}, {7, 8}}};

struct spot {
  std::int64_t x = 0;
  std::int64_t y = 0;
};

spot operator-(spot a, spot b) {
  return {a.x - b.x, a.y - b.y};
}

std::int64_t length(spot s) {
  return whole_root(s.x * s.x + s.y * s.y);
}

/// Middle of the joints that are sure enough.
std::optional<spot> middle(const skeleton& s, std::size_t first,
                           std::size_t last, std::int32_t sure) {
  spot sum;
  std::int64_t n = 0;
  for (auto i = first; i <= last; ++i)
    if (s[i].conf.count >= sure) {
      sum.x += s[i].at.x_milli;
      sum.y += s[i].at.y_milli;
      ++n;
    }
  if (n == 0)
    return std::nullopt;
  return spot{sum.x / n, sum.y / n};
}

/// A fighter's parts that a strike can hit.
struct parts {
  std::optional<spot> head, body, leg;
};

parts parts_of(const skeleton& s, std::int32_t sure) {
  parts p;
  p.head = middle(s, 0, 4, sure);
  auto chest = middle(s, 5, 6, sure);
  auto hips = middle(s, 11, 12, sure);
  if (chest && hips)
    p.body = spot{(chest->x + hips->x) / 2, (chest->y + hips->y) / 2};
  p.leg = middle(s, 13, 14, sure);
  return p;
}

std::optional<std::int64_t> torso_of(const skeleton& s, std::int32_t sure) {
  auto chest = middle(s, 5, 6, sure);
  auto hips = middle(s, 11, 12, sure);
  if (!chest || !hips)
    return std::nullopt;
  auto long_enough = length(*chest - *hips);
  if (long_enough < torso_min)
    return std::nullopt;
  return long_enough;
}

void approach(reach& out, spot tip, const parts& other, std::int64_t torso) {
  using bout::strike_target;
  auto consider = [&](const std::optional<spot>& part, strike_target name) {
    if (!part)
      return;
    auto d = static_cast<std::int32_t>(
      std::min<std::int64_t>(length(*part - tip) * 1'000 / torso, 1'000'000));
    if (!out.distance_milli || d < *out.distance_milli) {
      out.distance_milli = d;
      out.nearest = name;
    }
  };
  consider(other.head, strike_target::head);
  consider(other.body, strike_target::body);
  consider(other.leg, strike_target::leg);
}

/// Part of `velocity` that points along `way`, in torso lengths.
std::optional<std::int32_t> towards(spot velocity, spot way,
                                    std::int64_t torso) {
  auto far = length(way);
  if (far == 0)
    return std::nullopt;
  auto along = (velocity.x * way.x + velocity.y * way.y) / far;
  return static_cast<std::int32_t>(
    std::clamp<std::int64_t>(along * 1'000 / torso, -1'000'000, 1'000'000));
}

spot centre(const box& b) {
  return {(b.low.x_milli + b.high.x_milli) / 2,
          (b.low.y_milli + b.high.y_milli) / 2};
}

/// Without joints the flow of the whole body has to do; a body is about three
/// torsos high.
void from_flow(movement& out, const fighter_view& own,
               const fighter_view* other) {
  if (!own.motion || !own.box || other == nullptr || !other->box)
    return;
  auto torso = std::max<std::int64_t>(
    (own.box->high.y_milli - own.box->low.y_milli) / 3, torso_min);
  auto speed = towards({own.motion->x_milli, own.motion->y_milli},
                       centre(*other->box) - centre(*own.box), torso);
  for (auto& limb : out.limbs)
    limb.speed_milli = speed;
}

std::optional<std::int32_t> hip_height(const skeleton& s, std::int64_t torso,
                                       std::int32_t sure) {
  auto hips = middle(s, 11, 12, sure);
  auto feet = middle(s, 15, 16, sure);
  if (!hips || !feet)
    return std::nullopt;
  return static_cast<std::int32_t>((feet->y - hips->y) * 1'000 / torso);
}

} // namespace

std::int64_t whole_root(std::int64_t n) noexcept {
  if (n <= 0)
    return 0;
  std::int64_t root = 0;
  auto bit = std::int64_t{1} << 62;
  while (bit > n)
    bit >>= 2;
  for (; bit != 0; bit >>= 2) {
    if (n >= root + bit) {
      n -= root + bit;
      root = (root >> 1) + bit;
    } else {
      root >>= 1;
    }
  }
  return root;
}

movement kinematics::take(const fighter_view& own, const fighter_view* other,
                          std::int64_t dt_us, const settings& by) {
  movement out;
  if (!own.skeleton) {
    reset();
    from_flow(out, own, other);
    return out;
  }
  std::array<std::optional<spot>, 17> velocity;
  for (std::size_t i = 0; i < joints_.size(); ++i) {
    auto& j = joints_[i];
    const auto& seen = (*own.skeleton)[i];
    auto since = j.unseen_us < 0 ? -1 : j.unseen_us + dt_us;
    if (seen.conf.count < by.joint_min_ppm) {
      j.unseen_us = since;
      continue;
    }
    if (since <= 0 || since > by.gap_max_us) {
      j.x.set(std::int64_t{seen.at.x_milli} * 1'000);
      j.y.set(std::int64_t{seen.at.y_milli} * 1'000);
    } else {
      spot before{j.x.value(), j.y.value()};
      j.x.take(std::int64_t{seen.at.x_milli} * 1'000, since, joint_tau_us);
      j.y.take(std::int64_t{seen.at.y_milli} * 1'000, since, joint_tau_us);
      velocity[i] = spot{(j.x.value() - before.x) * 1'000 / since,
                         (j.y.value() - before.y) * 1'000 / since};
    }
    j.unseen_us = 0;
  }
  auto torso = torso_of(*own.skeleton, by.joint_min_ppm);
  if (!torso)
    return out;
  out.hip_milli = hip_height(*own.skeleton, *torso, by.joint_min_ppm);
  if (other == nullptr || !other->skeleton)
    return out;
  auto target = parts_of(*other->skeleton, by.joint_min_ppm);
  auto origin = parts_of(*own.skeleton, by.joint_min_ppm).body;
  for (std::size_t limb = 0; limb < strike_count; ++limb)
    for (auto tip : tips[limb]) {
      auto& r = out.limbs[limb];
      const auto& at = (*own.skeleton)[tip];
      if (at.conf.count < by.joint_min_ppm)
        continue;
      approach(r, {at.at.x_milli, at.at.y_milli}, target, *torso);
      if (!velocity[tip] || !target.body || !origin)
        continue;
      auto speed = towards(*velocity[tip], *target.body - *origin, *torso);
      if (speed && (!r.speed_milli || *speed > *r.speed_milli))
        r.speed_milli = speed;
    }
  return out;
}

void kinematics::reset() {
  joints_ = {};
}

} // namespace ringside::analytics
