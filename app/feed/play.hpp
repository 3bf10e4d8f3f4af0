#pragma once

#include "app/feed/outcome.hpp"
#include "app/officials/accounts.hpp"

#include <functional>

namespace ringside::feed {

/// What every bout of the simulator has as its event, so that nobody takes it
/// for a real one.
inline constexpr const char* event_name = "Simulation: not a real bout";

struct play_options {
  feed_settings settings;
  std::string ruleset = "mma_abc_2025";
  /// Called about ten times a second.
  std::function<void(std::int64_t done_ms, std::int64_t of_ms)> progress;
};

/// Plays one bout with synthetic cameras and operators at a node, from its
/// creation to the published result, in real time. Blocks.
/// @returns `invalid_value` for settings that cannot be; the first refusal of
/// the node.
result<feed_outcome> play(const play_options& options,
                          const officials::place& where,
                          const officials::token_maker& tokens);

} // namespace ringside::feed
