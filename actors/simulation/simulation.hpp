#pragma once

#include "actors/protocol/simulation_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/simulation/simulator.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/time.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace ringside {

struct simulation_deps {
  services_ptr services;
  /// Wall clock, for the records.
  std::function<utc_ns()> utc_now;
  /// Quick and without I/O: refuses a script that cannot be read. May be empty.
  std::function<result<unit>(const protocol::simulation_spec&)> check;
  /// False: this node has nothing to run simulations with.
  bool enabled = false;
};

enum class simulation_phase : std::uint8_t {
  waiting,
  running,
  done,
  failed,
  cancelled,
};

/// State of the SIMULATION: the queue and the records of what ran.
///
/// Life cycle: child of the node's supervisor, after the SIMULATOR that does
/// the work on a thread of its own, so nothing here ever waits. Records are
/// kept in memory, at most `limits::simulations_kept_max`, the oldest finished
/// one goes first; a restart forgets them all and ends what runs.
struct simulation_state {
  using pointer
    = caf::stateful_actor<simulation_state,
                          metered<protocol::simulation_actor::base>>*;

  explicit simulation_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(simulation_deps what);
  protocol::text_answer start(const protocol::start_simulation& what);
  protocol::text_answer show(const protocol::get_simulation& what) const;
  protocol::text_answer list() const;
  protocol::text_answer cancel(const protocol::cancel_simulation& what);
  /// The node stops: ends what runs without another word to anybody.
  void abandon();

  simulation_deps deps;

  static inline const char* name = "simulation";

private:
  struct record {
    std::string id;
    issuer by;
    protocol::simulation_spec what;
    simulation_phase phase = simulation_phase::waiting;
    simulation_control_ptr control;
    utc_ns asked_at;
    std::optional<utc_ns> began_at;
    std::optional<utc_ns> ended_at;
    /// JSON text; empty until it is done.
    std::string outcome;
    std::optional<error> reason;
    std::string cancelled_by;
  };

  record* find(const std::string& id);
  const record* find(const std::string& id) const;
  std::size_t count(simulation_phase phase) const;
  void run_next();
  void ended(const std::string& id, const result<std::string>& outcome);
  void forget_oldest();
  static json::object record_json(const record& r, bool with_result);

  pointer self;
  /// Oldest first.
  std::deque<record> records;
  std::string prefix;
  std::uint64_t given = 0;
};

protocol::simulation_actor::behavior_type
simulation_behavior(simulation_state::pointer self, simulation_deps deps);

} // namespace ringside

namespace ringside {

template <>
struct enum_names<simulation_phase> {
  static constexpr std::array<std::string_view, 5> value{
    "waiting", "running", "done", "failed", "cancelled"};
};

} // namespace ringside
