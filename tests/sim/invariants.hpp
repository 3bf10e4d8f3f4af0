#pragma once

#include "actors/protocol/feed_messages.hpp"
#include "domain/audit/json.hpp"
#include "domain/audit/signer_state.hpp"
#include "domain/audit/signing_key.hpp"
#include "persistence/memory/memory_disk.hpp"
#include "tests/sim/truth.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ringside::sim {

/// What reached somebody: from whom it was meant, and which state it shows.
struct shown {
  bout_id bout;
  wire::audience who;
  /// Where it came from, for the report.
  std::string where;
};

/// Holds a view of a bout (a snapshot's state, a delta's changes, a GET)
/// against the wall and against what is durable.
void check_view(run_log& log, const truth& durable, const shown& to,
                const json::value& view);

/// A whole view of that version is the fold of the journal, if no later one is
/// durable.
void check_whole(run_log& log, const truth& durable, const shown& to,
                 const json::object& view);

/// The same for a list of events that came with a view of that version.
void check_events(run_log& log, const truth& durable, const shown& to,
                  const json::value& events, bout::event_no version);

/// The disk against the truth: every bout folds to the same state.
void check_folds(run_log& log, const truth& durable,
                 const std::shared_ptr<persistence::memory_disk>& disk,
                 const bout::ruleset_lookup& rulesets);

/// The disk against its own proof, with what was signed last, and what the
/// proof says of erased texts against the truth.
void check_proof(run_log& log, const truth& durable,
                 const std::shared_ptr<persistence::memory_disk>& disk,
                 const audit::signing_key& key,
                 const std::optional<audit::signer_state>& signed_last);

} // namespace ringside::sim
