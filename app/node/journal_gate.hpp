#pragma once

#include "app/node/world.hpp"
#include "domain/audit/verifier.hpp"
#include "persistence/journal_check.hpp"
#include "persistence/journal_store.hpp"

#include <functional>
#include <optional>
#include <string>

/// What stands between a journal as it was found and a node that writes on top
/// of it. The real node and the simulation pass through the same gate.
namespace ringside {

using load_signed_function
  = std::function<result<std::optional<audit::signer_state>>()>;

/// What a node finds before it starts.
struct checked_journal {
  audit::verify_report report;
  /// What the signer's file said; nothing if it is damaged.
  std::optional<audit::signer_state> signed_last;
};

/// The whole journal against the signer's own memory. A signer's file that is
/// damaged, missing or older than a checkpoint in the journal is a finding:
/// what was signed beyond it is not known any more. An error only if the disk
/// fails. Also right beside a running node.
result<checked_journal>
check_journal(persistence::journal_store& store, audit::verify_options options,
              const load_signed_function& load_signed,
              const persistence::check_progress& progress = {});

/// `entry 17: the stored leaf is not the hash of the stored bytes`
std::string text_of(const audit::finding& f);

/// Why nothing may be written on top of this journal, naming the first entry;
/// nothing if it is sound.
std::optional<error> why_unsound(const audit::verify_report& report);

/// If the journal is not sound, nothing of this world writes or signs; the
/// answer to both is why.
void shut_if_unsound(node_world& world, const audit::verify_report& report);

/// Makes the signer's file safe against what happens to it while the node runs:
/// a file that is gone or older than what this process has seen is `corrupt`
/// when it is read again, and is not written over.
/// @param seen what the check of the journal has seen.
void remember_signer(node_world& world,
                     std::optional<audit::signer_state> seen);

/// Adds a complaint about what lies beside the entries.
void complain(audit::verify_report& report, audit::finding found);

} // namespace ringside
