#pragma once

#include "app/evaluate/measures.hpp"
#include "domain/calibration/calibrator.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace ringside::evaluate {

struct calibrate_options {
  std::filesystem::path rounds_file;
  scoring::profile profile;
  calibration::calibration_kind kind
    = calibration::calibration_kind::temperature;
  /// `event` or `time`.
  validation how = validation::time;
  /// Resamples for the intervals.
  int draws = 1'000;
};

/// A map for the chance to win. Who is red is arbitrary, so the map is learned
/// from every round seen from both corners, and it is mirrored exactly: the
/// chance of one corner and that of the other always add up to one.
class mirrored_map {
public:
  /// @returns what `fit_calibrator` refuses.
  static result<mirrored_map> fit(calibration::calibration_kind kind,
                                  std::span<const calibration::labelled> all);

  double operator()(double p) const noexcept;

  const calibration::calibrator& what() const noexcept {
    return map_;
  }

  /// The one number that does the same, for the setting `temperature_milli`:
  /// a mirrored map of the kinds temperature, platt and beta is nothing else.
  /// Empty for isotonic, and beyond what the setting takes.
  std::optional<int> temperature_milli() const noexcept;

private:
  calibration::calibrator map_;
};

/// What a map does to forecasts of rounds that neither it nor the profile had
/// seen.
struct calibrated {
  std::string profile;
  int version = 0;
  std::string file;
  calibration::calibration_kind kind = calibration::calibration_kind::none;
  validation how = validation::time;
  /// On the same rounds.
  measured before;
  measured after;
  /// Learned from all rounds with a forecast.
  mirrored_map map;
};

/// Held-out forecasts of the profile; the map of each fold by the forecasts of
/// the other folds, of each year by those of the years before. The first
/// forecast year has none before it and is left out.
result<calibrated> run_calibration(const calibrate_options& options);

/// The table for people.
std::string text_of(const calibrated& c);

/// One JSON object, figures in parts per million, numbers in millionths.
std::string json_of(const calibrated& c);

/// The map as a file, with what it rests on.
std::string yaml_of(const calibrated& c);

} // namespace ringside::evaluate
