#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <caf/actor_system_config.hpp>
#include <caf/fwd.hpp>

namespace ringside {

/// What happens to one message on its way into a mailbox. A delayed message
/// is overtaken by later ones, so a delay is also how messages are reordered.
struct delivery {
  bool drop = false;
  /// On the actor clock; zero means now.
  std::chrono::nanoseconds delay{0};
  /// Extra copies, delivered after the original, at the same time.
  std::uint32_t duplicates = 0;
};

/// Fault injection for simulations; never set in production. It is asked for
/// every message between two different metered actors, but not for an actor's
/// own timers nor for exit, down and error messages, which a local system
/// cannot lose. Must be thread-safe unless the scheduler is the testing one.
class delivery_hook {
public:
  virtual ~delivery_hook() = default;

  /// @param receiver the name of the receiver's probe, empty if it has none.
  virtual delivery decide(std::string_view receiver,
                          const caf::mailbox_element& what)
    = 0;
};

/// The configuration of an actor system with room for the hook, which has to
/// outlive the system. A plain `actor_system_config` means no hook.
class hooked_config : public caf::actor_system_config {
public:
  delivery_hook* hook = nullptr;
};

/// The hook of a system, null for none.
inline delivery_hook* hook_of(const caf::actor_system_config& cfg) {
  auto* hooked = dynamic_cast<const hooked_config*>(&cfg);
  return hooked ? hooked->hook : nullptr;
}

} // namespace ringside
