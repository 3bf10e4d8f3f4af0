#pragma once

#include "actors/protocol/runtime_messages.hpp"
#include "actors/runtime/child_spec.hpp"
#include "actors/runtime/probe.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <caf/actor.hpp>
#include <caf/actor_clock.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

using child_promise = caf::typed_response_promise<child_done>;

/// What a supervisor knows about one child.
struct child_record {
  child_spec spec;
  child_state state = child_state::stopped;
  /// The present incarnation; invalid while there is none.
  caf::actor handle;
  std::uint64_t incarnation = 0;
  std::uint32_t restarts = 0;
  std::string last_failure;
  probe_ptr numbers;

  // -- what is to be done -----------------------------------------------------

  /// It has to go down before anything is started.
  bool must_stop = false;
  /// It has to come up (again).
  bool must_start = false;
  /// Forget it when it is down.
  bool remove = false;
  /// It is being killed because it did not get ready.
  bool unready = false;
  /// No start before this time.
  caf::actor_clock::time_point not_before{};
  /// A timer is under way that will look at `not_before`.
  bool backing_off = false;

  // -- who waits --------------------------------------------------------------

  std::vector<child_promise> on_ready;
  std::vector<child_promise> on_gone;

  bool alive() const {
    return static_cast<bool>(handle);
  }
};

} // namespace ringside
