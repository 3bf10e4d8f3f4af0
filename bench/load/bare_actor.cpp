#include "bench/load/bare.hpp"

#include "actors/runtime/settings.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

namespace ringside::load {

namespace {

constexpr int rounds = 20'000;

/// The argument is there because CAF 0.17.6 dereferences a null pointer for
/// function actors without one, which our hardened library notices.
caf::behavior echo(caf::event_based_actor* self, int) {
  return {[self](int n) {
    self->send(caf::actor_cast<caf::actor>(self->current_sender()), n);
  }};
}

struct pinger_state {
  samples trips;
  std::int64_t sent = 0;
};

caf::behavior pinger(caf::event_based_actor* self, caf::actor to,
                     caf::actor done) {
  auto state = std::make_shared<pinger_state>();
  state->sent = now_ns();
  self->send(to, rounds);
  return {[=](int n) {
    auto now = now_ns();
    state->trips.add(now - state->sent);
    if (n == 0) {
      self->send(done, state->trips.at(500));
      return self->quit();
    }
    state->sent = now_ns();
    self->send(to, n - 1);
  }};
}

} // namespace

std::int64_t bare_actor_round_trip() {
  caf::actor_system_config config;
  apply_settings(config, {});
  caf::actor_system system{config};
  std::int64_t median = 0;
  {
    caf::scoped_actor self{system};
    auto other = system.spawn(echo, 0);
    system.spawn(pinger, other, caf::actor{self});
    self->receive([&median](std::int64_t ns) { median = ns; });
    caf::anon_send_exit(other, caf::exit_reason::user_shutdown);
  }
  return median;
}

} // namespace ringside::load
