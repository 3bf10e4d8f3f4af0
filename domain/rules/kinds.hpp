#pragma once

#include "domain/base/enum_text.hpp"

#include <array>
#include <cstdint>
#include <string_view>

/// The words a rule set is written in: every choice that a profile makes is
/// one of these values, spelled in its file by the names at the end.
namespace ringside::rules {

/// How well a fact of a rule set is known.
enum class provenance : std::uint8_t {
  /// Read in the cited document.
  verified,
  /// Read, but in a secondary, old or poor source.
  secondary,
  /// General knowledge; re-check before calling it official.
  general_knowledge,
};

/// What a judge's card is about.
enum class scoring_unit : std::uint8_t {
  /// A pair of scores for each round (the 10-point must family).
  round,
  /// One pick for the whole bout by ordered criteria.
  whole_bout,
  /// Each criterion is given whole to one corner or to none.
  weighted_criteria,
  /// Judges press a button for each scoring blow; k of n within a window.
  consensus_hits,
};

/// Which of the filed cards count.
enum class scoring_panel : std::uint8_t {
  all,
  /// A lot drawn outside picks `judge_plan::drawn` seats (boxing, 2013-2016).
  random_of_n,
};

/// Whether the bell ends the count over a fighter who is down.
enum class bell_rule : std::uint8_t { never, last_round, every_round };

/// What an accidental foul that ends the bout leads to before the threshold.
enum class early_stop : std::uint8_t {
  no_contest,
  no_decision,
  technical_draw
};

/// What happens to the round in which a foul stops the bout.
enum class incomplete_round : std::uint8_t {
  scored,
  not_scored,
  judges_discretion,
};

/// What an accidental injury leads to that fair blows made worse later.
enum class aggravation : std::uint8_t {
  /// The cards decide, whatever the round (N.Y. 212.12(d)).
  cards,
  /// The same threshold as for the foul itself.
  threshold,
};

/// When extra rounds are fought. Both give an extra round exactly where the
/// panel names no winner; the names follow the wording of the rules.
enum class extension_when : std::uint8_t {
  never,
  /// The cards give no winner.
  draw,
  /// No side has more than half of the panel.
  no_majority,
};

/// When cards are shown while the bout goes on.
enum class reveal_when : std::uint8_t { never, each_round, after_rounds };

/// Who may see revealed cards while the bout goes on.
enum class reveal_to : std::uint8_t { public_, corners, broadcast };

/// The discipline of a bout or of one round.
enum class sport : std::uint8_t {
  mma,
  boxing,
  kickboxing,
  muay_thai,
  grappling,
};

} // namespace ringside::rules

namespace ringside {

template <>
struct enum_names<rules::provenance> {
  static constexpr std::array<std::string_view, 3> value{
    "verified", "secondary", "general_knowledge"};
};

template <>
struct enum_names<rules::scoring_unit> {
  static constexpr std::array<std::string_view, 4> value{
    "round", "whole_bout", "weighted_criteria", "consensus_hits"};
};

template <>
struct enum_names<rules::scoring_panel> {
  static constexpr std::array<std::string_view, 2> value{"all", "random_of_n"};
};

template <>
struct enum_names<rules::bell_rule> {
  static constexpr std::array<std::string_view, 3> value{"never", "last_round",
                                                         "every_round"};
};

template <>
struct enum_names<rules::early_stop> {
  static constexpr std::array<std::string_view, 3> value{
    "no_contest", "no_decision", "technical_draw"};
};

template <>
struct enum_names<rules::incomplete_round> {
  static constexpr std::array<std::string_view, 3> value{"scored", "not_scored",
                                                         "judges_discretion"};
};

template <>
struct enum_names<rules::aggravation> {
  static constexpr std::array<std::string_view, 2> value{"cards", "threshold"};
};

template <>
struct enum_names<rules::extension_when> {
  static constexpr std::array<std::string_view, 3> value{"never", "draw",
                                                         "no_majority"};
};

template <>
struct enum_names<rules::reveal_when> {
  static constexpr std::array<std::string_view, 3> value{"never", "each_round",
                                                         "after_rounds"};
};

template <>
struct enum_names<rules::reveal_to> {
  static constexpr std::array<std::string_view, 3> value{"public", "corners",
                                                         "broadcast"};
};

template <>
struct enum_names<rules::sport> {
  static constexpr std::array<std::string_view, 5> value{
    "mma", "boxing", "kickboxing", "muay_thai", "grappling"};
};

} // namespace ringside
