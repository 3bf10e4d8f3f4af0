#pragma once

#include "actors/protocol/failover_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "actors/runtime/timeline.hpp"
#include "domain/vision/failover/failover_view.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// Directory name.
inline constexpr const char* failover_name = "vision/failover";

struct failover_deps {
  services_ptr services;
  timeline time;
  failover::failover_settings settings = {};
};

using failover_impl = protocol::failover_actor::extend<
  caf::reacts_to<tick>, caf::replies_to<get_ready>::with<is_ready>>;

/// State of the FAILOVER: which mode every arena listens to. Once a second it
/// asks the SOURCES how the modes do, lets `failover::machine` decide, and
/// tells the SOURCES, who move the traffic. SOURCES say which version they
/// hold, so that each of the two may start anew and is told again.
///
/// A change holds at once, for it cannot wait for a disk; then it is an entry
/// of the chain `_failover`, the log and the topic `failover`. One that starts
/// goes on with the modes and the words of people that the chain has.
///
/// Life cycle: child of the supervisor `vision`, behind the SOURCES. Limits:
/// `intake::sources_max` arenas, as each has a source; `waiting_max` changes
/// wait for a journal that refuses, newer ones are not kept, with an alarm.
struct failover_state {
  using pointer
    = caf::stateful_actor<failover_state, metered<failover_impl::base>>*;
  using promise = caf::typed_response_promise<protocol::text_answer>;
  using ready_promise = caf::typed_response_promise<is_ready>;

  static constexpr std::size_t waiting_max = 256;

  explicit failover_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(failover_deps what);
  ready_promise when_ready();
  protocol::text_answer show() const;
  promise set(const protocol::set_failover& what);
  void on_tick();
  /// The HUB forgot everything: says it all again.
  void say_all();

  struct arena {
    failover::machine machine;
    /// Of what the SOURCES are to hold.
    std::uint64_t version = 0;
    /// What the topic has.
    std::string said;
  };

  /// A change that is not in the journal yet.
  struct unwritten {
    failover::failover_fact what;
    /// Called once, with true when it is durable; may be empty.
    std::function<void(bool)> done;
  };

  pointer self;
  failover_deps deps;
  std::map<std::string, arena, std::less<>> arenas;
  /// The fold of the chain.
  failover::arena_map known;
  std::uint32_t entries = 0;
  std::deque<unwritten> waiting;
  bool loading = true;
  bool started = false;
  bool asking = false;
  bool writing = false;
  /// A write is in doubt: read again before the next one.
  bool stale = false;
  std::optional<error> damaged;
  std::vector<ready_promise> waiting_ready;
  ticker clock;

  static inline const char* name = "failover";

private:
  mono_us now() const;
  void took(const protocol::mode_health& x);
  void look(const protocol::arena_health& x);
  void tell(const std::string& id, const arena& a) const;
  void say_topic();
  void tell_health() const;
  std::optional<error> wrong(const protocol::set_failover& what) const;
  /// The record with what is not written yet.
  failover::arena_record record_of(const std::string& id) const;
  json::object show(const std::string& id, const arena& a) const;

  // -- the journal (failover_journal.cpp) -------------------------------------

  void load();
  void load_again();
  void take_page(const protocol::entries_answer& page);
  void loaded();
  void load_failed(const error& reason);
  /// A change that holds from now on.
  void note(std::string_view kind, const std::string& id, arena& a,
            std::optional<failover::source_mode> from, std::string reason,
            std::string by, std::function<void(bool)> done = {});
  void write();
  void not_written(const error& reason);
  /// They are not durable, and nobody waits until they are.
  void answer_waiting();
};

failover_impl::behavior_type failover_behavior(failover_state::pointer self,
                                               failover_deps deps);

} // namespace ringside
