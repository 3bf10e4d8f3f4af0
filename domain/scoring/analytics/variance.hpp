#pragma once

#include "domain/base/number.hpp"
#include "domain/rules/decision.hpp"
#include "domain/scoring/assessment.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How judges score, beside each other and beside the engine. Pure functions
/// over raw cards (deductions are the referee's and never in them) and
/// assessments. Advice for whoever trains and assigns judges; nothing here
/// changes a card.
namespace ringside::scoring::analytics {

/// Whom a card gives the round; empty: even.
std::optional<corner> winner_of(const rules::round_score& card) noexcept;

/// Points between the two scores of a card, never negative.
points margin_of(const rules::round_score& card) noexcept;

/// Whom most of the cards give the round; empty: nobody has most of them.
std::optional<corner>
majority_of(std::span<const rules::round_score> cards) noexcept;

/// How far the cards of one round are apart. Opposite winners always weigh
/// more than any margin: ordered from agreement to the worst.
struct variance {
  /// Two cards have different winners.
  bool opposite_winners = false;
  /// One card is even, another has a winner.
  bool even_and_winner = false;
  /// Largest difference between two cards, from red's point of view: 10-8
  /// against 9-10 is three points.
  points spread;

  friend auto operator<=>(const variance&, const variance&) = default;
};

variance variance_of(std::span<const rules::round_score> cards) noexcept;

/// What is worth a look, for one round or one card.
enum class flag_kind : std::uint8_t {
  /// The engine calls the round too close.
  close_round,
  /// Two judges have different winners.
  split_panel,
  /// One card against all others, which agree among themselves.
  lone_card,
  /// A winner that the engine holds for unlikely.
  against_engine,
  /// 10-8 or wider where no other judge and not the engine came near it.
  lone_wide,
  /// 10-9 or closer where every other judge has 10-8 or wider.
  missed_wide,
  /// An even card where every other judge found a winner.
  lone_even,
};

struct flag {
  flag_kind kind = flag_kind::close_round;
  /// From 1; 0 where it is about the round.
  int seat = 0;
  /// One sentence for people.
  std::string text;

  friend bool operator==(const flag&, const flag&) = default;
};

struct flag_limits {
  /// A winner below this chance is unlikely.
  ppm unlikely{150'000};
  /// A wide round below this chance came near by nobody's measure.
  ppm not_wide{100'000};
};

/// The flags of one round: those of the round first, then by seat.
/// @param seen What the engine says; null where there is none.
std::vector<flag> flags_of(std::span<const rules::round_score> cards,
                           const outlook* seen, const flag_limits& limits = {});

} // namespace ringside::scoring::analytics

namespace ringside {

template <>
struct enum_names<scoring::analytics::flag_kind> {
  static constexpr std::array<std::string_view, 7> value{
    "close_round", "split_panel", "lone_card", "against_engine",
    "lone_wide",   "missed_wide", "lone_even"};
};

} // namespace ringside
