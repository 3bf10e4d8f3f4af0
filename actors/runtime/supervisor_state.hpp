#pragma once

#include "actors/runtime/child_record.hpp"
#include "actors/runtime/metered.hpp"
#include "domain/base/error.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/error.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/stateful_actor.hpp>

namespace ringside {

/// INTERNAL to the supervisor: a deadline of one incarnation has come.
struct supervisor_timer {
  enum class kind : std::uint8_t { kill, abandon, backoff };

  kind what;
  std::string child;
  std::uint64_t incarnation;
};

/// State of the SUPERVISOR. Every event marks children with `must_stop` and
/// `must_start`; `advance` then does the next step that is possible: stop in
/// reverse order, and when all of that is down, start in order. So overlapping
/// failures need no special cases.
struct supervisor_state {
  // -- construction -----------------------------------------------------------

  explicit supervisor_state(caf::event_based_actor* ptr) : self(ptr) {
    // nop
  }

  void init(services_ptr deps, supervisor_spec what);

  // -- queries ----------------------------------------------------------------

  child_record* find(std::string_view name);

  child_record* find(const caf::actor_addr& who);

  /// The incarnation if it is still the present one.
  child_record* find(std::string_view name, std::uint64_t incarnation);

  actor_status own_status() const;

  /// True while it stops only to be started again, by its own failure or by
  /// the supervisor above: then the names of its children hold messages.
  bool coming_back() const;

  // -- commands ---------------------------------------------------------------

  caf::result<is_ready> when_ready();

  caf::result<actor_status> status();

  caf::result<child_done> add(child_spec what);

  caf::result<child_done> remove(const std::string& name);

  caf::result<child_done> restart(const std::string& name);

  /// Stops everything in reverse order, then quits with `reason`.
  void stop_all(caf::error reason);

  // -- events -----------------------------------------------------------------

  void on_down(const caf::down_msg& msg);

  void on_timer(const supervisor_timer& timer);

  void on_ready(const std::string& name, std::uint64_t incarnation);

  void on_unready(const std::string& name, std::uint64_t incarnation,
                  const error& reason);

  // -- transitions ------------------------------------------------------------

  void advance();

  bool stop_next();

  void stop(child_record& child);

  /// Kills ahead of everything in the mailbox, then waits for `abandon`.
  void kill(child_record& child);

  void start_next();

  void start(child_record& child);

  void finish();

  /// The child is gone, for whatever reason.
  void gone(child_record& child, const caf::error& reason);

  /// The child is gone and nobody asked for it.
  void crashed(child_record& child, const std::string& text, bool orderly);

  void schedule_restart(child_record& child);

  void mark_with(child_record& failed);

  void give_up(const std::string& text);

  /// Removes the records that are to be forgotten and are down.
  void sweep();

  void log(severity level, const std::string& text) const;

  // -- data members -----------------------------------------------------------

  caf::event_based_actor* self;
  services_ptr services;
  supervisor_spec spec;

  enum class phase { starting, running, stopping } now = phase::starting;

  /// In the order of their start. A list would keep references valid, but
  /// nothing here holds one over a change of the order.
  std::deque<child_record> children;

  /// Restarts inside the period, oldest first.
  std::deque<caf::actor_clock::time_point> recent;

  /// Why we quit when all children are down.
  caf::error quit_reason;
  bool finished = false;

  std::vector<caf::typed_response_promise<is_ready>> ready_promises;

  /// The living children, for the case that this actor is killed.
  std::shared_ptr<std::map<caf::actor_id, caf::actor>> living
    = std::make_shared<std::map<caf::actor_id, caf::actor>>();

  static inline const char* name = "supervisor";
};

using supervisor_actor
  = caf::stateful_actor<supervisor_state, metered<caf::event_based_actor>>;

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::supervisor_timer)
