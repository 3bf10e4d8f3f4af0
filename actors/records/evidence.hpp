#pragma once

#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "domain/audit/bundle.hpp"
#include "domain/bout/apply.hpp"
#include "domain/bout/state.hpp"
#include "persistence/journal_store.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What the EVIDENCE needs.
struct evidence_deps {
  services_ptr services;
  std::string origin;
  /// Name and version of this program.
  std::string program;
  std::shared_ptr<const audit::signing_key> key;
  /// All keys the log ever had, the present one last.
  std::vector<audit::log_key> keys;
  std::shared_ptr<const bout::ruleset_lookup> rulesets;
  /// Opens the journal for reading.
  std::function<result<std::unique_ptr<persistence::journal_store>>()> open;
  /// Packs files into one zip.
  std::function<result<std::string>(const std::vector<audit::bundle_file>&)>
    pack;
};

/// State of the EVIDENCE: makes one bundle after another.
///
/// Life cycle: child of the node's supervisor, after READER and AUDIT.
/// Detached in a real node, because it blocks in the store and packs. Limits:
/// `bundle_bytes_max` of files in memory, `bundle_queue_max` waiting. A
/// restart loses what was asked for; the client asks again.
struct evidence_state {
  using pointer = caf::stateful_actor<evidence_state,
                                      metered<protocol::evidence_actor::base>>*;
  using promise = caf::typed_response_promise<protocol::bundle_answer>;

  struct job {
    protocol::get_bundle what;
    promise to;
    audit::bundle_source source;
    std::uint64_t size = 0;
  };

  explicit evidence_state(pointer ptr) : self(ptr) {
    // nop
  }

  /// Queues a bundle.
  promise add(const protocol::get_bundle& what);

  /// Fails everything that waits; part of an orderly exit.
  void fail_all(const error& reason);

  pointer self;
  evidence_deps deps;
  /// The front is being made.
  std::deque<job> jobs;

  static inline const char* name = "evidence";

private:
  void start_next();
  result<unit> read_entries();
  /// Reads a chain to its end; `bytes` counts what the bundle has so far.
  result<unit> read_chain(persistence::journal_store& from,
                          const bout_id& chain,
                          std::vector<audit::bundle_entry>& to,
                          std::size_t& bytes);
  void ask_proofs();
  void take_proofs(const protocol::proofs_answer& answer);
  result<unit> cut_at_checkpoint(const protocol::proof_list& first);
  result<std::shared_ptr<const std::string>> pack();
  void finish(result<std::shared_ptr<const std::string>> made);
};

/// The behaviour; spawn it detached in a real node, scheduled in simulation.
protocol::evidence_actor::behavior_type
evidence_behavior(evidence_state::pointer self, evidence_deps deps);

} // namespace ringside
