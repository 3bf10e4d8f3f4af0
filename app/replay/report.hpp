#pragma once

#include "app/replay/bout_run.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace ringside::replay {

/// What `verify` said about the journal that was written.
struct verdict_on_disk {
  bool sound = false;
  std::uint64_t entries = 0;
  /// The first finding, or why it could not be checked.
  std::string detail;
};

struct summary {
  int bouts = 0;
  int equal = 0;
  int differ = 0;
  /// Of those, explained by the source.
  int source_errors = 0;
  int incomplete = 0;
  /// Published, but with nothing to compare.
  int not_compared = 0;
  int failed = 0;
  int rounds = 0;
  std::int64_t events = 0;
  std::int64_t acks = 0;
  std::int64_t resent = 0;
  std::int64_t p50_us = 0;
  std::int64_t p99_us = 0;
  std::int64_t cells = 0;
  std::int64_t cells_different = 0;
  std::int64_t control_mean_us = 0;
  std::int64_t control_worst_ms = 0;
  std::int64_t took_ms = 0;
  double control_scale = 0;
  std::optional<verdict_on_disk> verify;

  /// True if everything that differs is explained, and what was written is
  /// sound.
  bool good() const noexcept {
    return failed == 0 && (!verify || verify->sound);
  }
};

/// The value below which `ppm` millionths of `times` lie; 0 if there are none.
std::int64_t percentile(std::vector<std::int64_t> times, std::int64_t ppm);

summary summarize(const std::vector<bout_report>& bouts, const pace& speed);

/// One line for people.
std::string line_of(const bout_report& bout);

/// Several lines for people.
std::string text_of(const summary& all);

/// {"bouts":[...],"summary":{...}} for programs.
std::string json_of(const std::vector<bout_report>& bouts, const summary& all);

} // namespace ringside::replay
