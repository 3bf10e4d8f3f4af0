#pragma once

#include "domain/bout/box_score.hpp"
#include "domain/bout/control.hpp"
#include "domain/bout/event.hpp"
#include "domain/bout/round_clock.hpp"
#include "domain/rules/decision.hpp"
#include "domain/rules/ruleset.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// The state of one bout: the fold of its events, nothing else. The same fold
/// runs live, after a restart, in replay, in simulation and in the verifier.
namespace ringside::bout {

enum class phase : std::uint8_t {
  /// Nothing happened yet.
  none,
  created,
  /// A round is open.
  in_round,
  /// Between two rounds, or after the last one while cards come in.
  between_rounds,
  /// A result is derived; it is unofficial.
  decided,
  approved,
  published,
  cancelled,
};

enum class round_status : std::uint8_t { open, closed, locked };

/// A card as it stands now; earlier versions are in the journal.
struct filed_card {
  card_entry entry;
  std::string reason;
  event_no no = 0;
  mono_us at;
  bool late = false;
  int revisions = 0;
};

struct seat_state {
  official judge;
  /// Who holds the seat now; empty if nobody does.
  std::string account;
  std::string device;
  /// By round, index 0 is round 1.
  std::vector<std::optional<filed_card>> rounds;
  /// Pick or criteria of the whole bout.
  std::optional<filed_card> whole_bout;
};

/// One deduction that stands, for the display; sums are in the round.
struct standing_deduction {
  event_no no = 0;
  deduction what;
  /// See `standing_fact::order`.
  event_no order = 0;
};

struct round_state {
  round_status status = round_status::open;
  round_clock clock;
  /// The events that set the clock, oldest first.
  std::vector<event_no> clock_events;
  mono_us opened_at;
  std::optional<mono_us> closed_at;
  /// Running time when the round was closed.
  round_ms closed_ms;
  /// Longest running time of this round by the rule set.
  round_ms length;
  per_corner<box_score> boxes;
  control_log control;
  std::vector<standing_deduction> deductions;
  per_corner<points> deducted;
  /// True for rounds ordered because the cards gave no winner.
  bool extension = false;
  /// True if a finish or stoppage closed the round before the bell.
  bool cut_short = false;
};

/// A logged fact that can still be retracted or replaced.
struct standing_fact {
  fact what;
  int round = 0;
  /// Running time as it was logged; `time_at` says what it is by the clock as
  /// it stands.
  round_ms at;
  std::string author;
  /// When it happened on the server's timeline.
  mono_us moment;
  /// The event that logged it first. A replacement takes over this place, so
  /// that facts of one moment keep their order.
  event_no order = 0;
};

/// The finish or stoppage that stands, and what it did beside ending the bout.
struct ending {
  event_no no = 0;
  /// It closed the open round.
  bool closed_round = false;
  /// It stopped the running clock of that round.
  bool stopped_clock = false;
};

struct protest {
  event_no no = 0;
  std::string text;
  std::optional<corner> by;
  std::optional<bool> upheld;
  std::string ruling;
};

struct note {
  event_no no = 0;
  std::string text;
  int round = 0;
  std::string author;
};

/// The answer a command got, kept so that a repeat gets the same one.
struct remembered_command {
  std::array<std::uint8_t, 32> digest{};
  event_no first = 0;
  event_no last = 0;
  /// Journal position of its last event, as in the first answer.
  std::uint64_t position = 0;
  /// The text of the command was erased: `digest` is of the rest of its body.
  bool erased = false;
};

struct state {
  std::shared_ptr<const rules::ruleset> ruleset;
  bout::phase phase = phase::none;
  /// Number of events folded; the `version` of the wire.
  event_no version = 0;

  per_corner<fighter> fighters;
  std::string arena;
  std::string event_name;
  std::string weight_class;
  bool title_bout = false;
  /// Rounds before any extension.
  int scheduled_rounds = 0;
  mono_us created_at;

  std::vector<seat_state> seats;
  std::vector<round_state> rounds;
  /// Extra rounds that were ordered.
  int extensions = 0;
  /// Seats that have to name a winner.
  std::vector<int> picks_wanted;

  std::optional<finish_recorded> finish;
  std::optional<stoppage_recorded> stoppage;
  std::optional<bout::ending> ended;
  /// The result in force; unofficial until approved.
  std::optional<rules::outcome> result;
  /// Results that were in force before, oldest first.
  std::vector<rules::outcome> former_results;
  std::string approved_by;
  std::string published_by;
  bool overturned = false;
  std::string cancel_reason;

  std::vector<protest> protests;
  std::vector<note> notes;

  std::unordered_map<event_no, standing_fact> facts;
  std::unordered_map<uuid, remembered_command> commands;
};

/// The round a running number names, or null. `round` counts from 1.
const round_state* find_round(const state& s, int round) noexcept;
round_state* find_round(state& s, int round) noexcept;

/// The seat a number names, or null. `seat` counts from 1.
const seat_state* find_seat(const state& s, int seat) noexcept;
seat_state* find_seat(state& s, int seat) noexcept;

/// The last round that was opened, or null.
const round_state* current_round(const state& s) noexcept;

/// Number of the last round that was opened; 0 before the first.
int current_round_no(const state& s) noexcept;

/// The event that set the clock of the open round last; 0 if there is none.
event_no last_clock_event(const state& s) noexcept;

/// Rounds that may be fought: the scheduled ones and ordered extensions.
int rounds_allowed(const state& s) noexcept;

/// Running time of a round at `now`, as the rule set bounds it.
round_ms clock_at(const round_state& r, mono_us now) noexcept;

/// Running time of a round when something happened in it; never after its end.
round_ms time_at(const round_state& r, mono_us moment) noexcept;

/// The card a seat has filed for `round`, 0 for the whole bout; or null.
const filed_card* find_card(const seat_state& seat, int round) noexcept;

/// True if every seat has the card that `round` needs before it may be locked;
/// never true where there is no seat.
bool cards_complete(const state& s, int round);

/// Seats whose card for `round` is missing; whole-bout cards for round 0.
std::vector<int> seats_without_card(const state& s, int round);

/// True while the bout can still take facts, cards or rounds.
bool live(const state& s) noexcept;

} // namespace ringside::bout

namespace ringside {

template <>
struct enum_names<bout::phase> {
  static constexpr std::array<std::string_view, 8> value{
    "none",    "created",  "in_round",  "between_rounds",
    "decided", "approved", "published", "cancelled"};
};

template <>
struct enum_names<bout::round_status> {
  static constexpr std::array<std::string_view, 3> value{"open", "closed",
                                                         "locked"};
};

} // namespace ringside
