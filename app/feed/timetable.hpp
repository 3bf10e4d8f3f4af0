#pragma once

#include "app/feed/camera.hpp"
#include "domain/vision/fusion/synthetic_fight.hpp"

#include <vector>

namespace ringside::feed {

/// What `ringside simulate --synthetic-cameras` may choose.
struct feed_settings {
  int cameras = 4;
  int operators = 3;
  std::uint64_t seed = 1;
  /// Fighting time of all rounds together.
  int seconds = 90;
  int rounds = 3;
  /// Feints per million true strikes.
  std::int64_t feints_ppm = 0;
  /// How often a camera's connection is cut for a tenth of a round.
  int dropouts = 0;
};

inline constexpr int cameras_max = 16;
/// Two places of the fusion are left for the officials of the bout.
inline constexpr int operators_max = 6;
inline constexpr int seconds_min = 5;
inline constexpr int seconds_max = 3'600;

/// Refuses what no bout can be made of.
result<unit> check(const feed_settings& s);

/// The sources of such a fight: the usual ones, over and over.
std::vector<fusion::synthetic_source> sources_of(const feed_settings& s);

/// Names of the kinds, as the plan `standard` has them.
const std::vector<std::string>& kind_names();

/// A lying clock and a network of its own for device `n` of a fight. Cameras
/// are wired, operators on Wi-Fi.
device_settings device_for(std::uint64_t seed, std::size_t n, bool wired);

/// A strike with its moment by this process's clock.
struct real_strike {
  clock::time_point at;
  fusion::true_strike what;
};

/// One round: who reports what when.
struct timed_round {
  clock::time_point from;
  clock::time_point to;
  std::vector<real_strike> truth;
  /// By source: cameras first.
  std::vector<std::vector<sight>> sights;
  std::vector<std::vector<absence>> absences;
};

/// From a fight's own time to moments, its start at `from`.
timed_round timed(const fusion::synthetic_fight& fight, std::size_t sources,
                  clock::time_point from);

/// Round `n` (from 0) of the fight of these settings. The same settings give
/// the same round, whenever it begins.
timed_round draw_round(const feed_settings& s, int n, clock::time_point from);

} // namespace ringside::feed
