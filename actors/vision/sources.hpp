#pragma once

#include "actors/protocol/failover_actors.hpp"
#include "actors/protocol/journal_messages.hpp"
#include "actors/protocol/metrics_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "actors/runtime/child_spec.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "actors/runtime/timeline.hpp"
#include "actors/vision/source.hpp"
#include "domain/vision/intake/source_entry.hpp"
#include "domain/vision/intake/vision_metrics.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// Name of the supervisor that the SOURCEs live below.
inline constexpr const char* source_pool_name = "vision/pool";

struct sources_deps {
  services_ptr services;
  timeline time;
  std::shared_ptr<const mapper_table> mappers;
};

using sources_impl
  = protocol::sources_actor::extend_with<protocol::vision_metrics_actor>::
    extend_with<protocol::series_actor>::extend_with<protocol::moded_actor>::
      extend<caf::reacts_to<tick>, caf::replies_to<get_ready>::with<is_ready>>;

/// State of the SOURCES: which sources there are. Everything is an entry of
/// the chain `_sources` first; after a start each has its SOURCE again.
///
/// It keeps the latest book of every SOURCE, so that a SOURCE that crashes
/// goes on where it was, and shows them: `GET /sources` and, once a second at
/// most, the topic `sources`. Books are not journaled: after a restart of the
/// node the numbers of batches start over, and the fusion of a bout that is
/// under way knows what it took.
///
/// Each arena listens to the sources of one mode, by the FAILOVER's word; until
/// there is one, to all.
///
/// Life cycle: child of the supervisor `vision`, behind the pool.
/// Limits: `intake::sources_max`; one change of the chain at a time.
struct sources_state {
  using pointer
    = caf::stateful_actor<sources_state, metered<sources_impl::base>>*;
  using promise = caf::typed_response_promise<protocol::text_answer>;
  using recall_promise = caf::typed_response_promise<protocol::source_recalled>;
  using ready_promise = caf::typed_response_promise<is_ready>;

  explicit sources_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(sources_deps what);

  // -- queries ----------------------------------------------------------------

  ready_promise when_ready();
  recall_promise recall(const protocol::recall_source& what);
  protocol::text_answer list() const;
  protocol::text_answer show(const protocol::get_source& what) const;
  protocol::text_answer metrics() const;
  protocol::text_answer series() const;

  // -- transitions ------------------------------------------------------------

  promise create(const protocol::create_source& what);
  promise assign(const protocol::assign_source& what);
  promise drain(const protocol::drain_source& what);
  void remember(const protocol::remember_source& what);
  void told(const protocol::fusion_told& what);
  protocol::text_answer fusions() const;
  /// How the modes of every arena do.
  protocol::mode_health health() const;
  void listen(const protocol::mode_is& what);
  void on_tick();
  /// The HUB forgot everything: says it all again.
  void say_all();

  // -- data members -----------------------------------------------------------

  pointer self;
  sources_deps deps;
  intake::source_map known;
  std::map<std::string, protocol::source_book_ptr, std::less<>> books;
  /// What the cameras of the bouts of now agree on.
  intake::watched_bouts watched;
  /// By arena, of those that have a source; none: all are listened to.
  std::map<std::string, protocol::mode_is, std::less<>> modes;
  /// What the HARMONIZERs said last, the longest silent first.
  std::deque<protocol::fusion_told> fused;
  /// To be said to the HUB with the next tick.
  std::set<std::string, std::less<>> changed;
  /// The last state that was said of each; a silent one says nothing itself.
  std::map<std::string, std::string, std::less<>> said_state;
  std::uint32_t entries = 0;
  bool loading = true;
  /// A change is on its way to the journal.
  bool changing = false;
  /// The chain cannot be read and does not mend itself.
  std::optional<error> damaged;
  std::vector<ready_promise> waiting;
  std::vector<std::pair<std::string, recall_promise>> recalls;
  ticker clock;

  static inline const char* name = "sources";

private:
  void load();
  void take_page(const protocol::entries_answer& page);
  void loaded();
  void load_failed(const error& reason);
  void resync();
  std::optional<error> busy() const;
  std::optional<error> wrong(const intake::source_fact& f) const;
  promise refused(error reason);
  /// Journals a change of a source that is known, tells its SOURCE, and answers
  /// with the source.
  promise change(const issuer& by, const std::string& id, std::string_view kind,
                 json::value data);
  /// Journals a change, folds it in, and calls `done`, with an error or
  /// nothing.
  void commit(const issuer& by, std::string_view kind, json::value data,
              std::function<void(const error*)> done);
  void start(const std::string& id, std::function<void(const error*)> done);
  void tell(const std::string& id);
  std::vector<intake::known_source> all_known() const;

  // -- modes (sources_modes.cpp) ----------------------------------------------

  bool active(const intake::source_fact& f) const;
  failover::mode_sample sample_of(std::string_view arena,
                                  intake::source_mode mode, mono_us now) const;
  void add_fusion(const std::string& id, failover::mode_sample& to) const;

  protocol::source_recalled recalled(const std::string& id) const;
  json::object status(const intake::source_fact& f) const;
  void watch(const std::string& source);
  /// An id that was never given.
  std::string next_id() const;
};

sources_impl::behavior_type sources_behavior(sources_state::pointer self,
                                             sources_deps deps);

} // namespace ringside
