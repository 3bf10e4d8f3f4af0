#pragma once

#include "domain/bout/command.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What happened to a bout, in the past tense. An event is a fact of the
/// journal: it was decided, it is never refused, and `apply` folds it.
namespace ringside::bout {

struct bout_created {
  std::string ruleset;
  int ruleset_version = 0;
  per_corner<fighter> fighters;
  int scheduled_rounds = 0;
  std::vector<official> judges;
  std::string arena;
  std::string event;
  std::string weight_class;
  bool title_bout = false;
};

struct judge_assigned {
  int seat = 0;
  official judge;
};

struct seat_bound {
  int seat = 0;
  std::string account;
  std::string device;
  bool forced = false;
  std::string reason;
};

struct round_opened {
  int round = 0;
};

struct clock_started {
  int round = 0;
  /// Time already run in this round.
  round_ms at;
};

struct clock_stopped {
  int round = 0;
  round_ms at;
  std::string reason;
};

struct round_closed {
  int round = 0;
  round_ms at;
};

struct fact_logged {
  fact what;
  int round = 0;
  round_ms at;
  /// Half width of the bound on its time, microseconds; 0 if unknown.
  std::int64_t err_us = 0;
};

struct event_retracted {
  event_no no = 0;
  std::string reason;
};

struct fact_replaced {
  event_no replaces = 0;
  fact what;
  int round = 0;
  round_ms at;
  std::string reason;
};

struct card_filed {
  int seat = 0;
  int round = 0;
  card_entry entry;
  std::string reason;
  /// Filed after the deadline of the rule set.
  bool late = false;
};

struct card_revised {
  int seat = 0;
  int round = 0;
  card_entry entry;
  std::string authorised_by;
  std::string reason;
};

struct round_locked {
  int round = 0;
};

struct round_unlocked {
  int round = 0;
  std::string authorised_by;
  std::string reason;
};

struct finish_recorded {
  std::optional<corner> winner;
  rules::result_kind method = rules::result_kind::ko;
  int round = 0;
  round_ms at;
};

struct stoppage_recorded {
  stoppage_cause cause = stoppage_cause::accidental_foul;
  corner injured = corner::red;
  int round = 0;
  round_ms at;
};

/// The cards give no winner and the rule set wants one more round.
struct extension_ordered {
  int round = 0;
};

/// The rule set wants each of these judges to name a winner.
struct picks_requested {
  std::vector<int> seats;
};

struct result_derived {
  rules::outcome result;
};

/// A round was unlocked, so the derived result no longer stands.
struct result_withdrawn {};

struct result_approved {};
struct result_published {};

struct result_overturned {
  rules::outcome result;
  std::string ground;
  std::string authorised_by;
  std::string reason;
};

struct bout_cancelled {
  std::string reason;
};

struct note_added {
  std::string text;
  int round = 0;
};

struct protest_raised {
  std::string text;
  std::optional<corner> by;
};

struct protest_ruled {
  event_no protest = 0;
  bool upheld = false;
  std::string reason;
};

using event_body = std::variant<
  bout_created, judge_assigned, seat_bound, round_opened, clock_started,
  clock_stopped, round_closed, fact_logged, event_retracted, fact_replaced,
  card_filed, card_revised, round_locked, round_unlocked, finish_recorded,
  stoppage_recorded, extension_ordered, picks_requested, result_derived,
  result_withdrawn, result_approved, result_published, result_overturned,
  bout_cancelled, note_added, protest_raised, protest_ruled>;

/// One event in its place.
struct event {
  event_no no = 0;
  issuer by;
  /// When it happened on the server's timeline.
  mono_us at;
  event_body body;
};

} // namespace ringside::bout
