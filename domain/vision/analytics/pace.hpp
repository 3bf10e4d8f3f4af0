#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/vision/analytics/act.hpp"
#include "domain/vision/analytics/consensus.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ringside::analytics {

/// How a fighter spreads his strikes over time.
enum class tempo : std::uint8_t {
  /// Too few strikes to say.
  unknown,
  low,
  steady,
  high,
  /// Bursts with pauses between them.
  bursts,
};

/// What a fighter's round is made of.
enum class style : std::uint8_t {
  unknown,
  striker,
  /// Takedowns and control, few strikes.
  wrestler,
  /// Control and submissions.
  grappler,
  balanced,
};

/// A fighter's figures of one round.
struct pace_figures {
  std::int32_t thrown = 0;
  std::int32_t landed = 0;
  std::int32_t significant = 0;
  std::int32_t takedowns = 0;
  std::int32_t takedown_attempts = 0;
  std::int32_t submissions = 0;
  std::int32_t knockdowns = 0;
  std::int64_t control_us = 0;
  std::int64_t clinch_us = 0;
  /// Strikes thrown in a minute, thousandths.
  std::int64_t pace_milli = 0;
  analytics::tempo tempo = tempo::unknown;
  analytics::style style = style::unknown;

  friend bool operator==(const pace_figures&, const pace_figures&) = default;
};

/// Counts one round: acts and intervals in, figures out, in constant memory.
class pace_meter {
public:
  void take(const act& a);

  void take(const position_interval& i);

  /// The figures after `length_us` of the round.
  pace_figures figures(corner c, std::int64_t length_us) const;

private:
  struct side {
    pace_figures counts;
    std::optional<mono_us> last;
    /// Gaps between strikes in milliseconds: how many, sum, sum of squares.
    std::int64_t gaps = 0;
    std::int64_t sum = 0;
    std::int64_t squares = 0;
  };

  static analytics::tempo tempo_of(const side& s);
  static analytics::style style_of(const pace_figures& f);

  per_corner<side> sides_;
};

} // namespace ringside::analytics

namespace ringside {

template <>
struct enum_names<analytics::tempo> {
  static constexpr std::array<std::string_view, 5> value{
    "unknown", "low", "steady", "high", "bursts"};
};

template <>
struct enum_names<analytics::style> {
  static constexpr std::array<std::string_view, 5> value{
    "unknown", "striker", "wrestler", "grappler", "balanced"};
};

} // namespace ringside
