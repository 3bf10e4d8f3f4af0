#pragma once

#include "domain/base/result.hpp"
#include "domain/bout/apply.hpp"
#include "domain/bout/state.hpp"

#include <optional>
#include <vector>

namespace ringside::bout {

/// What a decision needs beside the state.
struct decide_context {
  mono_us now;
  const ruleset_lookup& find_ruleset;
};

/// An event before it has its number.
struct decided_event {
  mono_us at;
  event_body body;
};

/// Turns a command into events, or says why not. Pure: the state is not
/// touched. The checks, in order: the role may do this, the bout exists, the
/// phase allows it, the values are ones the rule set knows.
result<std::vector<decided_event>> decide(const state& s, const command& c,
                                          const decide_context& context);

/// The earlier answer to this command: nothing if it is new, an error if the
/// id was used with another body.
result<std::optional<remembered_command>> recall(const state& s,
                                                 const command& c);

} // namespace ringside::bout
