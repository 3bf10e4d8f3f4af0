#pragma once

#include "app/officials/crew.hpp"
#include "app/simulate/script.hpp"
#include "domain/audit/json.hpp"

#include <functional>
#include <optional>
#include <string>

namespace ringside::simulate {

struct script_options {
  /// Seconds of the fight per second, 0.1 to 1000; 0: as fast as the node
  /// answers.
  double speed = 0;
  /// True if it has to end now: the bout is called off.
  std::function<bool()> stopping = [] { return false; };
  /// True if the node goes away: nothing is asked of it any more.
  std::function<bool()> abandoned = [] { return false; };
  /// Called after every round.
  std::function<void(std::size_t done, std::size_t of)> progress;
};

inline constexpr double speed_min = 0.1;
inline constexpr double speed_max = 1'000;

/// What became of a script.
struct script_outcome {
  std::string script;
  std::string title;
  /// Of the bout on the node.
  std::string bout_id;
  int rounds = 0;
  std::string result;
  std::optional<corner> winner;
  /// `2:1` and the like; empty after a finish.
  std::string tuple;
  std::string explanation;
  std::int64_t events = 0;
  std::int64_t took_ms = 0;
  /// Empty: the script expects nothing.
  std::optional<bool> as_expected;

  bool good() const noexcept {
    return as_expected.value_or(true);
  }
};

/// Plays a script at a node over HTTP and WebSocket, each official with an
/// account of their own, from creation to publication. Blocks.
/// @returns the first refusal of the node, with the round it came in;
/// `unavailable` if it was stopped. The bout is called off then.
result<script_outcome> run_script(const script& s,
                                  const officials::place& where,
                                  const officials::token_maker& tokens,
                                  const script_options& options);

std::string text_of(const script_outcome& o);
json::value json_of(const script_outcome& o);

} // namespace ringside::simulate
