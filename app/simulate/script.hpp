#pragma once

#include "app/replay/plan.hpp"
#include "domain/base/result.hpp"
#include "domain/rules/decision.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Scripted bouts: what happens when, in a YAML file, played by officials
/// through a real node. See config/simulation/README.md for the keys.
namespace ringside::simulate {

/// What all simulated bouts have as their event, so that nobody takes one for
/// a real bout.
inline constexpr const char* event_name = "Simulation: not a real bout";

struct script_end {
  std::optional<corner> winner;
  rules::result_kind method = rules::result_kind::ko;
  round_ms at;
};

struct script_round {
  /// Running time; a round that the script cuts short has its `end`.
  round_ms length;
  replay::round_plan plan;
  /// One per judge; empty where the end cuts the round short.
  std::vector<rules::round_score> cards;
  std::optional<script_end> end;
};

/// What has to come out.
struct script_expectation {
  rules::result_kind result = rules::result_kind::unanimous_decision;
  std::optional<corner> winner;
};

struct script {
  std::string id;
  std::string title;
  std::string ruleset;
  int scheduled_rounds = 3;
  per_corner<std::string> fighters;
  std::vector<std::string> judges;
  std::vector<script_round> rounds;
  std::optional<script_expectation> expect;
};

/// Reads a script.
/// @returns `io_error`, `too_large`, `malformed` or `invalid_value` with one
/// `file:line: text` for each problem; an unknown key names the nearest.
result<script> load_script(const std::filesystem::path& path);

/// The same from a text. @param name Stands for the file in messages.
result<script> parse_script(const std::string& text, const std::string& name);

} // namespace ringside::simulate
