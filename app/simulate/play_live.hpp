#pragma once

#include "app/simulate/run_script.hpp"
#include "app/simulate/token_cache.hpp"
#include "domain/synthetic/play.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ringside::simulate {

/// Synthetic bouts that were played at a node beside their calculation.
struct live_outcome {
  std::int64_t bouts = 0;
  /// The node's result was the calculated one.
  std::int64_t equal = 0;
  /// Not played: the rules do not derive a result, for example where they want
  /// an extra round.
  std::int64_t without_result = 0;
  std::int64_t events = 0;
  std::int64_t took_ms = 0;
  /// One line for each bout whose result was another.
  std::vector<std::string> differences;

  bool good() const noexcept {
    return equal == bouts;
  }
};

/// Plays the bouts 0 to `bouts` - 1 of a series at a node, one after another:
/// every fact by an operator, every card by its judge, each with a connection
/// of their own, through the actors that run real bouts. Blocks.
/// @param tokens Kept between calls.
/// @returns the first refusal of the node, with the bout it came in.
result<live_outcome> play_live(const synthetic::series& s, std::uint64_t bouts,
                               const officials::place& where,
                               const officials::token_maker& make,
                               token_cache& tokens,
                               const script_options& options);

std::string text_of(const live_outcome& o);
json::value json_of(const live_outcome& o);

} // namespace ringside::simulate
