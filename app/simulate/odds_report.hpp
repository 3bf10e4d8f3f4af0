#pragma once

#include "domain/audit/json.hpp"
#include "domain/synthetic/play.hpp"

#include <string>

namespace ringside::simulate {

/// What the numbers of a run were made with.
struct run_title {
  std::uint64_t seed = 0;
  int rounds = 3;
  std::string ruleset;
  std::string profile;
  int profile_version = 0;
  /// Empty: no comparison.
  std::string against;
  std::string model;
  int model_version = 0;
};

run_title title_of(const synthetic::series& s);

/// The odds of a run for people, each with its 95 % interval.
std::string text_of(const synthetic::odds& o, const run_title& title);

/// The same for programs; shares in parts per million. The same odds give the
/// same bytes.
json::value json_of(const synthetic::odds& o, const run_title& title);

} // namespace ringside::simulate
