#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/base/number.hpp"
#include "domain/base/result.hpp"
#include "domain/vision/fusion/step_map.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ringside::fusion {

enum class source_class : std::uint8_t { camera, human };

/// How good a source is: starting values or learned between bouts, frozen
/// during a bout, part of the audit by their version (fusion reference 4).
struct source_parameters {
  source_class is = source_class::camera;
  /// Chance to report a strike while the fighters are in view.
  ppm p_d{750'000};
  /// False alarms in microhertz: per million seconds.
  std::int32_t false_rate_uhz = 80'000;
  /// Physical jitter of its times, without the clock's bound.
  std::int32_t sigma_us = 25'000;
  /// Latency taken off its times.
  std::int32_t bias_us = 0;
  /// Longest way of a report to the node.
  std::int32_t hold_us = 150'000;
  /// False if it says nothing between two strikes, as people do: then nobody
  /// waits for a life sign of it.
  bool beats = true;
  /// Row per kind, column per label of the source; rows sum to a million.
  /// A human's coarse buttons are fewer columns.
  std::vector<std::int32_t> confusion;
  /// How often it names the right corner.
  ppm corner_accuracy{980'000};
  /// Same vendor and model, same mistakes; 0 is no group.
  std::uint16_t vendor = 0;
  std::uint32_t version = 1;
  /// From its confidence to thousandths of a log likelihood ratio; empty as
  /// long as too few labelled reports exist.
  step_map confidence;

  friend bool operator==(const source_parameters&, const source_parameters&)
    = default;
};

/// Starting values of a camera for `kinds` labels.
source_parameters new_camera(std::size_t kinds);
/// Starting values of an operator for `kinds` labels.
source_parameters new_human(std::size_t kinds);
/// A confusion matrix with `diagonal` on it and the rest spread evenly.
std::vector<std::int32_t> even_confusion(std::size_t kinds,
                                         std::int32_t diagonal);

/// The sources of a bout, by their index.
using source_table = std::vector<source_parameters>;

/// Refuses tables that the solvers cannot work with.
result<unit> check(const source_table& sources, std::size_t kinds);

} // namespace ringside::fusion

template <>
struct ringside::enum_names<ringside::fusion::source_class> {
  static constexpr std::array<std::string_view, 2> value{"camera", "human"};
};
