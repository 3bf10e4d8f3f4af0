#include "app/evaluate/calibrate.hpp"

#include "domain/base/number.hpp"
#include "domain/calibration/settings.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace ringside::evaluate {

namespace {

using calibration::calibration_kind;
using calibration::labelled;
using fit::labelled_round;
using forecast_list = std::vector<std::optional<forecast>>;

/// What a round is held out with: its fold, or its year.
int group_of(const labelled_round& r, validation how) {
  return how == validation::event ? fold_of(r.event) : r.year();
}

/// Whether a map for `tested` may learn from `other`.
bool may_learn(int other, int tested, validation how) {
  return how == validation::event ? other != tested : other < tested;
}

std::vector<labelled>
cases_for(const std::vector<labelled_round>& rounds, const forecast_list& said,
          const std::function<bool(const labelled_round&)>& wanted) {
  std::vector<labelled> out;
  for (std::size_t i = 0; i < rounds.size(); ++i)
    if (said[i] && rounds[i].counts() && wanted(rounds[i]))
      out.push_back(
        {said[i]->a_wins.count / million, rounds[i].majority() == corner::red});
  return out;
}

/// The forecast with other chances to win; even and wide rounds stay.
forecast bent(const forecast& f, const mirrored_map& map) {
  auto out = f;
  auto even = 1'000'000 - f.wins.red.count - f.wins.blue.count;
  out.a_wins.count = static_cast<std::int32_t>(
    std::lround(map(f.a_wins.count / million) * million));
  out.wins.red.count
    = std::clamp(out.a_wins.count - even / 2, 0, 1'000'000 - even);
  out.wins.blue.count = 1'000'000 - even - out.wins.red.count;
  for (auto c : both_corners)
    out.wides[c] = std::min(out.wides[c], out.wins[c]);
  return out;
}

/// Fills in the rounds of one group by a map that has not seen them; nothing
/// where there is too little to learn from.
void fill_group(int group, const calibrate_options& o,
                const std::vector<labelled_round>& rounds,
                const forecast_list& said, forecast_list& after) {
  auto cases = cases_for(rounds, said, [&](const labelled_round& r) {
    return may_learn(group_of(r, o.how), group, o.how);
  });
  auto map = mirrored_map::fit(o.kind, cases);
  if (!map)
    return;
  for (std::size_t i = 0; i < rounds.size(); ++i)
    if (said[i] && group_of(rounds[i], o.how) == group)
      after[i] = bent(*said[i], *map);
}

} // namespace

result<mirrored_map> mirrored_map::fit(calibration_kind kind,
                                       std::span<const labelled> all) {
  std::vector<labelled> both;
  both.reserve(2 * all.size());
  for (const auto& x : all) {
    both.push_back(x);
    both.push_back({1 - x.forecast, !x.happened});
  }
  // Each case counts once, although it is seen from two sides.
  if (all.size() < calibration::cases_needed(kind))
    return refuse(ec::invalid_value,
                  std::string{ringside::text_of(kind)} + " needs "
                    + std::to_string(calibration::cases_needed(kind))
                    + " rounds, there are " + std::to_string(all.size()));
  auto made = calibration::fit_calibrator(kind, both);
  if (!made)
    return made.reason();
  mirrored_map out;
  out.map_ = std::move(*made);
  return out;
}

double mirrored_map::operator()(double p) const noexcept {
  return (map_(p) + 1 - map_(1 - p)) / 2;
}

std::optional<int> mirrored_map::temperature_milli() const noexcept {
  if (map_.kind() == calibration_kind::isotonic
      || map_.kind() == calibration_kind::none)
    return std::nullopt;
  const auto& line = calibration::all_settings()[static_cast<std::size_t>(
    calibration::setting::temperature_milli)];
  auto slope = map_.numbers()[0];
  auto milli = slope > 0 ? 1'000 / slope : 1e9;
  if (milli < static_cast<double>(line.low)
      || milli > static_cast<double>(line.high))
    return std::nullopt;
  return static_cast<int>(std::lround(milli));
}

result<calibrated> run_calibration(const calibrate_options& o) {
  auto rounds = fit::read_labelled_rounds(o.rounds_file);
  if (!rounds)
    return rounds.reason();
  auto said = forecast_all(o.profile, *rounds, o.how);
  if (!said)
    return said.reason();
  calibrated c;
  c.profile = o.profile.id;
  c.version = o.profile.version;
  c.file = o.rounds_file.filename().string();
  c.kind = o.kind;
  c.how = o.how;
  auto map = mirrored_map::fit(
    o.kind, cases_for(*rounds, said->rounds, [](const auto&) { return true; }));
  if (!map)
    return map.reason();
  c.map = std::move(*map);
  std::set<int> groups;
  for (const auto& r : *rounds)
    groups.insert(group_of(r, o.how));
  forecast_list after(rounds->size());
  for (auto group : groups)
    fill_group(group, o, *rounds, said->rounds, after);
  // Both figures are about the same rounds.
  auto before = said->rounds;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (!after[i])
      before[i].reset();
  c.before = measure(*rounds, before, o.draws);
  c.after = measure(*rounds, after, o.draws);
  if (c.after.rounds == 0)
    return refuse(ec::invalid_value,
                  "there are too few rounds to hold some of them out",
                  "rounds");
  return c;
}

} // namespace ringside::evaluate
