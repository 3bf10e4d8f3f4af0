#pragma once

#include <cstddef>
#include <utility>

#include <caf/actor_config.hpp>
#include <caf/execution_unit.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/resumable.hpp>

namespace boost::asio {
class io_context;
}

namespace ringside::net {

/// Runs one actor on the thread of an io_context, so that it may touch the
/// sessions of that thread and still use requests, monitors and timeouts.
/// Whatever else the actor wakes up goes to the scheduler of the system: it
/// must not run on a network thread. Outlives its actor; the io_context has to
/// run until the actor is gone.
class asio_unit final : public caf::execution_unit {
public:
  asio_unit(boost::asio::io_context& io, caf::actor_system& system);

  /// Says which actor runs here.
  void adopt(caf::resumable* own) noexcept {
    own_ = own;
  }

  void exec_later(caf::resumable* what) override;

private:
  void run(caf::resumable* what);

  boost::asio::io_context& io_;
  caf::resumable* own_ = nullptr;
};

/// An event-based actor that runs on an `asio_unit`.
template <class Base>
class asio_actor : public Base {
public:
  template <class... Ts>
  asio_actor(caf::actor_config& cfg, asio_unit& unit, Ts&&... xs)
    : Base(cfg, std::forward<Ts>(xs)...), unit_(unit) {
    unit_.adopt(this);
  }

  using Base::enqueue;

  void enqueue(caf::mailbox_element_ptr what, caf::execution_unit*) override {
    Base::enqueue(std::move(what), &unit_);
  }

  void launch(caf::execution_unit*, bool lazy, bool hide) override {
    Base::launch(&unit_, lazy, hide);
  }

private:
  asio_unit& unit_;
};

} // namespace ringside::net
