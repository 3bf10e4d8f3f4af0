#include "actors/runtime/delivery.hpp"

#include "actors/runtime/envelope.hpp"

#include <typeinfo>
#include <utility>

#include <caf/all.hpp>

namespace ringside {

namespace {

/// Local exits, downs, errors and timers always arrive.
bool may_fail(const caf::mailbox_element& what,
              const caf::actor_control_block* self) {
  auto& content = what.content();
  return what.sender.get() != self && !what.mid.is_stream_message()
         && !content.match_elements<caf::exit_msg>()
         && !content.match_elements<caf::down_msg>()
         && !content.match_elements<caf::error>()
         && !content.match_elements<caf::timeout_msg>();
}

caf::mailbox_element_ptr copy_of(const caf::mailbox_element& what) {
  return caf::make_mailbox_element(what.sender, what.mid, what.stages,
                                   what.copy_content_to_message());
}

} // namespace

std::vector<caf::mailbox_element_ptr> pass_hook(delivery_hook& hook,
                                                std::string_view receiver,
                                                caf::actor_control_block* self,
                                                caf::mailbox_element_ptr what) {
  std::vector<caf::mailbox_element_ptr> now;
  auto& head = *what;
  if (typeid(head) == typeid(postponed)) {
    now.push_back(static_cast<postponed&>(head).take());
    return now;
  }
  if (!may_fail(head, self)) {
    now.push_back(std::move(what));
    return now;
  }
  auto verdict = hook.decide(receiver, head);
  if (verdict.drop)
    return now;
  for (std::uint32_t i = 0; i < verdict.duplicates; ++i)
    now.push_back(copy_of(head));
  now.insert(now.begin(), std::move(what));
  if (verdict.delay.count() <= 0)
    return now;
  auto& clock = self->home_system->clock();
  auto due = clock.now() + verdict.delay;
  for (auto& late : now) {
    caf::mailbox_element_ptr wrapped{new postponed(std::move(late), due)};
    clock.schedule_message(due, caf::strong_actor_ptr{self},
                           std::move(wrapped));
  }
  now.clear();
  return now;
}

} // namespace ringside
