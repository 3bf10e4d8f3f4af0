#pragma once

#include "domain/base/time.hpp"
#include "domain/vision/intake/source_fact.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

/// Which sources an arena listens to.
namespace ringside::failover {

using intake::source_mode;

inline constexpr std::size_t mode_count = 3;

/// All modes, the best first. The last one is people alone; it never fails.
inline constexpr std::array<source_mode, mode_count> ranked{
  source_mode::cloud, source_mode::local, source_mode::manual};

/// How the sources of one mode do, together.
struct mode_sample {
  int sources = 0;
  /// The latest life sign of any of them that is not in quarantine.
  std::optional<mono_us> heard;
  /// From the strike to the node, median of those that say anything; nothing:
  /// not measured.
  std::optional<std::int64_t> latency_us;
  /// Batches that came and that never came, since the sources began.
  std::uint64_t batches = 0;
  std::uint64_t missing = 0;
  /// Reports that the fusion decided on, and those of them that it made
  /// nothing or little of, since it began.
  std::uint64_t judged = 0;
  std::uint64_t doubted = 0;

  friend bool operator==(const mode_sample&, const mode_sample&) = default;
};

/// How the modes of one arena do.
struct arena_sample {
  /// By `source_mode`.
  std::array<mode_sample, mode_count> modes;

  mode_sample& of(source_mode m) noexcept {
    return modes[static_cast<std::size_t>(m)];
  }
  const mode_sample& of(source_mode m) const noexcept {
    return modes[static_cast<std::size_t>(m)];
  }

  /// A source of it said something.
  bool heard() const noexcept {
    return std::any_of(modes.begin(), modes.end(),
                       [](const auto& m) { return m.heard.has_value(); });
  }

  friend bool operator==(const arena_sample&, const arena_sample&) = default;
};

} // namespace ringside::failover
