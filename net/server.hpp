#pragma once

#include "actors/runtime/services.hpp"
#include "domain/base/result.hpp"
#include "net/counters.hpp"
#include "net/identity.hpp"
#include "net/options.hpp"

#include <cstdint>
#include <memory>

namespace ringside::net {

/// The network side of a node: HTTP, WebSockets and panels on one port. Owned
/// by main, which starts it when the actors are ready and stops it first.
/// Resolves actors by name, so none of them has to exist yet.
class server {
public:
  /// @pre `options.clock` and `options.wall_clock` are set.
  server(services_ptr services, std::shared_ptr<const identity_source> who,
         server_options options);

  /// Stops it if need be.
  ~server();

  server(const server&) = delete;
  server& operator=(const server&) = delete;

  /// Binds the address and begins to serve. Fails with `io_error` or
  /// `invalid_value` and can be tried again then.
  result<unit> start();

  /// The bound port; 0 before `start`.
  std::uint16_t port() const noexcept;

  /// Takes no more connections, says goodbye to those that are open, cuts off
  /// who is still there after `stop_grace`, ends both threads. Blocks.
  void stop();

  const net_counters& counters() const noexcept;

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

} // namespace ringside::net
