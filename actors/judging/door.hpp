#pragma once

#include "actors/judging/token_bucket.hpp"
#include "actors/protocol/bout_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace ringside {

/// What one door is for.
struct door_config {
  /// Directory name, `bout/<id>/seat/1` or `bout/<id>/desk/operator`.
  std::string name;
  bout_id bout;
  /// Commands one account may send: a burst, and so many per second after it.
  std::int64_t burst = 100;
  std::int64_t per_second = 50;
  /// A held key: the same mark by the same account, stamped less than this
  /// after another one. 0: not looked for.
  std::chrono::milliseconds repeat{0};
  /// Without a life sign for so long a client counts as gone.
  std::chrono::milliseconds lease{5'000};
};

struct door_deps {
  services_ptr services;
  door_config config;
};

/// A SEAT or DESK with its private messages.
using door_impl = protocol::seat_actor::extend<caf::reacts_to<tick>>;

/// State of a SEAT or DESK: who is there, and the only way of their commands
/// to the BOUT. What somebody may do is decided by the BOUT; the door keeps
/// one flooding client from taking the bout's time, and the repeats of a held
/// key out of the score. Those are known by the times of the taps: two taps of
/// a hand are further apart, however late and bunched they arrive. A refusal
/// stays one when the command is sent again. Marks without a time are only
/// counted against the rate.
///
/// Life cycle: child of the bout's supervisor. Presence is not in the journal:
/// after a restart it comes back with the next life signs, every second.
/// Limits: `accounts_max` accounts; the one unheard longest makes room.
/// `marks_max` marks of each are remembered.
struct door_state {
  using pointer = caf::stateful_actor<door_state, metered<door_impl::base>>*;

  static constexpr std::size_t accounts_max = 64;
  static constexpr std::size_t marks_max = 64;

  // -- construction -----------------------------------------------------------

  explicit door_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(door_deps what);

  // -- queries ----------------------------------------------------------------

  protocol::presence presence() const;

  /// Tells the HUB who is there.
  void publish() const;

  // -- transitions ------------------------------------------------------------

  void pass(const protocol::submit& what);
  void take(const protocol::contact& sign);
  void on_tick();

  // -- data members -----------------------------------------------------------

  /// A mark with the time of its tap.
  struct tap {
    uuid command;
    mono_us at;
    bout::fact what;
  };

  struct client {
    std::string session;
    std::string device;
    caf::actor_clock::time_point heard{};
    bool present = false;
    token_bucket bucket;
    /// The latest marks, those of a held key as well.
    std::deque<tap> taps;
  };

  pointer self;
  door_deps deps;
  /// By account.
  std::map<std::string, client> clients;
  protocol::bout_actor bout;
  ticker clock;

  static inline const char* name = "door";

private:
  client& client_of(const std::string& account);
  /// True for the repeat of a held key; remembers the mark.
  bool repeats(client& from, const bout::command& what) const;
};

door_impl::behavior_type door_behavior(door_state::pointer self,
                                       door_deps deps);

} // namespace ringside
