#pragma once

#include "app/evaluate/forecast.hpp"
#include "domain/calibration/reliability.hpp"

#include <map>
#include <string>
#include <vector>

namespace ringside::evaluate {

/// A figure and its 95 % interval.
struct figure {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// How good the forecasts of a file were; only rounds that count (two judges
/// or more, and a majority) and have a forecast.
struct measured {
  std::size_t rounds = 0;
  figure accuracy;
  figure log_loss;
  figure brier;
  figure ece;
  figure wide_precision;
  figure wide_recall;
  figure wide_f1;
  std::size_t wide_rounds = 0;
  std::size_t bouts = 0;
  figure bout_winner;
  std::vector<calibration::reliability_bin> curve;
};

/// Measures forecasts against the judges' majority, intervals by drawing
/// events with replacement (fixed seed).
/// @param draws Resamples; 0: no intervals.
measured measure(const std::vector<fit::labelled_round>& rounds,
                 const std::vector<std::optional<forecast>>& forecasts,
                 int draws);

/// The same, for each year that has rounds; no intervals.
std::map<int, measured>
measure_years(const std::vector<fit::labelled_round>& rounds,
              const std::vector<std::optional<forecast>>& forecasts);

} // namespace ringside::evaluate
