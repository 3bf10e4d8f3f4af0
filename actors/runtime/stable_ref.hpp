#pragma once

#include "actors/runtime/log_sink.hpp"
#include "domain/base/limits.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include <caf/actor_control_block.hpp>
#include <caf/detail/shared_spinlock.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/monitorable_actor.hpp>

namespace caf {
class scheduled_actor;
}

namespace ringside {

/// An actor without a mailbox that stands for a name: it passes every message
/// on to the present incarnation, with sender and message id kept, so that
/// answers come straight back. Handles to it stay valid over restarts.
///
/// - *bound*: messages go to the target.
/// - *holding*: there is no target now but one is coming; messages wait, up to
///   a cap. Beyond it, requests get `overloaded` and async messages are
///   dropped and counted. Exit messages are never held.
/// - *refusing*: nobody is coming; requests get `unavailable`, async messages
///   are dropped and counted.
///
/// Thread-safe. Messages of one sender stay in order over all changes.
class stable_ref : public caf::monitorable_actor {
public:
  stable_ref(caf::actor_config& cfg, std::string name, log_sink log,
             std::size_t hold_max = limits::restart_hold_max);

  /// The directory name.
  const char* name() const override;

  using caf::monitorable_actor::enqueue;

  void enqueue(caf::mailbox_element_ptr what,
               caf::execution_unit* host) override;

  /// Sends what was held to `target`, then everything else, until it dies;
  /// then it holds again, before anybody sees the DOWN.
  void bind(caf::strong_actor_ptr target);

  /// Holds messages from now on.
  void hold();

  /// Holds messages if the target is still this actor.
  void unbind(caf::actor_id target);

  /// Answers what is held with `unavailable`, and everything from now on.
  void refuse();

  /// The name is gone for good: refuses, and whoever monitors it gets DOWN.
  void retire();

  // -- counters, any thread ---------------------------------------------------

  /// Messages waiting for the next incarnation.
  std::size_t held() const;

  /// Async messages lost because of the cap or because nobody is coming.
  std::uint64_t dropped() const noexcept;

  /// Requests answered with an error for the same reasons.
  std::uint64_t bounced() const noexcept;

private:
  enum class mode { holding, bound, refusing };

  bool forward(caf::mailbox_element_ptr& what, caf::execution_unit* host);

  void park(caf::mailbox_element_ptr what);

  void reject(const caf::mailbox_element& what, bool overflow);

  std::string name_;
  log_sink log_;
  std::size_t hold_max_;
  mutable caf::detail::shared_spinlock lock_;
  mode mode_ = mode::holding;
  caf::strong_actor_ptr target_;
  /// The target if it has a mailbox that can be asked, else null.
  caf::scheduled_actor* local_ = nullptr;
  std::deque<caf::mailbox_element_ptr> held_;
  /// Changes with every bind, hold and refuse; stops a bind that was overtaken.
  std::uint64_t epoch_ = 0;
  /// The actor that died last, maybe before its bind was through.
  caf::actor_id dead_ = 0;
  std::atomic<std::uint64_t> dropped_{0};
  std::atomic<std::uint64_t> bounced_{0};
};

} // namespace ringside
