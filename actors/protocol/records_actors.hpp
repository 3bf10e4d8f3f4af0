#pragma once

#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/journal_messages.hpp"
#include "actors/protocol/query_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// The journal and its proof.
namespace ringside::protocol {

/// The JOURNAL, the only writer. Detached. `node/journal`
using journal_actor = caf::typed_actor<
  /// Appends in the next group commit.
  caf::replies_to<append>::with<append_answer>,
  /// Keeps a signed checkpoint.
  caf::reacts_to<keep_checkpoint>,
  /// Size, counters, and whether it can be written.
  caf::replies_to<get_journal_state>::with<journal_state>>;

/// The READER of the journal. Detached, so that recovery and history never
/// wait behind the writer. `node/reader`
using reader_actor
  = caf::typed_actor<caf::replies_to<read_bout>::with<entries_answer>,
                     caf::replies_to<read_entries>::with<entries_answer>,
                     caf::replies_to<read_tails>::with<tails_answer>,
                     caf::replies_to<read_leaves>::with<leaves_answer>>;

/// The AUDIT keeps the tree, signs checkpoints and makes proofs. `node/audit`
using audit_actor = caf::typed_actor<
  /// New leaves, from the JOURNAL.
  caf::reacts_to<leaves_committed>,
  /// The HUB needs the head again.
  caf::reacts_to<hub_started>,
  /// The latest checkpoint, a signed note.
  caf::replies_to<get_checkpoint>::with<text_answer>,
  /// A tlog-proof text.
  caf::replies_to<get_inclusion>::with<text_answer>,
  /// Base64 lines.
  caf::replies_to<get_consistency>::with<text_answer>,
  /// Bytes of a tile of hashes.
  caf::replies_to<get_tile>::with<text_answer>,
  /// Proofs for many entries.
  caf::replies_to<get_proofs>::with<proofs_answer>>;

/// The EVIDENCE of a bout, packed for somebody to check offline. Detached.
/// `node/evidence`
using evidence_actor
  = caf::typed_actor<caf::replies_to<get_bundle>::with<bundle_answer>>;

} // namespace ringside::protocol
