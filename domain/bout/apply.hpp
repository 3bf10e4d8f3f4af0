#pragma once

#include "domain/bout/state.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace ringside::bout {

/// Finds a rule set by id and version; null if it is not known.
using ruleset_lookup = std::function<std::shared_ptr<const rules::ruleset>(
  std::string_view id, int version)>;

/// Folds one event into the state. Total: it cannot fail, because `decide`
/// let only events pass that fit. `e.no` must be `s.version + 1`.
void apply(state& s, const event& e, const ruleset_lookup& find_ruleset);

/// Remembers that a command made the events `first` to `last`, the last of
/// them at `position` of the journal. `erased`: see `remembered_command`.
void remember(state& s, const uuid& id,
              const std::array<std::uint8_t, 32>& digest, event_no first,
              event_no last, std::uint64_t position, bool erased = false);

} // namespace ringside::bout
