#pragma once

#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"

#include <functional>
#include <memory>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace ringside {

/// What the READER needs: a way to open its own connection to the journal.
struct reader_deps {
  services_ptr services;
  std::function<result<std::unique_ptr<persistence::journal_store>>()> open;
};

/// State of the READER: answers from the journal, so that recovery and history
/// never wait behind the writer. Gives out no bytes that do not hash to their
/// leaf: then the answer is `corrupt` and names the entry. Detached in a real
/// node. Owns its own store object, opened on first use and again after a
/// failure. Loses nothing: its clients ask again.
struct reader_state {
  using pointer
    = caf::stateful_actor<reader_state, metered<protocol::reader_actor::base>>*;

  explicit reader_state(pointer) {
    // nop
  }

  protocol::entries_answer read(const protocol::read_bout& what);
  protocol::entries_answer read(const protocol::read_entries& what);
  protocol::tails_answer tails();
  protocol::leaves_answer leaves(const protocol::read_leaves& what);

  reader_deps deps;
  std::unique_ptr<persistence::journal_store> store;

  static inline const char* name = "reader";

private:
  /// The open store, or why there is none.
  result<persistence::journal_store*> opened();

  template <class Answer, class T>
  Answer answer(result<T> got);
};

/// The behaviour; spawn it detached in a real node, scheduled in simulation.
protocol::reader_actor::behavior_type
reader_behavior(reader_state::pointer self, reader_deps deps);

} // namespace ringside
