#pragma once

#include "domain/vision/fusion/report.hpp"
#include "domain/vision/fusion/settings.hpp"
#include "domain/vision/fusion/source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

/// INTERNAL to the solvers: parameters as logarithms and matrices.
namespace ringside::fusion {

/// One source, ready for arithmetic.
struct source_model {
  double log_detect = 0;
  /// Weighted log probability of silence.
  double log_silent = 0;
  double log_false = 0;
  double sigma = 0;
  double var = 0;
  double corner_right = 0.5;
  double label_count = 1;
  bool camera = false;
  std::uint16_t vendor = 0;
  std::size_t labels = 1;
  /// Sources are worked through by rising rank: sigma, then index.
  std::uint8_t rank = 0;
  /// `likely[label][kind]`, its mean over the kinds, and the log of that mean
  /// against clutter, whose labels are even.
  std::array<std::array<double, kinds_max>, kinds_max> likely{};
  std::array<double, kinds_max> marginal{};
  std::array<double, kinds_max> log_marginal{};
};

/// The whole table. Immutable after construction.
struct model {
  model(const fusion_settings& settings, const source_table& sources);

  std::size_t kinds;
  double log_rate;
  double gate;
  double merge_s;
  bool soft = true;
  double camera_weight;
  double vendor_weight;
  std::vector<source_model> sources;
  /// Source indices by rising rank.
  std::vector<source_index> by_rank;
  /// The cameras, and for each source those of its vendor.
  std::uint32_t cameras = 0;
  std::array<std::uint32_t, sources_max> same_vendor{};
};

} // namespace ringside::fusion
