#pragma once

#include "app/evaluate/baselines.hpp"
#include "app/evaluate/degrade.hpp"
#include "app/evaluate/measures.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ringside::evaluate {

struct evaluate_options {
  std::filesystem::path rounds_file;
  scoring::profile profile;
  validation how = validation::automatic;
  /// Compared on the same rounds, after the plain baselines.
  std::vector<scoring::profile> other_profiles;
  std::vector<scoring::engine> engines;
  bool degraded = false;
  /// Resamples for the intervals.
  int draws = 1'000;
};

/// How a fault of the feed changes the figures.
struct degraded_result {
  faults what;
  measured figures;
};

struct evaluation {
  std::string profile;
  int version = 0;
  std::string file;
  validation how = validation::none;
  /// Rows of the file, and those without cards to compare with.
  std::size_t rows = 0;
  std::vector<fit::labelled_round> rounds;
  forecasts said;
  measured figures;
  std::map<int, measured> years;
  std::vector<baseline_result> baselines;
  std::vector<degraded_result> degraded;
};

/// Forecasts a file and measures the forecasts where there are cards.
result<evaluation> run_evaluation(const evaluate_options& options);

/// The table for people.
std::string text_of(const evaluation& e);

/// One JSON object, figures in parts per million.
std::string json_of(const evaluation& e);

/// `bout_id,round,p_a_ppm,p_wide_ppm,score_a,score_b`, one line per round that
/// has a forecast, in the order of the file.
std::string predictions_csv(const evaluation& e);

/// The reliability curve as a picture: forecasts of the favoured side against
/// what happened, with a histogram.
std::string reliability_svg(const measured& m, const std::string& title);

} // namespace ringside::evaluate
