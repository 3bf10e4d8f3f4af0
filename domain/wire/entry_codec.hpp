#pragma once

#include "domain/audit/entry.hpp"
#include "domain/base/result.hpp"
#include "domain/bout/apply.hpp"
#include "domain/bout/event.hpp"
#include "domain/bout/state.hpp"

#include <optional>
#include <span>
#include <string>

/// From journal entries back to bouts: what a restarted actor, a takeover, a
/// replay and the verifier all do.
namespace ringside::wire {

/// The event in an entry as `audit::read_entry` gives it: number `bseq` + 1,
/// issuer from `actor`; a text that was erased reads "[erased]". Everything
/// an honest journal cannot hold is `corrupt`, and the detail names the entry.
result<bout::event> event_of(const audit::entry_fields& entry);

/// The event in an entry, if it is the next of a bout in this state and `apply`
/// can fold it; `corrupt` otherwise. For whoever folds a bout without
/// remembering its commands.
result<bout::event> next_event(const bout::state& s,
                               const audit::entry_fields& entry,
                               const bout::ruleset_lookup& find_ruleset);

/// Folds entries of one bout into its state, one after another. Unlike
/// `bout::apply` it trusts nothing: an entry that does not fit the state so
/// far (a gap, an unknown rule set, a seat or round that is not there, a torn
/// command) is `corrupt` and leaves the state as it was.
class bout_folder {
public:
  /// `find_ruleset` has to outlive the folder.
  explicit bout_folder(const bout::ruleset_lookup& find_ruleset)
    : find_ruleset_(find_ruleset) {
    // nop
  }

  result<unit> add(const audit::entry_fields& entry);

  /// The state after the last whole command. `corrupt` if the entries stop in
  /// the middle of one: a commit is all or nothing, so something is missing.
  result<bout::state> finish() &&;

private:
  result<unit> check_command(const audit::entry_fields& entry) const;
  void note_command(const audit::entry_fields& entry);

  const bout::ruleset_lookup& find_ruleset_;
  bout::state state_;
  /// The command whose entries are being read, if it has more to come.
  std::optional<audit::command_ref> open_;
  /// What its personal part says, or that it was erased.
  std::optional<audit::hash> body_digest_;
  bool erased_ = false;
};

/// All entries of a bout from its first, as read by `audit::read_entry`.
result<bout::state> fold_bout(std::span<const audit::entry_fields> entries,
                              const bout::ruleset_lookup& find_ruleset);

/// The same from the bytes alone, as if every personal part was erased.
result<bout::state> fold_bout(std::span<const std::string> entries,
                              const bout::ruleset_lookup& find_ruleset);

} // namespace ringside::wire
