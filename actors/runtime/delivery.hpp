#pragma once

#include "actors/runtime/delivery_hook.hpp"

#include <string_view>
#include <vector>

#include <caf/actor_control_block.hpp>
#include <caf/mailbox_element.hpp>

namespace ringside {

/// Asks `hook` about a message for `self` and does what it says: schedules
/// what is late on the actor clock and returns what goes into the mailbox now.
std::vector<caf::mailbox_element_ptr> pass_hook(delivery_hook& hook,
                                                std::string_view receiver,
                                                caf::actor_control_block* self,
                                                caf::mailbox_element_ptr what);

} // namespace ringside
