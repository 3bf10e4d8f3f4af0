#pragma once

#include "domain/vision/fusion/report.hpp"
#include "domain/vision/fusion/source.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ringside::fusion {

/// What one synthetic source is really like.
struct synthetic_source {
  source_class is = source_class::camera;
  /// Chance to see a strike while its sight is free.
  double p_d = 0.8;
  double false_per_s = 0.065;
  double sigma_s = 0.02;
  double bias_s = 0;
  double label_right = 0.8;
  double corner_right = 0.985;
  /// Clock error nobody knows of, and the bound that is reported.
  double clock_error_s = 0;
  double clock_bound_s = 0.002;
  /// Share of time in which its sight is blocked; heartbeats do not tell.
  double blocked = 0.12;
  /// A second report of the same strike.
  double stutter = 0.03;
  /// No two reports of one corner closer than this: one hand each.
  double refractory_s = 0;
  /// Times its false alarms are multiplied by.
  double flood = 1;
  std::uint16_t vendor = 0;
  /// From here to there it is dead (no heartbeats) or away (out of view).
  double gone_from_s = -1;
  double gone_to_s = -1;
  bool dead = false;
};

/// Knobs of the generator; defaults are the settings of the fusion reference,
/// section 5.
struct fight_settings {
  std::uint64_t seed = 1;
  double duration_s = 900;
  std::size_t kinds = 8;
  std::vector<synthetic_source> sources;
  /// Exchanges per second, chance of one more strike in a combination, and of
  /// an answer that overlaps it. With these there are 0.95 strikes a second,
  /// 5.02 reports of each, and gaps of 48, 160 and 276 ms at 5, 25 and 50 %
  /// (the reference: 0.96, 5.01, and 48, 162 and 285 ms).
  double exchanges_per_s = 0.3;
  double combination_more = 0.5;
  double answer = 0.6;
  /// Feints per true strike, and the chance of a camera to fall for one.
  double feints = 0;
  double feint_seen = 0.4;
};

/// Four cameras and three operators as in section 5.
std::vector<synthetic_source> usual_sources();
fight_settings usual_fight(std::uint64_t seed, double duration_s = 900);

struct true_strike {
  mono_us t;
  ringside::corner corner = ringside::corner::red;
  kind_index kind = 0;
  bout::strike_target target = bout::strike_target::head;
  std::int32_t severity_ppm = 0;
};

/// Something that reaches the node at `at`.
template <class T>
struct arrival {
  mono_us at;
  T what;
};

/// A fight with its truth; everything sorted by time.
struct synthetic_fight {
  std::vector<true_strike> strikes;
  std::vector<arrival<report>> reports;
  std::vector<arrival<heartbeat>> beats;
  mono_us end;
};

/// Time zero of every synthetic fight, so that no time is negative.
inline constexpr mono_us fight_starts{10'000'000};

/// Makes a fight; the same settings give the same fight everywhere.
synthetic_fight make_fight(const fight_settings& settings);

/// What the sources report of these strikes, which begin at `fight_starts` or
/// later and are sorted by time: of a fight that somebody else made up.
synthetic_fight watch_strikes(const fight_settings& settings,
                              std::vector<true_strike> strikes);

/// The parameters one would start with for these sources, not knowing what
/// they are like.
source_table starting_table(const fight_settings& settings);

} // namespace ringside::fusion
