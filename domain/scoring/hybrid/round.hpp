#pragma once

#include "domain/base/strong_id.hpp"
#include "domain/scoring/hybrid/fuse.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// One round of combined scoring as a state machine in the manner of
/// `domain/bout`: open, scoring, locked. Commands are decided, events applied.
namespace ringside::scoring::hybrid {

enum class phase : std::uint8_t {
  /// Nobody has opened it.
  absent,
  /// The round is fought; reports come in.
  open,
  /// It is over; late reports still come in and the score is looked at.
  scoring,
  /// Nothing changes any more.
  locked,
};

/// Which versions of the settings score the round.
struct settings {
  std::string id;
  int version = 0;
  std::string normalise;
  int normalise_version = 0;
  int calibration_version = 0;

  friend bool operator==(const settings&, const settings&) = default;
};

using digest = std::array<std::uint8_t, 32>;

// -- commands -----------------------------------------------------------------

struct open_round {
  coverage watched = coverage::both;
};

struct report {
  evidence what;
};

struct withdraw {
  std::string id;
  std::string reason;
};

/// A kind of source fails, or comes back.
struct change_coverage {
  coverage watched = coverage::both;
  std::string reason;
};

/// The settings at hand take over from those the round was opened under.
struct change_settings {
  std::string reason;
};

struct begin_scoring {};

/// Locks the score that was previewed at `position`, or nothing.
struct lock_score {
  std::uint64_t position = 0;
};

struct unlock_score {
  std::string reason;
};

using command_body
  = std::variant<open_round, report, withdraw, change_coverage, change_settings,
                 begin_scoring, lock_score, unlock_score>;

struct command {
  bout_id bout;
  int round = 0;
  /// Who asks.
  std::string by;
  command_body body;
};

// -- events -------------------------------------------------------------------

struct opened {
  bout_id bout;
  int round = 0;
  coverage watched = coverage::both;
  settings with;
};

struct reported {
  evidence what;
};

struct withdrawn {
  std::string id;
  std::string reason;
};

struct coverage_changed {
  coverage watched = coverage::both;
  std::string reason;
};

struct settings_changed {
  settings with;
  std::string reason;
};

struct scoring_begun {};

/// The score itself is part of the event: settings that change later cannot
/// change it.
struct score_locked {
  std::uint64_t position = 0;
  fused_round score;
  hybrid::digest digest{};
};

struct score_unlocked {
  std::string reason;
};

using event_body
  = std::variant<opened, reported, withdrawn, coverage_changed,
                 settings_changed, scoring_begun, score_locked, score_unlocked>;

struct event {
  std::string by;
  event_body body;
};

// -- state --------------------------------------------------------------------

/// One lock and, where it did not last, why.
struct lock_record {
  std::uint64_t position = 0;
  fused_round score;
  hybrid::digest digest{};
  std::string by;
  /// Empty while it stands.
  std::string unlocked_by;
  std::string unlock_reason;

  friend bool operator==(const lock_record&, const lock_record&) = default;
};

struct state {
  bout_id bout;
  int round = 0;
  hybrid::phase phase = phase::absent;
  coverage watched = coverage::both;
  settings with;
  /// How many events were applied; what a preview names.
  std::uint64_t position = 0;
  /// By id, so that the order of arrival leaves no trace.
  std::map<std::string, evidence, std::less<>> reports;
  std::set<std::string, std::less<>> withdrawn;
  std::vector<lock_record> locks;

  friend bool operator==(const state&, const state&) = default;
};

/// Folds one event that `decide` gave. Total: it cannot fail.
void apply(state& s, const event& e);

} // namespace ringside::scoring::hybrid

namespace ringside {

template <>
struct enum_names<scoring::hybrid::phase> {
  static constexpr std::array<std::string_view, 4> value{"absent", "open",
                                                         "scoring", "locked"};
};

} // namespace ringside
