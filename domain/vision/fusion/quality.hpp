#pragma once

#include "domain/vision/fusion/fused_event.hpp"
#include "domain/vision/fusion/step_map.hpp"
#include "domain/vision/fusion/synthetic_fight.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ringside::fusion {

/// An event is a strike if a true one of the same corner is this near and is
/// not another event's.
inline constexpr std::int64_t match_us = 150'000;

/// For each event the strike it is, or -1: one to one, nearest first.
std::vector<std::ptrdiff_t> match_truth(std::span<const fused_event> events,
                                        std::span<const true_strike> truth);

/// How good fused events are; sums of several fights may be added.
struct quality {
  std::size_t truths = 0;
  std::size_t shown = 0;
  std::size_t right = 0;
  /// Wrong ones beside a strike that another event has already.
  std::size_t doubled = 0;
  std::size_t kind_right = 0;
  /// Distances of the right ones, microseconds.
  std::vector<std::int64_t> off_us;
  /// Probability and truth of all events that were kept.
  std::vector<labelled> judged;

  void add(const quality& other);

  double precision() const;
  double recall() const;
  double f1() const;
  double double_rate() const;
  double label_accuracy() const;
  /// Precision of the surest events that hold a share of `recall` of all true
  /// strikes; 0 if all events together do not.
  double precision_at(double recall) const;
  /// Expected calibration error, 15 bins of equal mass.
  double ece() const;
  double brier() const;
  /// The distance that a share of `q` does not exceed, milliseconds.
  double off_ms(double q) const;
};

/// Judges events against the truth; those below `shown_from` only count for
/// the calibration.
quality judge(std::span<const fused_event> events,
              std::span<const true_strike> truth, ppm shown_from);

} // namespace ringside::fusion
