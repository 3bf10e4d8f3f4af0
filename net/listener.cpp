#include "net/listener.hpp"

#include "net/http_pump.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds pause_first{50};
constexpr milliseconds pause_max{1'000};

/// An IPv4 client on an IPv6 socket is still that IPv4 client.
asio::ip::address plain_address(const asio::ip::address& from) {
  if (from.is_v6() && from.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, from.to_v6());
  return from;
}

} // namespace

listener::listener(site& at, connection_book& book,
                   std::shared_ptr<ssl::context> tls)
  : at_(at), book_(book), tls_(std::move(tls)), acceptor_(at.ingest.io()),
    timer_(at.ingest.io()) {
  // nop
}

result<unit> listener::open() {
  const auto& o = at_.ctx.options;
  error_code code;
  auto address = asio::ip::make_address(o.address, code);
  if (code)
    return refuse(ec::invalid_value, o.address + " is no IP address", "listen");
  tcp::endpoint where{address, o.port};
  auto failed = [&](const char* what) {
    return refuse(ec::io_error, std::string{what} + " " + o.address + ":"
                                  + std::to_string(o.port) + ": "
                                  + code.message());
  };
  acceptor_.open(where.protocol(), code);
  if (code)
    return failed("cannot open a socket for");
  acceptor_.set_option(tcp::acceptor::reuse_address{true}, code);
  acceptor_.bind(where, code);
  if (code)
    return failed("cannot listen on");
  acceptor_.listen(asio::socket_base::max_listen_connections, code);
  if (code)
    return failed("cannot listen on");
  port_ = acceptor_.local_endpoint(code).port();
  return unit{};
}

void listener::start() {
  asio::post(at_.ingest.io(), [this] { accept(); });
}

void listener::close() {
  error_code ignored;
  acceptor_.close(ignored);
  timer_.cancel();
}

void listener::accept() {
  acceptor_.async_accept(beast::bind_front_handler(&listener::on_accept, this));
}

void listener::on_accept(error_code code, tcp::socket socket) {
  if (!acceptor_.is_open())
    return;
  // Out of descriptors or memory: trying again at once would only burn CPU.
  if (code && code != asio::error::connection_aborted)
    return pause();
  pause_ = milliseconds{0};
  if (!code)
    admit(std::move(socket));
  accept();
}

void listener::admit(tcp::socket socket) {
  error_code code;
  auto remote = socket.remote_endpoint(code);
  auto local = socket.local_endpoint(code);
  if (code)
    return;
  peer from;
  auto address = plain_address(remote.address());
  from.address = address.to_string();
  from.local_address = plain_address(local.address()).to_string();
  from.loopback = address.is_loopback();
  from.secure = tls_ != nullptr;
  auto slot = book_.take(from.address);
  if (!slot) {
    ++at_.ctx.counters.capped;
    return;
  }
  ++at_.ctx.counters.accepted;
  plain_stream stream{std::move(socket)};
  if (tls_)
    serve_http(at_, secure_stream{std::move(stream), *tls_}, std::move(from),
               std::move(slot));
  else
    serve_http(at_, std::move(stream), std::move(from), std::move(slot));
}

void listener::pause() {
  ++at_.ctx.counters.accept_pauses;
  pause_ = std::clamp(pause_ * 2, pause_first, pause_max);
  timer_.expires_after(pause_);
  timer_.async_wait(beast::bind_front_handler(&listener::on_pause, this));
}

void listener::on_pause(error_code code) {
  if (!code && acceptor_.is_open())
    accept();
}

} // namespace ringside::net
