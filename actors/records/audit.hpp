#pragma once

#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "domain/audit/leaf_log.hpp"
#include "domain/audit/signer_state.hpp"
#include "domain/audit/signing_key.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What the AUDIT needs.
struct audit_deps {
  services_ptr services;
  std::string origin;
  std::shared_ptr<const audit::signing_key> key;
  /// What was signed last, from the signer's own file.
  std::function<result<std::optional<audit::signer_state>>()> load_signed;
  /// Makes the new state durable before the signature leaves this actor.
  std::function<result<unit>(const audit::signer_state&)> store_signed;
};

/// The AUDIT with its private messages.
using audit_impl
  = protocol::audit_actor::extend<caf::replies_to<get_ready>::with<is_ready>,
                                  caf::reacts_to<tick>>;

/// State of the AUDIT: the tree in memory, signed checkpoints, proofs.
///
/// Life cycle: child of the node's supervisor, after the READER from which it
/// loads all leaves; a restart loads them again. Checkpoints: at once after a
/// milestone (a round locked, a result), every 5 s while entries arrive, every
/// hour in any case (audit reference 2.3). It signs only what is committed,
/// and never two heads that contradict each other. Leaves that arrive out of
/// order are fetched from the READER.
struct audit_state {
  using pointer
    = caf::stateful_actor<audit_state, metered<audit_impl::base, 16>>*;
  using ready_promise = caf::typed_response_promise<is_ready>;

  // -- construction -----------------------------------------------------------

  explicit audit_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(audit_deps what);

  // -- queries ----------------------------------------------------------------

  ready_promise when_ready();
  protocol::text_answer latest() const;
  protocol::text_answer inclusion(const protocol::get_inclusion& what) const;
  protocol::text_answer
  consistency(const protocol::get_consistency& what) const;
  protocol::text_answer tile(const protocol::get_tile& what) const;

  /// Signs first what is there, if a fresh checkpoint is asked for.
  protocol::proofs_answer proofs(const protocol::get_proofs& what);

  // -- transitions ------------------------------------------------------------

  void take(const protocol::leaves_committed& news);
  void on_tick();

  /// Tells the HUB the latest signed head.
  void publish() const;

  /// Signs what is there, if that was not done yet. At the orderly end it
  /// leaves nothing that could be cut off unnoticed.
  void sign();

  // -- data members -----------------------------------------------------------

  pointer self;
  audit_deps deps;
  audit::leaf_log log;
  /// Size of the journal as far as heard of; the log catches up with it.
  std::uint64_t committed = 0;
  std::optional<audit::signer_state> signed_last;
  /// The latest signed note; empty before the first.
  std::string note;
  /// Entries since the last checkpoint ask for one at the next tick.
  bool due = false;
  bool loading = false;
  int ticks_since_checkpoint = 0;
  /// Set when the signer refused; nothing is signed from then on.
  std::optional<error> halted;
  /// The signer's file could not be written; the next tick tries again.
  bool unkept = false;
  std::vector<ready_promise> waiting;
  ticker clock;

  static inline const char* name = "audit";

private:
  void load();
  void take_page(std::uint64_t from, const protocol::leaves_answer& page);
  void loaded();
  void halt(const error& reason);
  result<unit> keep_head(const audit::checkpoint& head);
};

audit_impl::behavior_type audit_behavior(audit_state::pointer self,
                                         audit_deps deps);

} // namespace ringside
