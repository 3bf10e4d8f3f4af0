#pragma once

#include "net/websocket.hpp"
#include "net/ws_pump.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <memory>
#include <string>
#include <utility>

namespace ringside::net {

/// The socket of one session: one read and one write at a time.
template <class Stream>
class ws_pump final : public connection,
                      public ws_transport,
                      public std::enable_shared_from_this<ws_pump<Stream>> {
public:
  ws_pump(site& at, lane& where, Stream stream, http_request request,
          std::shared_ptr<ws_session> session, slot_ptr slot)
    : at_(at), where_(where), ws_(std::move(stream)),
      request_(std::move(request)), session_(std::move(session)),
      slot_(std::move(slot)) {
    // nop
  }

  void run(role who) {
    where_.add(this->shared_from_this());
    ++at_.ctx.counters.connections;
    configure(who);
    ws_.async_accept(request_,
                     beast::bind_front_handler(&ws_pump::on_accept, self()));
  }

  ~ws_pump() override {
    --at_.ctx.counters.connections;
  }

  // -- by the session ---------------------------------------------------------

  void write(protocol::frame_text frame) override {
    writing_ = std::move(frame);
    ws_.async_write(asio::buffer(*writing_),
                    beast::bind_front_handler(&ws_pump::on_write, self()));
  }

  void close(std::uint16_t code, std::string_view reason) override {
    if (std::exchange(closing_, true))
      return;
    ws_.async_close(
      websocket::close_reason{websocket::close_code{code},
                              beast::string_view{reason.data(), reason.size()}},
      beast::bind_front_handler(&ws_pump::on_close, self()));
  }

  // -- by the lane ------------------------------------------------------------

  void shut() override {
    if (accepted_)
      session_->shut();
    else
      abort();
  }

  void abort() override {
    error_code ignored;
    beast::get_lowest_layer(ws_).socket().close(ignored);
  }

  void beat() override {
    session_->beat();
  }

private:
  std::shared_ptr<ws_pump> self() {
    return this->shared_from_this();
  }

  void configure(role who) {
    const auto& l = at_.ctx.options.limits;
    auto& socket = beast::get_lowest_layer(ws_).socket();
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    // A stalled reader shall show here, not after megabytes in the kernel.
    if (is_spectator(who))
      socket.set_option(
        asio::socket_base::send_buffer_size{l.viewer_send_buffer}, ignored);
    beast::get_lowest_layer(ws_).expires_never();
    ws_.set_option(
      websocket::stream_base::timeout{l.ws_handshake, l.ws_idle, true});
    ws_.set_option(websocket::stream_base::decorator{
      [offered = request_.count(http::field::sec_websocket_protocol)
                 > 0](websocket::response_type& r) {
        if (offered)
          r.set(http::field::sec_websocket_protocol, "ringside.v1");
      }});
    // Beast ends the socket with a reset when a message is too long, and the
    // reset overtakes its own close frame. So the limit is kept by `on_read`.
    ws_.read_message_max(0);
    message_max_ = who == role::source ? limits::source_bytes_max
                                       : limits::request_bytes_max;
    ws_.auto_fragment(false);
    ws_.write_buffer_bytes(512);
  }

  void on_accept(error_code code) {
    if (code)
      return finish();
    accepted_ = true;
    request_ = {};
    session_->opened(*this);
    if (at_.stopping)
      session_->shut();
    read();
  }

  void read() {
    ws_.async_read_some(in_, 0,
                        beast::bind_front_handler(&ws_pump::on_read, self()));
  }

  void on_read(error_code code, std::size_t) {
    // Before anything else: this is the server's stamp of a clock exchange.
    auto now = at_.ctx.now();
    if (code)
      return finish();
    if (!ws_.got_text())
      close(close_code::unknown_data, "text only");
    else if (in_.size() > message_max_)
      close(close_code::too_big, "the message is too long");
    if (closing_)
      in_.clear(); // What still comes is read, so that the goodbye arrives.
    else if (ws_.is_message_done())
      pass_on(now);
    read();
  }

  void pass_on(mono_us now) {
    auto bytes = in_.data();
    session_->received({static_cast<const char*>(bytes.data()), bytes.size()},
                       now);
    in_.clear();
  }

  void on_write(error_code code, std::size_t) {
    writing_ = nullptr;
    if (code)
      return finish();
    session_->written();
  }

  void on_close(error_code) {
    finish();
  }

  void finish() {
    session_->closed();
    abort();
  }

  site& at_;
  lane& where_;
  /// Without compression: it is not offered, and frames are small.
  websocket::stream<Stream, false> ws_;
  http_request request_;
  std::shared_ptr<ws_session> session_;
  slot_ptr slot_;
  beast::flat_buffer in_;
  /// Bytes of the longest message that is taken.
  std::size_t message_max_ = 0;
  protocol::frame_text writing_;
  bool accepted_ = false;
  bool closing_ = false;
};

template <class Stream>
void start_ws(site& at, lane& where, Stream stream, http_request request,
              role who, std::optional<token_digest> token, slot_ptr slot) {
  asio::post(where.io(), [&at, &where, who, token, stream = std::move(stream),
                          request = std::move(request),
                          slot = std::move(slot)]() mutable {
    auto id = at.run + "-" + std::to_string(++at.sessions);
    auto session = std::make_shared<ws_session>(at.ctx, where.gate(),
                                                std::move(id), token);
    std::make_shared<ws_pump<Stream>>(at, where, std::move(stream),
                                      std::move(request), std::move(session),
                                      std::move(slot))
      ->run(who);
  });
}

} // namespace ringside::net
