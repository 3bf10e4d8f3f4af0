#pragma once

#include "net/asio.hpp"
#include "net/connection.hpp"
#include "net/context.hpp"
#include "net/gateway.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <caf/actor.hpp>

namespace ringside::net {

/// One network thread: an io_context of its own, the GATEWAY that runs on it,
/// and the sessions it serves. There are two, so that a crowd of spectators
/// cannot slow down a judge.
class lane {
public:
  /// @param name Directory name of the GATEWAY, `feed/<what>`: the HUB tells
  /// all of these when it restarts.
  lane(net_context& ctx, std::string name);

  ~lane();

  lane(const lane&) = delete;
  lane& operator=(const lane&) = delete;

  void start();

  /// Ends the GATEWAY and the thread. All connections have to be gone.
  void stop();

  // -- any thread -------------------------------------------------------------

  asio::io_context& io() noexcept {
    return io_;
  }

  /// Asks all connections to end, politely or at once.
  void end_connections(bool at_once);

  // -- on the thread ----------------------------------------------------------

  gateway& gate() noexcept {
    return *gateway_;
  }

  void add(const std::shared_ptr<connection>& c);

private:
  /// Beats are spread over this many ticks.
  static constexpr std::size_t phases = 10;

  void arm();

  void tick(error_code code);

  net_context& ctx_;
  std::string name_;
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio_unit unit_;
  caf::actor handle_;
  gateway* gateway_ = nullptr;
  asio::steady_timer timer_;
  std::size_t phase_ = 0;
  std::size_t next_phase_ = 0;
  std::array<std::vector<std::weak_ptr<connection>>, phases> connections_;
  std::thread thread_;
};

} // namespace ringside::net
