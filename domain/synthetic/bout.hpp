#pragma once

#include "domain/rules/decision.hpp"
#include "domain/synthetic/layout.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace ringside::synthetic {

struct synthetic_round {
  per_corner<corner_line> counts;
  /// In order of time; of a round that was cut short, what came before.
  std::vector<scoring::timed_fact> facts;
  /// Running time of the round.
  round_ms length;
};

/// An end before the last bell.
struct early_end {
  corner winner = corner::red;
  rules::result_kind method = rules::result_kind::ko;
  /// From 1.
  int round = 1;
  round_ms at;
};

/// One invented bout. The judges are not part of it.
struct synthetic_bout {
  per_corner<style> styles;
  /// Those that were fought.
  std::vector<synthetic_round> rounds;
  std::optional<early_end> finish;
};

struct bout_plan {
  int rounds = 3;
  int round_s = 300;
  /// False: every bout goes the distance, as in a file of decisions.
  bool finishes = true;
};

/// The dice of one bout of a series, and of one use of it: bouts can be made
/// in any order, on any thread.
dice dice_for(std::uint64_t seed, std::uint64_t bout,
              std::uint64_t purpose) noexcept;

/// Bout number `index` of the series `seed`. The same model, plan, words and
/// numbers give the same bout everywhere.
synthetic_bout draw_bout(const model& m, const bout_plan& plan,
                         const vocabulary& words, std::uint64_t seed,
                         std::uint64_t index);

} // namespace ringside::synthetic
