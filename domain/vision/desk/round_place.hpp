#pragma once

#include "domain/bout/state.hpp"

#include <optional>

namespace ringside::desk {

/// Where in a bout a moment lies.
struct round_place {
  int round = 0;
  round_ms at;
  /// The clock ran.
  bool running = false;
};

/// The round that was open at `t`, with its clock as it stands; nothing
/// between rounds.
std::optional<round_place> place_of(const bout::state& now, mono_us t);

} // namespace ringside::desk
