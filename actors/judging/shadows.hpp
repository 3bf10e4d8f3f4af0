#pragma once

#include "actors/judging/folded_bout.hpp"
#include "actors/protocol/judging_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "domain/advice/shadow_book.hpp"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What the SHADOWS need.
struct shadows_deps {
  services_ptr services;
  rulesets_ptr rulesets;
};

using shadows_impl = protocol::shadows_actor::extend<caf::reacts_to<tick>>;

/// State of the SHADOWS: judges in training beside the panels of this node.
///
/// Everything is an entry of the chain `_shadows` first. A bout is looked at in
/// the journal and never written: it cannot tell whether it has shadows. One
/// request at a time, in the order of arrival; at most `requests_max` wait.
///
/// Life cycle: child of the node's supervisor. Restarted, it reads its chain.
struct shadows_state {
  using pointer
    = caf::stateful_actor<shadows_state, metered<shadows_impl::base>>*;
  using promise = caf::typed_response_promise<protocol::text_answer>;

  static constexpr std::size_t requests_max = 64;

  explicit shadows_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(shadows_deps what);

  promise give(const protocol::give_shadow_seat& what);
  promise file(const protocol::file_shadow_card& what);
  promise show(const protocol::get_shadows& what);
  void on_tick(const tick& t);

  // -- data members -----------------------------------------------------------

  pointer self;
  shadows_deps deps;
  advice::shadow_book book;
  /// The chain was read to its end.
  bool loaded = false;
  /// A request is being worked on.
  bool busy = false;
  /// The chain cannot be read and does not mend itself.
  std::optional<error> damaged;
  std::deque<std::function<void()>> requests;
  /// Bouts that were asked about, as far as they were read.
  std::map<bout_id, folded_bout_ptr> bouts;
  protocol::reader_actor reader;
  protocol::journal_actor journal;
  /// Runs while the chain is to be read again.
  ticker again;

  static inline const char* name = "shadows";

private:
  using on_bout = std::function<void(const bout::state&)>;

  /// Asks the journal where the chain is, behind all that is on its way, and
  /// reads.
  void load();
  void read();
  void take_page(const protocol::entries_answer& page);
  void load_failed(const error& reason);

  /// Works on requests; one after the other.
  void next();
  void done();
  promise queue(std::function<void(promise)> work);
  /// Reads the bout and goes on with its state, or answers why not.
  void with_bout(const bout_id& id, promise reply, on_bout then);
  template <class Decide>
  promise change(const issuer& by, const bout_id& id, std::string_view kind,
                 Decide decide);
  void commit(const issuer& by, const bout_id& id, std::string_view kind,
              json::value data, const bout::state& s, promise reply);
  void answer(const issuer& by, const bout_id& id, const bout::state& s,
              promise reply);
  void fail(promise reply, const error& reason);
};

shadows_impl::behavior_type shadows_behavior(shadows_state::pointer self,
                                             shadows_deps deps);

} // namespace ringside
