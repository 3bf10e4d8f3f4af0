#pragma once

#include "actors/bout/release_queue.hpp"
#include "actors/protocol/bout_actors.hpp"
#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "actors/runtime/timeline.hpp"
#include "domain/bout/decide.hpp"
#include "domain/bout/state.hpp"
#include "domain/wire/entry_codec.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What a BOUT needs.
struct bout_deps {
  services_ptr services;
  bout_id id;
  std::shared_ptr<const bout::ruleset_lookup> rulesets;
  timeline time;
};

namespace bout_msg {

/// INTERNAL: ask the JOURNAL again where this bout is.
struct check_place {
  std::uint64_t run = 0;
};

} // namespace bout_msg

/// The BOUT with its private messages.
using bout_impl
  = protocol::bout_actor::extend<caf::replies_to<get_ready>::with<is_ready>,
                                 caf::reacts_to<bout_msg::check_place>,
                                 caf::reacts_to<tick>>;

/// State of the BOUT: the single writer of one bout.
///
/// A command is decided and applied at once, but nothing of it leaves the actor
/// before the JOURNAL has it: answers, news and views wait in `held` until the
/// entries they speak of are durable, in order. While one append is on its way
/// the next one collects, so a busy bout commits in groups. If an append fails,
/// everything that waits is refused and the state is read from the journal
/// again, exactly as after a restart. A bout whose creation was refused or lost
/// has no entries: once the journal confirms that, the BOUTS put it to rest.
///
/// Life cycle: first child of the bout's supervisor. Owns nothing outside.
/// Limits: `bout_pending_max` answers in `held`, one append on its way.
struct bout_actor_state {
  using pointer
    = caf::stateful_actor<bout_actor_state, metered<bout_impl::base>>*;
  using ready_promise = caf::typed_response_promise<is_ready>;
  using event_list = std::shared_ptr<const std::vector<bout::event>>;
  using text_promise = caf::typed_response_promise<protocol::text_answer>;

  // -- construction -----------------------------------------------------------

  explicit bout_actor_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(bout_deps what);

  // -- queries ----------------------------------------------------------------

  ready_promise when_ready();
  text_promise view(const protocol::get_bout& what);
  text_promise events(const protocol::get_bout_events& what);

  // -- transitions ------------------------------------------------------------

  /// Decides a command, or holds it while the bout loads.
  void submit(const protocol::submit& what);

  void check_place_again(const bout_msg::check_place& what);

  /// Asks the JOURNAL whether the bout was never made, while it has no entry.
  void prove_emptiness();

  /// Answers everything that waits; part of an orderly exit.
  void fail_all(const error& reason);

  // -- data members -----------------------------------------------------------

  pointer self;
  bout_deps deps;
  std::string label;
  bout::state now;
  /// Set while the state is read from the journal.
  bool loading = false;
  std::optional<wire::bout_folder> folder;
  std::uint32_t loaded_entries = 0;
  /// Set once the JOURNAL has said that nothing of this bout is behind what was
  /// read. No command is decided before: it would be decided on the past.
  bool placed = false;
  /// Commands that came before the bout had its place.
  std::deque<protocol::submit> early;
  std::vector<ready_promise> ready_waiting;
  /// Entries that are decided but not sent to the JOURNAL.
  std::vector<persistence::entry_draft> drafts;
  bool append_under_way = false;
  /// Version up to which everything is durable.
  bout::event_no durable = 0;
  /// Commands whose position in the journal is not known yet.
  struct unplaced_command {
    uuid id;
    bout::event_no last = 0;
  };
  std::deque<unplaced_command> unplaced;
  /// Counts loads; answers to requests of an earlier run are stale.
  std::uint64_t load_run = 0;
  release_queue held;
  /// Set while the journal refuses to write.
  std::optional<error> read_only;
  caf::actor_clock::time_point read_only_since{};
  /// The phase the list of bouts knows.
  bout::phase told_phase = bout::phase::none;
  /// Runs while the bout has no entry: its creation may have failed, or may
  /// still turn up in the journal.
  ticker proof;
  /// Set when the journal has nothing of this bout: it takes no more commands
  /// and waits for its end.
  bool never_made = false;

  protocol::journal_actor journal;
  protocol::reader_actor reader;
  protocol::hub_actor hub;
  protocol::news_sink scorer;
  /// Invalid until there is one.
  protocol::news_sink harmonizer;
  protocol::bouts_actor bouts;

  static inline const char* name = "bout";

private:
  // -- loading (bout_loading.cpp) ---------------------------------------------

  void load();
  void read_page();
  void take_page(const protocol::entries_answer& page);
  void loaded();
  void load_failed(const error& reason);
  void check_place();
  void take_place(const protocol::appended& place);
  void no_place(const error& reason);
  void give_up();

  // -- deciding (bout.cpp) ----------------------------------------------------

  void decide_now(const protocol::submit& what);
  void accept(const protocol::submit& what,
              std::vector<bout::decided_event> decided);
  void repeat(const protocol::submit& what,
              const bout::remembered_command& known);
  void confirm(const protocol::submit& what, bout::event_no first,
               event_list news);
  /// Tells those who follow the bout what is durable.
  void tell(const protocol::bout_news& news);
  void deliver_events(text_promise promise,
                      const protocol::entries_answer& page,
                      const protocol::get_bout_events& what);
  protocol::text_answer event_page(const protocol::entries_answer& page,
                                   const protocol::get_bout_events& what) const;
  void answer(const protocol::submit& what, error reason);
  bool still_read_only();

  // -- writing (bout_writing.cpp) ---------------------------------------------

  void write();
  void written(bout::event_no first, bout::event_no last,
               const protocol::append_answer& answer);
  void write_failed(const error& reason);
  void tell_bouts();
};

bout_impl::behavior_type bout_behavior(bout_actor_state::pointer self,
                                       bout_deps deps);

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::bout_msg::check_place)
