#pragma once

#include "actors/protocol/bout_actors.hpp"
#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/child_spec.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/timeline.hpp"
#include "domain/audit/json.hpp"
#include "domain/bout/apply.hpp"
#include "domain/bout/state.hpp"
#include "domain/wire/entry_codec.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What the BOUTS need.
struct bouts_deps {
  services_ptr services;
  std::shared_ptr<const bout::ruleset_lookup> rulesets;
  timeline time;
  /// Name of the supervisor below which the bouts live.
  std::string supervisor;
  /// The children of one bout. Rooms of actors do not know each other, so the
  /// program says what a bout is made of.
  std::function<child_spec(const bout_id&, int seats)> make_bout;
};

using bouts_impl
  = protocol::bouts_actor::extend<caf::replies_to<get_ready>::with<is_ready>>;

/// State of the BOUTS: which bouts this node has, and which of them run.
///
/// Life cycle: restarts together with the supervisor of the bouts, and then
/// starts every bout that is not over again. A published bout rests when room
/// is needed and is woken when somebody asks. A creation that the journal
/// cannot take is refused before anything is started, and one that fails on
/// its way leaves nothing. Limits: `bouts_live_max` running.
struct bouts_state {
  using pointer = caf::stateful_actor<bouts_state, metered<bouts_impl::base>>*;
  using ready_promise = caf::typed_response_promise<is_ready>;
  using text_promise = caf::typed_response_promise<protocol::text_answer>;

  explicit bouts_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(bouts_deps what);

  // -- queries ----------------------------------------------------------------

  ready_promise when_ready();
  protocol::text_answer list(const protocol::list_bouts& what) const;

  // -- transitions ------------------------------------------------------------

  void create(const protocol::submit& what);
  text_promise wake(const protocol::wake_bout& what);
  void changed(const protocol::bout_changed& what);
  /// Tells the HUB the whole list.
  void publish_all() const;

  // -- data members -----------------------------------------------------------

  struct known_bout {
    std::string phase;
    /// JSON object as in lists.
    std::string summary;
    int seats = 0;
    /// Its actors run, or come up: then `starting` is set.
    bool running = false;
    bool starting = false;
    /// It is being stopped and cannot be started yet.
    bool leaving = false;
    /// Called when its actors are up, or cannot come up.
    std::vector<std::function<void(const error*)>> waiting;
  };

  pointer self;
  bouts_deps deps;
  std::map<bout_id, known_bout> known;
  /// Oldest first.
  std::vector<bout_id> order;
  /// Bouts whose entries are damaged, and why they were left out.
  std::map<bout_id, error> unreadable;
  std::size_t running = 0;
  bool loading = true;
  std::vector<ready_promise> waiting;
  std::deque<protocol::submit> early;
  protocol::journal_actor journal;
  protocol::reader_actor reader;
  protocol::hub_actor hub;

  static inline const char* name = "bouts";

private:
  // -- loading (bouts_loading.cpp) --------------------------------------------

  void load();
  void take_tails(std::vector<persistence::bout_tail> tails);
  void read_next();
  void take_page(const protocol::entries_answer& page);
  void take_bout();
  /// A bout whose entries are damaged stays away; the others start.
  void skip_bout(const error& reason);
  void load_failed(const error& reason);
  void loaded();

  // -- running ----------------------------------------------------------------

  /// Starts the actors of a bout, or waits for those that come up already;
  /// then calls `done` with an error or nothing.
  void start(const bout_id& id, std::function<void(const error*)> done);
  void started(const bout_id& id, const error* failed);
  void make_room();
  /// Stops the actors of a bout, then calls `done`.
  void put_to_rest(const bout_id& id, std::function<void()> done);
  /// Starts the actors of a bout that is about to be created.
  void admit(const protocol::submit& what, int seats);
  /// A bout whose creation failed leaves nothing behind.
  void never_made(const bout_id& id);
  void answer(const protocol::submit& what, error reason);
  void forward(const protocol::submit& what, const bout_id& id);
  known_bout& know(const bout_id& id);
  void forget(const bout_id& id);
  void publish(const bout_id& id, const known_bout& b) const;

  std::vector<bout_id> to_load;
  std::optional<wire::bout_folder> folder;
  std::uint32_t loaded_entries = 0;
  /// Position of the first entry of each bout while they are read.
  std::map<bout_id, std::uint64_t> first_seq;
};

bouts_impl::behavior_type bouts_behavior(bouts_state::pointer self,
                                         bouts_deps deps);

/// The id of the bout that a `create_bout` command makes. It follows from the
/// command alone: whoever repeats the command, even to a node that was
/// restarted in between, means the same bout.
bout_id bout_id_for(const uuid& command);

/// One bout in a list: identity and phase, as everybody may see them.
std::string bout_summary(const bout::state& s, const bout_id& id);

} // namespace ringside
