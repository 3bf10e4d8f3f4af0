#pragma once

#include "app/feed/crowd.hpp"
#include "app/feed/watcher.hpp"
#include "domain/vision/fusion/quality.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace ringside::feed {

/// Strikes by corner and kind.
struct strike_counts {
  std::size_t all = 0;
  per_corner<std::size_t> by;
  std::array<std::size_t, fusion::kinds_max> kinds{};
};

/// Middle, 99th percentile and worst of some times, microseconds.
struct spread {
  std::size_t count = 0;
  std::int64_t p50_us = 0;
  std::int64_t p99_us = 0;
  std::int64_t max_us = 0;
};

spread spread_of(std::vector<std::int64_t> all);

/// One camera after the fight. Its clock by its own word, and in truth.
struct camera_outcome {
  std::string source_id;
  camera_figures sent;
  spread bound;
  spread error;
  /// Times whose error was beyond their bound and the reference's own.
  std::size_t beyond_bound = 0;
};

/// What became of a fight with synthetic cameras.
struct feed_outcome {
  feed_settings settings;
  std::string bout_id;
  std::string result;
  std::int64_t took_ms = 0;
  strike_counts truth;
  strike_counts fused;
  fusion::quality quality;
  /// Of the sure ones alone.
  fusion::quality sure;
  /// From a strike to its first revision and to its final one, at a screen.
  spread provisional;
  spread final_;
  std::size_t revisions = 0;
  std::size_t withdrawn = 0;
  std::size_t gaps = 0;
  std::int64_t reference_err_us = 0;
  std::vector<camera_outcome> cameras;
  tapper_figures operators;
};

/// Judges what was heard against the truth, and everybody's clock against the
/// watcher's. The threads of both have ended.
void judge(const std::vector<real_strike>& truth, const watcher& screen,
           const crowd& people, feed_outcome& out);

std::string text_of(const feed_outcome& o);

/// `truth`, `fused`, `fusion` (parts per million) and the rest.
json::value json_of(const feed_outcome& o);

} // namespace ringside::feed
