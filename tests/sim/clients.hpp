#pragma once

#include "actors/runtime/metered.hpp"
#include "actors/runtime/ticker.hpp"
#include "tests/sim/fight.hpp"
#include "tests/sim/truth.hpp"

#include <deque>
#include <map>
#include <memory>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace ringside::sim {

/// What a simulated client works with. It outlives the client.
struct client_deps {
  services_ptr services;
  person who;
  std::shared_ptr<fight> at;
  rng* source = nullptr;
  run_log* log = nullptr;
  truth* durable = nullptr;
  /// Set when the run ends: nothing new is begun.
  const bool* closing = nullptr;
  /// Set while nobody asks for anything, not even again.
  const bool* hushed = nullptr;
};

using client_impl = protocol::answer_sink::extend<caf::reacts_to<tick>>;

/// An official with a tablet. It wants one thing after the other (an operator
/// several at a time), asks again with the same command_id until it is
/// answered, sometimes repeats what was answered long ago, and sometimes asks
/// for what it must not get.
struct client_state {
  using pointer
    = caf::stateful_actor<client_state, metered<client_impl::base>>*;

  explicit client_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(client_deps what);
  void on_tick();
  void take(const protocol::command_answer& answer);

  struct outstanding {
    intent what;
    std::shared_ptr<const bout::command> command;
    std::string door;
    caf::actor_clock::time_point again{};
    /// The first good answer; later ones must be the same.
    std::optional<protocol::accepted> told;
    bool settled = false;
    int tries = 0;
  };

  /// Nothing is waited for.
  bool idle() const;

  pointer self;
  client_deps deps;
  std::map<std::uint64_t, outstanding> sent;
  /// Events of facts that this client may still take back.
  std::deque<bout::event_no> mine;
  std::uint64_t next_tag = 0;
  ticker clock;

  static inline const char* name = "client";

private:
  void begin(intent what);
  void send(std::uint64_t tag, outstanding& o);
  void accepted(std::uint64_t tag, outstanding& o,
                const protocol::accepted& answer);
  void refused(std::uint64_t tag, outstanding& o, const error& reason);
  void repeat_old();
  void take_back();
  std::string label() const;
};

client_impl::behavior_type client_behavior(client_state::pointer self,
                                           client_deps deps);

} // namespace ringside::sim
