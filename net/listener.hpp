#pragma once

#include "domain/base/result.hpp"
#include "net/secure.hpp"
#include "net/site.hpp"

#include <cstdint>
#include <memory>

namespace ringside::net {

/// Takes connections and hands them to `serve_http`. Runs on the ingest
/// thread; `open` and `port` may be called before it starts.
class listener {
public:
  /// @param tls Null for plain http.
  listener(site& at, connection_book& book, std::shared_ptr<ssl::context> tls);

  /// Binds the address. `io_error` says why not.
  result<unit> open();

  std::uint16_t port() const noexcept {
    return port_;
  }

  void start();

  void close();

private:
  void accept();

  void on_accept(error_code code, tcp::socket socket);

  void admit(tcp::socket socket);

  void pause();

  void on_pause(error_code code);

  site& at_;
  connection_book& book_;
  std::shared_ptr<ssl::context> tls_;
  tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  std::chrono::milliseconds pause_{0};
  std::uint16_t port_ = 0;
};

} // namespace ringside::net
