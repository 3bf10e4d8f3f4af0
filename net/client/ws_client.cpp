#include "net/client/ws_client.hpp"

#include "net/websocket.hpp"

#include <optional>
#include <utility>

namespace ringside::net {

namespace {

constexpr std::size_t message_bytes_max = 16 * 1024 * 1024;

ec code_for(unsigned status) noexcept {
  switch (status) {
  case 401:
    return ec::unauthenticated;
  case 403:
  case 421:
    return ec::forbidden;
  case 404:
    return ec::not_found;
  case 503:
    return ec::unavailable;
  default:
    return ec::malformed;
  }
}

} // namespace

struct ws_client::parts {
  explicit parts(client_options o) : options(std::move(o)) {
    // nop
  }

  template <class Start>
  error_code run(Start start, std::chrono::milliseconds time) {
    error_code out = asio::error::would_block;
    start([&out](error_code code, auto&&...) { out = code; });
    io.restart();
    auto end = std::chrono::steady_clock::now() + time;
    // A read may be under way beside it; its end must not end this.
    while (out == asio::error::would_block && io.run_one_until(end) > 0)
      continue;
    if (out == asio::error::would_block) {
      // What was started refers to this frame: end it before leaving.
      error_code ignored;
      beast::get_lowest_layer(*ws).socket().close(ignored);
      while (out == asio::error::would_block && io.run_one() > 0)
        continue;
      return beast::error::timeout;
    }
    return out;
  }

  client_options options;
  asio::io_context io{1};
  std::optional<websocket::stream<beast::tcp_stream>> ws;
  beast::flat_buffer buffer;
  websocket::response_type response;
  std::optional<int> receive_buffer;
  bool reading = false;
  std::optional<error_code> read_done;
};

ws_client::ws_client(client_options options)
  : parts_(std::make_unique<parts>(std::move(options))) {
  // nop
}

ws_client::~ws_client() {
  if (!parts_ || !parts_->ws)
    return;
  error_code ignored;
  beast::get_lowest_layer(*parts_->ws).socket().close(ignored);
  parts_->io.restart();
  parts_->io.run();
}

ws_client::ws_client(ws_client&&) noexcept = default;

void ws_client::receive_buffer(int bytes) {
  parts_->receive_buffer = bytes;
}

result<unit>
ws_client::connect(const std::map<std::string, std::string>& headers) {
  auto& p = *parts_;
  p.ws.emplace(p.io);
  auto& socket = beast::get_lowest_layer(*p.ws).socket();
  error_code code;
  auto address = asio::ip::make_address(p.options.host, code);
  if (code)
    return refuse(ec::invalid_value, p.options.host + " is no IP address");
  tcp::endpoint where{address, p.options.port};
  socket.open(where.protocol(), code);
  if (p.receive_buffer)
    socket.set_option(asio::socket_base::receive_buffer_size{*p.receive_buffer},
                      code);
  code = p.run([&](auto then) { socket.async_connect(where, std::move(then)); },
               p.options.timeout);
  if (code)
    return refuse(ec::io_error, code.message());
  socket.set_option(tcp::no_delay{true}, code);
  p.ws->set_option(websocket::stream_base::decorator{
    [&headers, token = p.options.token](websocket::request_type& r) {
      r.set(http::field::sec_websocket_protocol, "ringside.v1");
      if (!token.empty())
        r.set(http::field::authorization, "Bearer " + token);
      for (const auto& [name, value] : headers)
        value.empty() ? (void)r.erase(name) : r.set(name, value);
    }});
  p.ws->read_message_max(message_bytes_max);
  auto host = p.options.host + ":" + std::to_string(p.options.port);
  code = p.run(
    [&](auto then) {
      p.ws->async_handshake(p.response, host, "/api/v1/stream",
                            std::move(then));
    },
    p.options.timeout);
  if (code == websocket::error::upgrade_declined)
    return refuse(code_for(status()), p.response.body());
  if (code)
    return refuse(ec::io_error, code.message());
  return unit{};
}

unsigned ws_client::status() const noexcept {
  return parts_->response.result_int();
}

result<unit> ws_client::send(std::string_view text) {
  auto& p = *parts_;
  p.ws->text(true);
  auto code = p.run(
    [&](auto then) {
      p.ws->async_write(asio::buffer(text.data(), text.size()),
                        std::move(then));
    },
    p.options.timeout);
  p.io.restart();
  if (code)
    return refuse(ec::io_error, code.message());
  return unit{};
}

result<unit> ws_client::send_binary(std::string_view bytes) {
  auto& p = *parts_;
  p.ws->binary(true);
  auto code = p.run(
    [&](auto then) {
      p.ws->async_write(asio::buffer(bytes.data(), bytes.size()),
                        std::move(then));
    },
    p.options.timeout);
  if (code)
    return refuse(ec::io_error, code.message());
  return unit{};
}

result<std::string> ws_client::read(std::chrono::milliseconds timeout) {
  auto& p = *parts_;
  if (!p.reading && !p.read_done) {
    p.reading = true;
    p.ws->async_read(p.buffer, [&p](error_code code, std::size_t) {
      p.reading = false;
      p.read_done = code;
    });
  }
  p.io.restart();
  auto end = std::chrono::steady_clock::now() + timeout;
  while (!p.read_done && p.io.run_one_until(end) > 0)
    continue;
  if (!p.read_done)
    return refuse(ec::timeout, "nothing came");
  auto code = *std::exchange(p.read_done, std::nullopt);
  if (code)
    return refuse(ec::io_error, code.message());
  auto bytes = p.buffer.data();
  std::string text{static_cast<const char*>(bytes.data()), bytes.size()};
  p.buffer.clear();
  return text;
}

std::uint16_t ws_client::close_code() const noexcept {
  return parts_->ws ? parts_->ws->reason().code : 0;
}

void ws_client::close() {
  auto& p = *parts_;
  if (!p.ws)
    return;
  p.run(
    [&](auto then) {
      p.ws->async_close(websocket::close_code::normal, std::move(then));
    },
    p.options.timeout);
}

} // namespace ringside::net
