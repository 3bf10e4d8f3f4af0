#pragma once

#include "domain/scoring/hybrid/config.hpp"
#include "domain/scoring/normalise/profile.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::scoring::hybrid {

/// Which kinds of sources watch a round. Where only one does, it counts in
/// full; where both do, the silence of one speaks against what the other says.
enum class coverage : std::uint8_t { both, camera_only, human_only };

/// True if sources of this kind watch.
constexpr bool covers(coverage c, source s) noexcept {
  return c == coverage::both
         || (c == coverage::camera_only) == (s == source::camera);
}

/// One real act, with the report of each kind of source that counted for it;
/// other reports of the same act counted nothing.
struct fused_act {
  round_ms at;
  /// As the heavier side has it.
  ringside::corner corner = ringside::corner::red;
  hybrid::act act = hybrid::act::other;
  /// Ids of the reports; empty where that side said nothing.
  per_source<std::string> reports;
  /// What the act counts in all, at most 1'000'000.
  ppm share;

  friend bool operator==(const fused_act&, const fused_act&) = default;
};

/// What one corner did, by both kinds of sources together.
struct fused_corner {
  /// Acts in thousandths, by `act`; what both are sure of is 1000. Control is
  /// not here.
  std::array<std::int64_t, normalise::act_count> counts_milli{};
  /// Time in control, weighted like the counts.
  round_ms control;
  /// Weight by category under its cap, and their sum.
  std::array<std::int64_t, normalise::category_count> weight_ppm{};
  /// What the caps took from it, by category.
  std::array<std::int64_t, normalise::category_count> capped_ppm{};
  std::int64_t total_ppm = 0;

  friend bool operator==(const fused_corner&, const fused_corner&) = default;
};

/// The combined score of a round.
struct fused_round {
  per_corner<fused_corner> corners;
  /// How many acts both kinds of sources reported, and only one of them.
  std::int32_t both = 0;
  per_source<std::int32_t> alone;

  friend bool operator==(const fused_round&, const fused_round&) = default;
};

/// A score with the acts behind it, in order of time.
struct fusion {
  fused_round score;
  std::vector<fused_act> acts;
};

/// Combines the reports of one round: a linear pool. Every act counts
///
///     w_camera * confidence_camera + w_human * confidence_human
///
/// at most once, whoever reported it and how often. Reports are of one act if
/// they name it, or if they are of one corner and class and near in time, each
/// reporter one to one and in order; of several reporters of one kind the
/// surest counts. Where the two sides differ about what it was, each side's
/// share goes where it says. Control is compared by the clock: every moment
/// counts once per side. The order of the reports does not matter.
/// @pre The reports are such as `decide` lets in: ids are unique, values in
/// their ranges. Control is any number of stretches.
/// @param c, by Validated.
fusion fuse(std::span<const evidence> reports, coverage watched,
            const config& c, const normalise::profile& by);

} // namespace ringside::scoring::hybrid

namespace ringside {

template <>
struct enum_names<scoring::hybrid::coverage> {
  static constexpr std::array<std::string_view, 3> value{"both", "camera_only",
                                                         "human_only"};
};

} // namespace ringside
