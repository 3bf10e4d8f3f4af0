#include "actors/runtime/stable_ref.hpp"

#include "actors/runtime/caf_error.hpp"

#include <mutex>
#include <shared_mutex>
#include <utility>

#include <caf/all.hpp>

namespace ringside {

stable_ref::stable_ref(caf::actor_config& cfg, std::string name, log_sink log,
                       std::size_t hold_max)
  : caf::monitorable_actor(cfg), name_(std::move(name)), log_(std::move(log)),
    hold_max_(hold_max) {
  // nop
}

const char* stable_ref::name() const {
  return name_.c_str();
}

// -- passing messages on ------------------------------------------------------

void stable_ref::enqueue(caf::mailbox_element_ptr what,
                         caf::execution_unit* host) {
  if (!forward(what, host))
    park(std::move(what));
}

bool stable_ref::forward(caf::mailbox_element_ptr& what,
                         caf::execution_unit* host) {
  caf::strong_actor_ptr target;
  {
    std::shared_lock guard{lock_};
    // A closed mailbox means that the DOWN is on its way: without this test a
    // client that retries at once spins against the dead actor.
    if (mode_ != mode::bound || (local_ && local_->mailbox().closed()))
      return false;
    target = target_;
  }
  target->enqueue(std::move(what), host);
  return true;
}

void stable_ref::park(caf::mailbox_element_ptr what) {
  auto overflow = false;
  {
    std::unique_lock guard{lock_};
    if (mode_ == mode::bound && !(local_ && local_->mailbox().closed())) {
      // Bound since we looked; everything held before us is already there.
      auto target = target_;
      guard.unlock();
      target->enqueue(std::move(what), nullptr);
      return;
    }
    overflow = mode_ != mode::refusing;
    if (overflow && held_.size() < hold_max_
        && !what->content().match_elements<caf::exit_msg>()) {
      held_.push_back(std::move(what));
      return;
    }
  }
  reject(*what, overflow);
}

void stable_ref::reject(const caf::mailbox_element& what, bool overflow) {
  if (!what.mid.is_request()) {
    dropped_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  bounced_.fetch_add(1, std::memory_order_relaxed);
  if (!what.sender)
    return;
  auto reason = overflow ? refusal(ec::overloaded, name_ + " restarts")
                         : refusal(ec::unavailable, name_ + " is stopped");
  what.sender->enqueue(nullptr, what.mid.response_id(),
                       caf::make_message(std::move(reason)), nullptr);
}

// -- binding ------------------------------------------------------------------

void stable_ref::bind(caf::strong_actor_ptr target) {
  if (!target)
    return hold();
  auto* raw = target->get();
  std::uint64_t epoch = 0;
  {
    std::unique_lock guard{lock_};
    epoch = ++epoch_;
    mode_ = mode::holding;
    target_.reset();
    local_ = nullptr;
  }
  // Attached last, so it runs first: in the dying actor's cleanup, before any
  // monitor hears of it.
  raw->attach_functor(
    [self = caf::strong_actor_ptr{ctrl()}, id = target->id()] {
      static_cast<stable_ref*>(self->get())->unbind(id);
    });
  // While the backlog moves, newcomers still queue up behind it.
  for (;;) {
    std::deque<caf::mailbox_element_ptr> batch;
    {
      std::unique_lock guard{lock_};
      if (epoch_ != epoch)
        return;
      if (dead_ == target->id())
        return;
      if (held_.empty()) {
        mode_ = mode::bound;
        local_ = dynamic_cast<caf::scheduled_actor*>(raw);
        target_ = std::move(target);
        return;
      }
      batch.swap(held_);
    }
    for (auto& what : batch)
      target->enqueue(std::move(what), nullptr);
  }
}

void stable_ref::hold() {
  caf::strong_actor_ptr old;
  std::unique_lock guard{lock_};
  ++epoch_;
  mode_ = mode::holding;
  local_ = nullptr;
  old.swap(target_);
  guard.unlock();
}

void stable_ref::unbind(caf::actor_id target) {
  caf::strong_actor_ptr old;
  std::unique_lock guard{lock_};
  dead_ = target;
  if (!target_ || target_->id() != target)
    return;
  ++epoch_;
  mode_ = mode::holding;
  local_ = nullptr;
  old.swap(target_);
  guard.unlock();
}

void stable_ref::refuse() {
  caf::strong_actor_ptr old;
  std::deque<caf::mailbox_element_ptr> batch;
  {
    std::unique_lock guard{lock_};
    ++epoch_;
    mode_ = mode::refusing;
    local_ = nullptr;
    old.swap(target_);
    batch.swap(held_);
  }
  if (!batch.empty())
    log_to(log_, severity::warning, name_,
           std::to_string(batch.size()) + " held messages refused");
  for (auto& what : batch)
    reject(*what, false);
}

void stable_ref::retire() {
  refuse();
  cleanup(caf::error{caf::exit_reason::normal}, nullptr);
}

// -- counters -----------------------------------------------------------------

std::size_t stable_ref::held() const {
  std::shared_lock guard{lock_};
  return held_.size();
}

std::uint64_t stable_ref::dropped() const noexcept {
  return dropped_.load(std::memory_order_relaxed);
}

std::uint64_t stable_ref::bounced() const noexcept {
  return bounced_.load(std::memory_order_relaxed);
}

} // namespace ringside
