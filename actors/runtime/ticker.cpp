#include "actors/runtime/ticker.hpp"

#include "domain/base/check.hpp"

#include <caf/all.hpp>

namespace ringside {

namespace {

void send_at(caf::local_actor* self, caf::actor_clock::time_point due,
             caf::message what) {
  caf::strong_actor_ptr me{self->ctrl()};
  auto element = caf::make_mailbox_element(me, caf::make_message_id(), {},
                                           std::move(what));
  self->clock().schedule_message(due, me, std::move(element));
}

} // namespace

void send_later(caf::local_actor* self, std::chrono::nanoseconds delay,
                caf::message what) {
  send_at(self, self->clock().now() + delay, std::move(what));
}

void ticker::start(caf::local_actor* self, std::chrono::nanoseconds period) {
  RINGSIDE_CHECK(period.count() > 0);
  ++generation_;
  self_ = self;
  period_ = period;
  due_ = self->clock().now() + period;
  arm();
}

void ticker::stop() noexcept {
  ++generation_;
  self_ = nullptr;
}

bool ticker::accept(const tick& what) {
  if (!self_ || what.ticker != number_ || what.generation != generation_)
    return false;
  auto now = self_->clock().now();
  due_ += period_;
  if (due_ <= now)
    due_ = now + period_;
  arm();
  return true;
}

void ticker::arm() {
  send_at(self_, due_, caf::make_message(tick{number_, generation_}));
}

} // namespace ringside
