#pragma once

#include "domain/scoring/analytics/variance.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::scoring::analytics {

/// One round with the cards of named judges.
struct judged_round {
  /// ISO date of the bout.
  std::string date;
  /// As many as `cards`; who has no name is in nobody's record.
  std::vector<std::string> judges;
  std::vector<rules::round_score> cards;
  std::optional<outlook> seen;
};

/// A share that is counted.
struct tally {
  std::int64_t hits = 0;
  std::int64_t all = 0;

  void add(bool hit) noexcept {
    hits += hit ? 1 : 0;
    ++all;
  }

  /// Parts per million; 0 of nothing is 0.
  ppm share() const noexcept;

  friend bool operator==(const tally&, const tally&) = default;
};

/// What one judge did, over all rounds or over those of one year.
struct judge_record {
  /// Cards in rounds that have other cards, too.
  std::int64_t cards = 0;
  /// With the other judges, where they agree among themselves.
  tally panel;
  /// With each other judge.
  tally pairs;
  /// With the engine's winner.
  tally engine;
  /// The chances that the engine gave its winners of `engine`, added up, parts
  /// per million: what a panel's majority would agree to in the long run. One
  /// judge alone agrees a little less.
  std::int64_t engine_expected_ppm = 0;
  tally wide;
  tally even;
  /// Cards with a flag, of all kinds but those of the round.
  tally unusual;

  judge_record& operator+=(const judge_record& more) noexcept;

  friend bool operator==(const judge_record&, const judge_record&) = default;
};

/// A judge in comparison with all.
struct judge_reliability {
  std::string name;
  judge_record all;
  std::map<std::string, judge_record, std::less<>> by_year;
  /// Agreement with the panel, pulled towards the mean of all judges by as much
  /// as the number of cards is too small to tell; parts per million.
  ppm panel_shrunk;
  ppm engine_shrunk;
  /// The same for the last `recent_years` years.
  ppm panel_recent;
};

struct reliability_report {
  judge_record total;
  /// How many cards the pull to the mean is worth, from how much judges differ
  /// beyond chance; the larger, the more alike they are.
  std::int64_t panel_strength = 0;
  std::int64_t engine_strength = 0;
  /// By shrunk agreement with the panel, best first; then by name.
  std::vector<judge_reliability> judges;
  std::map<flag_kind, std::int64_t> flags;
  std::int64_t rounds = 0;
};

/// Years that count as recent.
inline constexpr int recent_years = 2;

/// Measures all judges. The order of the rounds makes no difference.
reliability_report measure(const std::vector<judged_round>& rounds,
                           const flag_limits& limits = {});

/// `hits + mean * strength` out of `all + strength`.
ppm shrunk(const tally& t, ppm mean, std::int64_t strength) noexcept;

/// How many cards the mean of all is worth beside those of one judge: moments
/// of a beta-binomial, at least 1 and at most 100'000.
std::int64_t strength_of(const std::vector<tally>& judges) noexcept;

} // namespace ringside::scoring::analytics
