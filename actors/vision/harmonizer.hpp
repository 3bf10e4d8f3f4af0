#pragma once

#include "actors/protocol/advice_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "actors/runtime/timeline.hpp"
#include "domain/bout/apply.hpp"
#include "domain/bout/state.hpp"
#include "domain/vision/acts/act_book.hpp"
#include "domain/vision/desk/fusion_desk.hpp"
#include "domain/vision/trust/trust_entry.hpp"
#include "domain/vision/witness/hand_over.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

struct harmonizer_deps {
  services_ptr services;
  timeline time;
  bout_id id;
  std::shared_ptr<const fusion::fusion_plan> plan;
  std::shared_ptr<const bout::ruleset_lookup> rulesets;
};

using harmonizer_impl
  = protocol::harmonizer_actor::extend<caf::reacts_to<tick>>;

/// State of the HARMONIZER: what the sources of one bout report and what its
/// operators log, fused. Advice: it changes no official's score.
///
/// Final events from the plan's review threshold up, and what becomes of them,
/// are entries of a chain of their own (`_fused.<bout>`) with this actor as
/// its one writer. One that starts takes the chain up, so that no event is
/// made again, and folds the bout to know rounds.
///
/// What is said goes to the topic `fusion/<id>`, one member for each of the
/// latest 128 events.
///
/// What the rule set lets cameras count goes to the SCORER once it is durable,
/// as evidence of the hybrid result; so does whether cameras watch a round.
/// What the SCORER has is read from its chain, so that a restart sends the rest
/// and nothing twice.
///
/// How good its sources are it reads from the chain `_trust`, up to the moment
/// the first of them reports; within the bout nothing is learned, and a restart
/// takes up what its first event names. When the bout is published or cancelled
/// it adds what the sources showed, without what was counted before a crash.
///
/// Life cycle: child of the bout's advisers. It ticks only while something
/// comes in, so that a bout without cameras costs nothing. Limits: while it
/// reads the journal `early_max` messages wait, the newest ones beyond that are
/// counted and dropped; `desk::fused_waiting_max` events wait for the journal,
/// the newest ones beyond that are shown as not kept, with an alarm.
struct harmonizer_state {
  using pointer
    = caf::stateful_actor<harmonizer_state, metered<harmonizer_impl::base>>*;
  using promise = caf::typed_response_promise<protocol::text_answer>;

  static constexpr std::size_t early_max = 1'024;

  explicit harmonizer_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(harmonizer_deps what);

  // -- queries ----------------------------------------------------------------

  protocol::text_answer stats() const;
  promise list(const protocol::get_fused& what);

  // -- transitions ------------------------------------------------------------

  void take(const protocol::source_reports& x);
  void take(const protocol::source_beat& x);
  void take(const protocol::source_acts& x);
  void take(const protocol::bout_news& x);
  void on_tick(const tick& t);

  // -- data members -----------------------------------------------------------

  /// The chain of fused events, and what is on its way to it.
  struct kept_part {
    desk::fused_book book;
    std::deque<desk::fused_fact> waiting;
    bool loaded = false;
    bool loading = false;
    /// One write at a time.
    bool writing = false;
    /// A write is in doubt: read again before the next one.
    bool stale = false;
    /// Why the chain cannot be folded; it does not mend itself.
    std::optional<error> damaged;
    /// Events that found no room in `waiting`.
    std::uint64_t lost = 0;
    /// The alarm about them was raised.
    bool alarmed = false;
  };

  /// The bout, folded to know its rounds.
  struct bout_part {
    bout::state now;
    bout::event_no latest = 0;
    bool loaded = false;
    bool loading = false;
    std::optional<error> damaged;
  };

  /// What goes to the SCORER.
  struct evidence_part {
    witness::hand_over out;
    /// What the chain of the hybrid scoring has.
    advice::hybrid_book book;
    bool loaded = false;
    bool loading = false;
    /// One message at a time.
    bool asking = false;
    /// An answer is in doubt: read the chain again before the next message.
    bool stale = false;
    /// Reports of one message; 1 after one was refused as a whole.
    std::size_t most = advice::hybrid_news_max;
    std::optional<error> damaged;
  };

  /// How good the sources are by earlier bouts, and what this one adds.
  struct trust_part {
    trust::trust_book book;
    bool loading = false;
    /// The bout ended; it adds nothing any more.
    bool judged = false;
    /// What is to be written; empty: nothing.
    std::string waiting;
    bool writing = false;
    std::optional<error> damaged;
  };

  pointer self;
  harmonizer_deps deps;
  std::string label;
  std::optional<desk::fusion_desk> table;
  kept_part kept;
  bout_part fight;
  evidence_part evidence;
  trust_part trusted;
  /// What came before the journal was read.
  std::deque<std::function<void()>> early;
  std::uint64_t early_dropped = 0;
  /// What is no strike.
  acts::act_book other_acts;
  protocol::reader_actor reader;
  protocol::journal_actor journal;
  protocol::scorer_actor scorer;
  ticker clock;
  /// Runs while something that failed is to be tried again.
  ticker again{1};
  mono_us heard;
  /// When SOURCES was told last.
  mono_us told;

  static inline const char* name = "harmonizer";

private:
  mono_us now() const;
  bool ready() const;
  /// Does it now, or once the journal was read.
  void when_ready(std::function<void()> what);
  /// Something came in.
  void wake();
  void advance();
  void tell_screens(const std::vector<desk::fused_fact>& said);
  void tell_sources();

  // -- the journal (harmonizer_journal.cpp) -----------------------------------

  void read_fused();
  void take_fused_page(const protocol::entries_answer& page);
  void fused_failed(const error& reason);
  /// Behind everything that is on its way to the journal.
  void read_fused_again();
  void read_fight();
  void take_fight_page(const protocol::entries_answer& page);
  void fight_failed(const error& reason);
  void fold(const bout::event& e);
  void loaded();
  void try_again();
  /// Is to be written, if it is worth it.
  void keep(const desk::fused_fact& what);
  void write_fused();
  void written(std::size_t n);
  std::string_view kept_how(const desk::fused_fact& what) const;
  json::object kept_json() const;

  // -- evidence (harmonizer_evidence.cpp) -------------------------------------

  void read_evidence();
  void read_evidence_again();
  void take_evidence_page(const protocol::entries_answer& page);
  void evidence_failed(const error& reason);
  rules::camera_counting counting() const;
  /// A fact that is durable.
  void want(const desk::fused_fact& what);
  /// Says who watches the open round.
  void cover();
  void hand_over();
  void handed(const advice::hybrid_news& news,
              const protocol::evidence_answer& answer);
  json::object evidence_json() const;

  // -- between bouts (harmonizer_trust.cpp) -----------------------------------

  void read_trust();
  void take_trust_page(const protocol::entries_answer& page);
  void trust_failed(const error& reason);
  void trust_read();
  /// Other bouts may have ended since; no source of this one reported so far.
  void learn_news();
  bool trust_is_complete() const;
  /// Says what the sources showed, once the bout is over.
  void judge_sources();
  void write_trust();
  json::object trust_json() const;
};

harmonizer_impl::behavior_type
harmonizer_behavior(harmonizer_state::pointer self, harmonizer_deps deps);

} // namespace ringside
