#pragma once

#include "actors/protocol/advice_actors.hpp"
#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "domain/advice/hybrid_round.hpp"
#include "domain/advice/round_advice.hpp"
#include "domain/bout/apply.hpp"
#include "domain/bout/state.hpp"
#include "domain/scoring/bout_tally.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What a SCORER needs.
struct scorer_deps {
  services_ptr services;
  bout_id id;
  std::shared_ptr<const bout::ruleset_lookup> rulesets;
};

namespace scorer_msg {

/// INTERNAL: a message to its own name came back.
struct knock {};

} // namespace scorer_msg

using scorer_impl
  = protocol::scorer_actor::extend<caf::reacts_to<scorer_msg::knock>,
                                   caf::reacts_to<tick>>;

/// State of the SCORER: what Fight Judge thinks of every round of one bout.
///
/// It folds the same events as the BOUT, from the BOUT's news, and keeps one
/// tally per round beside the state, so that an event costs the same at any
/// time. Assessments are made when somebody asks and when the topic
/// `assessment/<id>` is due: at most ten times a second, and only for rounds
/// whose receipt changed.
///
/// Beside it stands the hybrid result of each round. What cameras report is
/// written to a chain of its own before it counts; when the officials lock a
/// round, its hybrid result is locked there with a digest.
///
/// Life cycle: below a supervisor of its own beside the BOUT, which neither
/// waits for it nor feels its end. It reads the journal and asks what is in
/// force once its name leads to it: from then on nothing passes it by. Keeps no
/// queue: news that do not fit are read from the journal again.
struct scorer_state {
  using pointer
    = caf::stateful_actor<scorer_state, metered<scorer_impl::base>>*;
  using evidence_promise
    = caf::typed_response_promise<protocol::evidence_answer>;

  explicit scorer_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(scorer_deps what);

  // -- queries ----------------------------------------------------------------

  protocol::text_answer assessment(const protocol::get_assessment& what) const;
  protocol::text_answer judging(const protocol::get_judging& what) const;

  // -- transitions ------------------------------------------------------------

  void take(const protocol::bout_news& news);
  void take(const protocol::now_in_force& what);
  evidence_promise take(const protocol::report_evidence& what);
  /// The HUB knows nothing any more.
  void publish_all();
  /// Its name leads to it from now on.
  void reached();
  void on_tick(const tick& t);

  // -- data members -----------------------------------------------------------

  /// What an assessment depends on: version of the round, of the calibration,
  /// and of the hybrid result: evidence, locks, whether it is locked.
  using basis = std::tuple<bout::event_no, int, int, std::size_t, bool>;

  /// What the journal has of hybrid scoring, and what is on its way to it.
  struct hybrid_part {
    advice::hybrid_book book;
    bool loading = false;
    bool read_once = false;
    /// A write is in doubt: read again before the next one.
    bool stale = false;
    /// One write at a time.
    bool writing = false;
    /// Why the chain cannot be folded; it does not mend itself.
    std::optional<error> damaged;
    /// At most `limits::evidence_waiting_max`; more are refused.
    std::deque<std::pair<protocol::report_evidence, evidence_promise>> waiting;
  };

  pointer self;
  scorer_deps deps;
  std::string label;
  bout::state now;
  scoring::bout_tally tallies;
  advice::in_force_ptr force;
  /// What is sent to its name arrives here.
  bool bound = false;
  /// The journal is being read.
  bool loading = false;
  /// The journal was read to its end once.
  bool read_once = false;
  /// Newest version heard of; the fold catches up with it.
  bout::event_no latest = 0;
  /// Why the journal cannot be folded; it does not mend itself.
  std::optional<error> damaged;
  /// What the topic shows, by round.
  std::map<int, basis> shown;
  hybrid_part hybrid;
  protocol::reader_actor reader;
  protocol::journal_actor journal;
  protocol::hub_actor hub;
  protocol::calibration_actor calibration;
  /// Runs while the topic may not be set again yet.
  ticker pace{1};
  /// Runs while something that failed is to be tried again.
  ticker again{2};

  static inline const char* name = "scorer";

private:
  /// Sends itself a message by name.
  void knock();
  void catch_up();
  void take_page(const protocol::entries_answer& page);
  void failed(const error& reason);
  void ask_in_force();
  void fold(const bout::event& e);
  /// Something may look different from now on.
  void changed();
  void publish();
  std::optional<error> not_ready() const;
  basis basis_of(int round) const;

  // -- hybrid scoring (scorer_hybrid.cpp) -------------------------------------

  using hybrid_done = std::function<void(const error*)>;

  advice::hybrid_inputs inputs_of(int round) const;
  /// Nothing that is shown of it would be half of it.
  bool hybrid_known() const;
  void read_hybrid();
  void read_hybrid_again();
  void take_hybrid_page(const protocol::entries_answer& page);
  void hybrid_failed(const error& reason);
  /// Locks what is to be locked, then takes what waits; one write at a time.
  void settle_hybrid();
  bool lock_next();
  void take_next();
  void write_hybrid(const issuer& by, std::string_view kind, json::value data,
                    hybrid_done done);
  void add_hybrid(json::object& to, int round) const;
};

scorer_impl::behavior_type scorer_behavior(scorer_state::pointer self,
                                           scorer_deps deps);

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::scorer_msg::knock)
