#pragma once

#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "persistence/journal_writer.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What the JOURNAL needs. The store is opened by the actor itself, again
/// after every failure, because a store whose commit failed is unusable.
struct journal_deps {
  services_ptr services;
  std::string origin;
  std::function<result<std::unique_ptr<persistence::journal_store>>()> open;
  /// Wall clock of the entries.
  std::function<utc_ns()> utc_now;
  /// Makes the salts of personal parts.
  persistence::random_source random;
};

namespace journal_msg {

/// INTERNAL: commit what waits.
struct flush {};

} // namespace journal_msg

/// The JOURNAL with its private messages.
using journal_impl
  = protocol::journal_actor::extend<caf::reacts_to<journal_msg::flush>,
                                    caf::reacts_to<tick>>;

/// State of the JOURNAL: the only writer. Group commit without a timer: an
/// append waits for the `flush` that the actor sends itself, and that message
/// queues behind everything already in the mailbox.
///
/// Life cycle: child of the node's supervisor, before every actor that writes.
/// Blocks in the store, so it is detached in a real node. Limits:
/// `commit_entries_max` in one transaction, `journal_queue_max` waiting.
/// A restart loses appends that were not answered; their writers reload.
struct journal_state {
  using pointer
    = caf::stateful_actor<journal_state, metered<journal_impl::base, 16>>*;
  using promise = caf::typed_response_promise<protocol::append_answer>;

  // -- construction -----------------------------------------------------------

  explicit journal_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(journal_deps what);

  // -- queries ----------------------------------------------------------------

  protocol::journal_state status() const;

  // -- transitions ------------------------------------------------------------

  /// Queues the batch for the next commit.
  promise add(const protocol::append& what);

  /// Commits what waits, answers, tells the AUDIT.
  void flush();

  void keep(const persistence::checkpoint_row& row);

  /// Opens the store anew; on failure the node stays read-only.
  void reopen();

  /// Fails everything that waits; part of an orderly exit.
  void fail_waiting(const error& reason);

  // -- data members -----------------------------------------------------------

  pointer self;
  journal_deps deps;
  std::unique_ptr<persistence::journal_store> store;
  std::optional<persistence::journal_writer> writer;
  std::optional<error> read_only;
  std::vector<persistence::append_batch> waiting;
  /// Who waits for the next commit. Shared with the actor's end, which comes
  /// after this state: a writer is told at once, not by its timeout.
  std::shared_ptr<std::vector<promise>> promises
    = std::make_shared<std::vector<promise>>();
  std::size_t waiting_entries = 0;
  bool flush_pending = false;
  ticker retry;
  std::uint64_t commits = 0;
  std::uint64_t entries = 0;

  static inline const char* name = "journal";

private:
  void answer(std::vector<result<persistence::batch_place>> places,
              std::vector<promise> to);
  void tell_audit(bool milestone) const;
  void tell_audit_size() const;
  void keep_failed(const error& reason);
  void enter_read_only(const error& reason);
};

/// The behaviour; spawn it detached in a real node, scheduled in simulation.
journal_impl::behavior_type journal_behavior(journal_state::pointer self,
                                             journal_deps deps);

/// True for entries after which a checkpoint is due at once.
bool is_milestone(std::string_view kind) noexcept;

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::journal_msg::flush)
