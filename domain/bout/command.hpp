#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/role.hpp"
#include "domain/base/time.hpp"
#include "domain/base/uuid.hpp"
#include "domain/bout/card.hpp"
#include "domain/bout/fact.hpp"
#include "domain/rules/decision.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What a client asks of a bout, in the imperative. `decide` turns it into
/// events or a refusal. Every field is as the client said it; nothing here is
/// trusted.
namespace ringside::bout {

/// Position of an event in its bout, counted from 1; the version of the bout
/// after that event.
using event_no = std::uint32_t;

struct fighter {
  std::string name;
  /// Free texts of the announcer's card; empty if unknown.
  std::string nickname;
  std::string record;
  std::string country;

  friend bool operator==(const fighter&, const fighter&) = default;
};

struct official {
  std::string name;
  /// The account that may take the seat; empty: bound later.
  std::string account;

  friend bool operator==(const official&, const official&) = default;
};

// -- before the first bell ----------------------------------------------------

struct create_bout {
  std::string ruleset;
  per_corner<fighter> fighters;
  /// 0: the rule set's default.
  int scheduled_rounds = 0;
  std::vector<official> judges;
  std::string arena;
  std::string event;
  std::string weight_class;
  bool title_bout = false;

  friend bool operator==(const create_bout&, const create_bout&) = default;
};

struct assign_judge {
  int seat = 0;
  official judge;
};

/// A judge takes the seat, or a supervisor gives it. `force` takes it from
/// whoever holds it and needs a reason.
struct bind_seat {
  int seat = 0;
  std::string account;
  std::string device;
  bool force = false;
  std::string reason;
};

// -- the round ----------------------------------------------------------------

struct open_round {
  int round = 0;
};

struct start_clock {};

struct stop_clock {
  std::string reason;
};

struct close_round {
  int round = 0;
};

/// All the `log_...`, `start_control`, `end_control` and `deduct_point`
/// commands. Without `round` it is the round at the time of the fact.
struct log_fact {
  fact what;
  std::optional<int> round;
};

struct retract_event {
  event_no no = 0;
  std::string reason;
};

/// The new fact takes the place of the old one, at the same moment.
struct replace_event {
  event_no no = 0;
  fact what;
  std::string reason;
};

// -- cards --------------------------------------------------------------------

/// `round` is 0 for cards of the whole bout.
struct submit_card {
  int seat = 0;
  int round = 0;
  card_entry entry;
  std::string reason;
};

struct revise_card {
  int seat = 0;
  int round = 0;
  card_entry entry;
  std::string authorised_by;
  std::string reason;
};

struct lock_round {
  int round = 0;
};

struct unlock_round {
  int round = 0;
  std::string authorised_by;
  std::string reason;
};

// -- the end ------------------------------------------------------------------

/// `winner` is absent for a no contest ordered by the referee.
struct record_finish {
  std::optional<corner> winner;
  rules::result_kind method = rules::result_kind::ko;
  int round = 0;
  round_ms at;
};

/// Why a foul or injury stops the bout.
enum class stoppage_cause : std::uint8_t {
  /// An accidental foul, at once.
  accidental_foul,
  /// An accidental injury made worse later by fair blows.
  accidental_aggravated,
  /// An intentional foul, at once.
  intentional_foul,
  /// An earlier intentional foul's injury stops it now.
  intentional_earlier,
  /// The injured fighter hurt himself while fouling.
  self_injury,
};

struct record_stoppage {
  stoppage_cause cause = stoppage_cause::accidental_foul;
  /// Who cannot go on.
  corner injured = corner::red;
  int round = 0;
  round_ms at;
};

struct approve_result {};
struct publish_result {};

struct overturn_result {
  rules::result_kind kind = rules::result_kind::no_contest;
  std::optional<corner> winner;
  std::string ground;
  std::string authorised_by;
  std::string reason;
};

struct cancel_bout {
  std::string reason;
};

// -- beside the fight ---------------------------------------------------------

struct add_note {
  std::string text;
  int round = 0;
};

struct raise_protest {
  std::string text;
  std::optional<corner> by;
};

struct rule_on_protest {
  event_no protest = 0;
  bool upheld = false;
  std::string reason;
};

using command_body
  = std::variant<create_bout, assign_judge, bind_seat, open_round, start_clock,
                 stop_clock, close_round, log_fact, retract_event,
                 replace_event, submit_card, revise_card, lock_round,
                 unlock_round, record_finish, record_stoppage, approve_result,
                 publish_result, overturn_result, cancel_bout, add_note,
                 raise_protest, rule_on_protest>;

/// When the client says it happened, mapped to server time by the session.
struct claimed_time {
  mono_us at;
  /// Half width of the guaranteed error bound, microseconds.
  std::int64_t err_us = 0;
};

struct command {
  uuid id;
  /// SHA-256 of the request body; the same id with another body is refused.
  std::array<std::uint8_t, 32> digest{};
  issuer by;
  std::optional<claimed_time> occurred;
  command_body body;
  /// `digest` without the personal text of the body, if it has one: all that
  /// the journal keeps in the open.
  std::optional<std::array<std::uint8_t, 32>> public_digest{};
};

} // namespace ringside::bout

namespace ringside {

template <>
struct enum_names<bout::stoppage_cause> {
  static constexpr std::array<std::string_view, 5> value{
    "accidental_foul", "accidental_aggravated", "intentional_foul",
    "intentional_earlier", "self_injury"};
};

} // namespace ringside
