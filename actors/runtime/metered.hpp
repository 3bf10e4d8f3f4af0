#pragma once

#include "actors/runtime/delivery.hpp"
#include "actors/runtime/delivery_hook.hpp"
#include "actors/runtime/envelope.hpp"
#include "actors/runtime/probe.hpp"
#include "actors/runtime/probed.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <typeinfo>
#include <utility>

#include <caf/actor_clock.hpp>
#include <caf/actor_config.hpp>
#include <caf/actor_system.hpp>
#include <caf/invoke_message_result.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/resumable.hpp>

namespace ringside {

/// Measures the mailbox of an actor from inside: `Base` is any event-based
/// actor class, typed (`T::base`) or not, also below `stateful_actor`. Every
/// `SampleEvery`-th message (a power of two) travels in an envelope with its
/// time stamp: about 220 ns for each, so 1 for bouts and seats, 16 on hot
/// paths. Until a probe is adopted only the depth is counted.
///
/// Time comes from the clock of the actor system: the steady clock live, the
/// virtual clock under the testing scheduler, where all numbers repeat.
template <class Base, unsigned SampleEvery = 1>
class metered : public Base, public probed {
public:
  static_assert(SampleEvery > 0 && (SampleEvery & (SampleEvery - 1)) == 0);

  template <class... Ts>
  explicit metered(caf::actor_config& cfg, Ts&&... xs)
    : Base(cfg, std::forward<Ts>(xs)...),
      gauge_(std::make_shared<mailbox_gauge>()),
      hook_(hook_of(this->system().config())) {
    // nop
  }

  using Base::consume;
  using Base::enqueue;

  // -- overridden functions of CAF --------------------------------------------

  void enqueue(caf::mailbox_element_ptr what,
               caf::execution_unit* host) override {
    if (!hook_)
      return admit(std::move(what), host);
    for (auto& x : pass_hook(*hook_, label(), this->ctrl(), std::move(what)))
      admit(std::move(x), host);
  }

  caf::invoke_message_result consume(caf::mailbox_element& what) override {
    auto* target = active_.load(std::memory_order_acquire);
    auto depth = gauge_->depth();
    counting count{*this, target, depth};
    if (typeid(what) != typeid(stamped))
      return count.end_with(Base::consume(what));
    auto& sealed = static_cast<stamped&>(what);
    count.time(sealed.stamp(), this->clock());
    auto result = count.end_with(Base::consume(sealed.open()));
    if (result == caf::invoke_message_result::skipped)
      sealed.reseal();
    return result;
  }

  caf::resumable::resume_result resume(caf::execution_unit* host,
                                       std::size_t max_throughput) override {
    if (active_.load(std::memory_order_acquire) == nullptr)
      return Base::resume(host, max_throughput);
    // Another worker may run and end this actor before resume returns.
    auto target = adopted_;
    auto& clock = this->clock();
    auto begin = clock.now();
    auto result = Base::resume(host, max_throughput);
    target->was_busy(clock.now() - begin);
    return result;
  }

  bool cleanup(caf::error&& reason, caf::execution_unit* host) override {
    auto result = Base::cleanup(std::move(reason), host);
    gauge_->closed.store(true, std::memory_order_relaxed);
    return result;
  }

  // -- overridden functions of probed -----------------------------------------

  bool adopt_probe(probe_ptr target) override {
    if (!target || taken_.exchange(true))
      return false;
    target->attach(gauge_);
    adopted_ = std::move(target);
    active_.store(adopted_.get(), std::memory_order_release);
    return true;
  }

  probe_snapshot probe_view() const override {
    if (auto* target = active_.load(std::memory_order_acquire))
      return target->snapshot();
    probe_snapshot result;
    result.depth = gauge_->depth();
    return result;
  }

private:
  /// Counts one message when its handler is done, also after an exception.
  struct counting {
    metered& self;
    probe* target;
    std::uint64_t depth;
    const caf::actor_clock* clock = nullptr;
    caf::actor_clock::time_point enqueued{};
    caf::actor_clock::time_point begin{};
    bool skipped = false;

    void time(caf::actor_clock::time_point stamp,
              const caf::actor_clock& source) {
      clock = &source;
      enqueued = stamp;
      begin = source.now();
    }

    caf::invoke_message_result end_with(caf::invoke_message_result result) {
      skipped = result == caf::invoke_message_result::skipped;
      return result;
    }

    ~counting() {
      if (skipped)
        return;
      auto& consumed = self.gauge_->consumed;
      consumed.store(consumed.load(std::memory_order_relaxed) + 1,
                     std::memory_order_relaxed);
      if (!target)
        return;
      target->handled(depth);
      if (!clock)
        return;
      target->waited(begin - enqueued);
      target->worked(clock->now() - begin);
    }
  };

  std::string_view label() const {
    auto* target = active_.load(std::memory_order_acquire);
    return target ? std::string_view{target->name()} : std::string_view{};
  }

  void admit(caf::mailbox_element_ptr what, caf::execution_unit* host) {
    auto n = gauge_->enqueued.fetch_add(1, std::memory_order_relaxed);
    if (n % SampleEvery == 0 && !what->mid.is_stream_message()
        && active_.load(std::memory_order_acquire))
      what = caf::mailbox_element_ptr{
        new stamped(std::move(what), this->clock().now())};
    Base::enqueue(std::move(what), host);
  }

  std::shared_ptr<mailbox_gauge> gauge_;
  delivery_hook* hook_;
  std::atomic<bool> taken_{false};
  /// Written once before `active_`, which publishes it.
  probe_ptr adopted_;
  std::atomic<probe*> active_{nullptr};
};

} // namespace ringside
