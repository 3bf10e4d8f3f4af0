#pragma once

#include "actors/protocol/runtime_messages.hpp"

#include <chrono>
#include <cstdint>
#include <utility>

#include <caf/actor_clock.hpp>
#include <caf/actor_control_block.hpp>
#include <caf/fwd.hpp>
#include <caf/make_message.hpp>
#include <caf/message.hpp>

namespace ringside {

/// Sends `what` to `self` after `delay` on the actor clock. It cannot be
/// cancelled and keeps the actor's memory until then, so the receiver has to
/// recognise a late one, and delays are short. This room is the only one that
/// may schedule messages.
void send_later(caf::local_actor* self, std::chrono::nanoseconds delay,
                caf::message what);

/// Periodic work of one actor. Ticks carry a generation number: stopping or
/// changing the period makes those in flight stale. Nothing is re-armed once
/// the ticker is stopped, so a stopping actor can go. Fixed rate: a tick that
/// comes late does not move the next one, and missed ones are not made up for.
///
/// In a behaviour: `[=](const tick& t) { if (st.clock.accept(t)) … }`.
class ticker {
public:
  /// @param number tells the tickers of one actor apart.
  explicit ticker(std::uint32_t number = 0) : number_(number) {
    // nop
  }

  /// First tick after one `period` (> 0), then every `period`. Starting a
  /// running ticker changes the period.
  void start(caf::local_actor* self, std::chrono::nanoseconds period);

  /// No tick is accepted from now on.
  void stop() noexcept;

  bool running() const noexcept {
    return self_ != nullptr;
  }

  /// True if `what` is due and current; arms the next one.
  bool accept(const tick& what);

private:
  void arm();

  std::uint32_t number_;
  std::uint64_t generation_ = 0;
  caf::local_actor* self_ = nullptr;
  std::chrono::nanoseconds period_{0};
  caf::actor_clock::time_point due_{};
};

} // namespace ringside
