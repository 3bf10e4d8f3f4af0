#include "net/asio_actor.hpp"

#include "net/asio.hpp"

#include <caf/actor_system.hpp>
#include <caf/intrusive_ptr.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

namespace ringside::net {

namespace {

/// Messages an actor may handle before the sockets get their turn.
constexpr std::size_t throughput = 64;

} // namespace

asio_unit::asio_unit(boost::asio::io_context& io, caf::actor_system& system)
  : caf::execution_unit(&system), io_(io) {
  // nop
}

void asio_unit::exec_later(caf::resumable* what) {
  if (what != own_) {
    system().scheduler().enqueue(what);
    return;
  }
  asio::post(io_, [this, what] { run(what); });
}

void asio_unit::run(caf::resumable* what) {
  switch (what->resume(this, throughput)) {
  case caf::resumable::resume_later:
    exec_later(what);
    break;
  case caf::resumable::shutdown_execution_unit:
    break;
  default:
    caf::intrusive_ptr_release(what);
  }
}

} // namespace ringside::net
