#pragma once

#include "domain/base/result.hpp"
#include "domain/rules/derive.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace ringside::rules {

/// Why the bout was stopped over a foul or an injury from one.
enum class foul_cause : std::uint8_t {
  /// An accidental foul, and the bout cannot go on.
  accidental,
  /// An injury by an accidental foul that fair blows made worse later.
  accidental_aggravated,
  /// An intentional foul ends the bout at once.
  intentional,
  /// The bout went on after an intentional foul, and that injury ends it now.
  intentional_injury_later,
  /// A fighter hurt himself while he fouled.
  self_injury,
};

/// The referee's stop.
struct foul_stop {
  foul_cause cause = foul_cause::accidental;
  /// Who cannot go on.
  corner injured = corner::red;
  /// Rounds the bout was made for.
  int scheduled_rounds = 0;
  /// The round in which the bout stopped; in the rest, the one before it.
  int round = 0;
  /// That round's bell has gone, which is what makes a round completed: at
  /// 4:59 of five minutes it is not, in the rest it is.
  bool bell_gone = false;
  /// See `decision_scope`.
  std::vector<int> counted_seats;
  std::optional<consensus_tally> tally;
};

/// Rounds whose bell had gone.
int rounds_completed(const foul_stop& stop) noexcept;

/// Rounds whose cards a technical decision needs.
int rounds_on_cards(const ruleset& rules, const foul_stop& stop) noexcept;

/// True if enough rounds are completed for the cards to decide.
bool past_threshold(const ruleset& rules, const foul_stop& stop) noexcept;

/// The result of a bout that a foul ended. Families: NY 212.12, NAC 467.7966,
/// N.M. 15.6.19.31, South Dakota (half of the scheduled rounds).
/// - accidental: before the threshold what the rule set says (no contest, no
///   decision, technical draw), then a technical decision on the cards; the
///   incomplete round is scored or not as the rule set says, its deductions
///   count. Where nobody judges no card can decide and the early result stays.
/// - intentional, at once: the other corner is disqualified.
/// - intentional, later: technical decision if the injured is ahead, technical
///   draw if even or behind.
/// - self injury: as by a fair blow, the injured loses.
/// @returns refusals of `derive_decision` where cards decide.
result<outcome> derive_foul_stoppage(const ruleset& rules,
                                     std::span<const judge_card> cards,
                                     std::span<const deductions> taken,
                                     const foul_stop& stop);

} // namespace ringside::rules

namespace ringside {

template <>
struct enum_names<rules::foul_cause> {
  static constexpr std::array<std::string_view, 5> value{
    "accidental", "accidental_aggravated", "intentional",
    "intentional_injury_later", "self_injury"};
};

} // namespace ringside
