#include "app/feed/timetable.hpp"

#include <algorithm>
#include <string>

namespace ringside::feed {

namespace {

using std::chrono::microseconds;

constexpr std::uint64_t of_devices = 0x9e3779b97f4a7c15;
constexpr std::uint64_t of_rounds = 0xbf58476d1ce4e5b9;
/// Of the node's hold for cameras; the generator's way comes before it.
constexpr slow_network wired_way{200, 300, 5'000, 5'000};
constexpr slow_network wifi_way{1'300, 1'500, 40'000, 20'000};
/// An hour off, and as much drift as a cheap quartz has.
constexpr std::int64_t ahead_max_us = 3'600'000'000;
constexpr std::int64_t drift_max_ppb = 50'000;

double seconds_per_round(const feed_settings& s) {
  return static_cast<double>(s.seconds) / s.rounds;
}

error out_of(const char* what, std::int64_t from, std::int64_t to) {
  return refuse(ec::invalid_value,
                std::string{what} + " is " + std::to_string(from) + " to "
                  + std::to_string(to),
                what);
}

} // namespace

result<unit> check(const feed_settings& s) {
  if (s.cameras < 1 || s.cameras > cameras_max)
    return out_of("synthetic-cameras", 1, cameras_max);
  if (s.operators < 0 || s.operators > operators_max)
    return out_of("operators", 0, operators_max);
  if (s.seconds < seconds_min || s.seconds > seconds_max)
    return out_of("seconds", seconds_min, seconds_max);
  if (s.rounds < 1 || s.rounds > 12 || s.seconds / s.rounds < seconds_min)
    return refuse(ec::invalid_value,
                  "there are 1 to 12 rounds of at least 5 seconds", "rounds");
  if (s.feints_ppm < 0 || s.feints_ppm > 1'000'000)
    return out_of("feints", 0, 1'000'000);
  if (s.dropouts < 0 || s.dropouts > 100)
    return out_of("dropouts", 0, 100);
  return unit{};
}

const std::vector<std::string>& kind_names() {
  static const std::vector<std::string> names{"jab",       "cross",    "hook",
                                              "uppercut",  "elbow",    "knee",
                                              "body_kick", "head_kick"};
  return names;
}

std::vector<fusion::synthetic_source> sources_of(const feed_settings& s) {
  auto usual = fusion::usual_sources();
  constexpr std::size_t cameras = 4;
  std::vector<fusion::synthetic_source> all;
  for (auto i = 0; i < s.cameras; ++i)
    all.push_back(usual[static_cast<std::size_t>(i) % cameras]);
  for (auto i = 0; i < s.operators; ++i)
    all.push_back(usual[cameras]);
  return all;
}

device_settings device_for(std::uint64_t seed, std::size_t n, bool wired) {
  dice d{seed * of_devices + n};
  d.next();
  device_settings out;
  out.time.ahead_us = d.below(2 * ahead_max_us) - ahead_max_us;
  // Never before zero.
  out.time.ahead_us += ahead_max_us;
  out.time.drift_ppb = d.below(2 * drift_max_ppb) - drift_max_ppb;
  out.up = out.down = wired ? wired_way : wifi_way;
  out.seed = d.next();
  return out;
}

timed_round timed(const fusion::synthetic_fight& fight, std::size_t sources,
                  clock::time_point from) {
  auto moment = [from](mono_us t) {
    return from + microseconds{elapsed(fusion::fight_starts, t).count};
  };
  timed_round out;
  out.from = from;
  out.sights.resize(sources);
  out.absences.resize(sources);
  for (const auto& s : fight.strikes)
    out.truth.push_back({moment(s.t), s});
  for (const auto& r : fight.reports)
    out.sights[r.what.src].push_back(
      {moment(r.what.t_est), moment(r.at), r.what});
  // A person taps in order of the taps; a camera sends in order of arrival.
  for (auto& all : out.sights)
    std::stable_sort(
      all.begin(), all.end(),
      [](const sight& a, const sight& b) { return a.ready < b.ready; });
  return out;
}

timed_round draw_round(const feed_settings& s, int n, clock::time_point from) {
  auto length = seconds_per_round(s);
  fusion::fight_settings f;
  f.seed = s.seed * of_rounds + static_cast<std::uint64_t>(n);
  f.duration_s = length;
  f.sources = sources_of(s);
  f.feints = static_cast<double>(s.feints_ppm) * 1e-6;
  // Its bound comes from the exchange with the node.
  for (auto& source : f.sources)
    source.clock_bound_s = 0;
  auto span = length / 10;
  std::vector<std::pair<std::size_t, double>> gone;
  for (auto i = 0; i < s.dropouts; ++i) {
    // Spread over rounds and cameras.
    if (i % s.rounds != n)
      continue;
    auto camera = static_cast<std::size_t>(i % s.cameras);
    auto at = length * (0.25 + 0.2 * ((i / s.rounds) % 3));
    auto& source = f.sources[camera];
    source.gone_from_s = at;
    source.gone_to_s = at + span;
    source.dead = true;
    gone.emplace_back(camera, at);
  }
  auto out = timed(fusion::make_fight(f), f.sources.size(), from);
  auto after = [from](double t) {
    return from + microseconds{static_cast<std::int64_t>(t * 1e6)};
  };
  out.to = after(length);
  for (auto [camera, at] : gone)
    out.absences[camera].push_back({after(at), after(at + span)});
  return out;
}

} // namespace ringside::feed
