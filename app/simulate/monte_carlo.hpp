#pragma once

#include "domain/synthetic/observed.hpp"
#include "domain/synthetic/play.hpp"

#include <cstdint>
#include <functional>

namespace ringside::simulate {

struct run_options {
  std::uint64_t bouts = 10'000;
  /// 0: one for every core.
  unsigned threads = 0;
  /// Asked about 50 times a second.
  std::function<bool()> stopping;
  /// Called from the calling thread, about 10 times a second and at the end.
  std::function<void(std::uint64_t done, std::uint64_t all)> progress;
};

/// Plays the bouts 0 to `bouts` - 1 of a series on several threads. The counts
/// are the same for any number of threads. Blocks.
/// @returns `unavailable` if it was stopped.
result<synthetic::odds> play_all(const synthetic::series& s,
                                 const run_options& options);

/// The rounds of such bouts as a generator is measured by: bouts with as many
/// rounds as `like` has, none ends early, each judged as far as there is a
/// model of judges.
std::vector<synthetic::observed_bout>
draw_like(const std::vector<synthetic::observed_bout>& like,
          const synthetic::series& s, std::uint64_t bouts);

} // namespace ringside::simulate
