#include "domain/scoring/normalise/round_caps.hpp"

#include "domain/scoring/normalise/round_half.hpp"

#include <algorithm>
#include <utility>

namespace ringside::scoring::normalise {

namespace {

constexpr std::int64_t all_ppm = 1'000'000;

result<unit> check(const report& r) {
  for (auto [value, field] :
       {std::pair{r.severity, "severity"}, {r.confidence, "confidence"}})
    if (value.count < 0 || value.count > all_ppm)
      return refuse(ec::invalid_value,
                    std::string{field} + " must be between 0 and 1000000 ppm",
                    field);
  auto lasts = r.act == act::control;
  if (r.lasted < round_ms{0} || r.lasted > control_max
      || (!lasts && r.lasted != round_ms{0}))
    return refuse(ec::invalid_value,
                  lasts ? "control must last from 0 to 3600000 ms"
                        : "only control lasts",
                  "lasted");
  return unit{};
}

std::int64_t unbounded(const profile& p, const report& r) noexcept {
  std::int64_t base = p.weights[static_cast<std::size_t>(r.act)].weight_ppm;
  if (r.act == act::control)
    base = divided(base * r.lasted.count, 1'000);
  return scaled(scaled(base, factor_at(p.severity, r.severity)),
                factor_at(p.confidence, r.confidence));
}

} // namespace

result<weighed> weigh_alone(const profile& p, const report& r) {
  if (auto sound = check(r); !sound)
    return sound.reason();
  weighed out;
  out.profile = p.id;
  out.version = p.version;
  out.category = p.weights[static_cast<std::size_t>(r.act)].category;
  out.unbounded_ppm = unbounded(p, r);
  out.weight
    = {static_cast<std::int32_t>(std::min(out.unbounded_ppm, all_ppm))};
  out.counted = out.weight;
  return out;
}

round_caps::round_caps(bout_id bout, int round,
                       std::shared_ptr<const profile> by)
  : bout_(std::move(bout)), round_(round), profile_(std::move(by)) {
  // nop
}

result<weighed> round_caps::weigh(const report& r) {
  if (r.bout != bout_ || r.round != round_)
    return refuse(ec::not_found,
                  "the caps are those of " + bout_.str() + " round "
                    + std::to_string(round_),
                  r.bout != bout_ ? "bout" : "round");
  auto got = weigh_alone(*profile_, r);
  if (!got)
    return got;
  auto index = static_cast<std::size_t>(got->category);
  auto& used = used_[r.corner][index];
  std::int64_t weight = got->weight.count;
  auto counted
    = std::clamp<std::int64_t>(profile_->cap_ppm[index] - used, 0, weight);
  used += counted;
  got->counted = {static_cast<std::int32_t>(counted)};
  return got;
}

std::int64_t round_caps::used_ppm(corner c, category of) const noexcept {
  return used_[c][static_cast<std::size_t>(of)];
}

result<unit> round_caps::reload(std::shared_ptr<const profile> next) {
  auto may = may_replace(*profile_, *next);
  if (may)
    profile_ = std::move(next);
  return may;
}

} // namespace ringside::scoring::normalise
