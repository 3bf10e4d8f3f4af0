#pragma once

#include "net/http_pump.hpp"
#include "net/tls.hpp"
#include "net/ws_pump.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <array>
#include <chrono>
#include <string>
#include <type_traits>
#include <utility>

namespace ringside::net {

/// See `serve_http`. Compiled once per kind of stream.
template <class Stream>
class http_pump final : public connection,
                        public std::enable_shared_from_this<http_pump<Stream>> {
public:
  using self_ptr = std::shared_ptr<http_pump>;
  static constexpr bool secure = std::is_same_v<Stream, secure_stream>;

  http_pump(site& at, Stream stream, peer from, slot_ptr slot)
    : at_(at), stream_(std::move(stream)), from_(std::move(from)),
      slot_(std::move(slot)), reader_(at.ctx.options.limits) {
    // nop
  }

  void run() {
    at_.ingest.add(this->shared_from_this());
    ++at_.ctx.counters.connections;
    if constexpr (secure) {
      within(limits().tls_handshake);
      stream_.async_handshake(
        ssl::stream_base::server,
        beast::bind_front_handler(&http_pump::on_handshake, self()));
    } else {
      // Silence from the start is no idle connection but a slow header.
      within(limits().header);
      read();
    }
  }

  ~http_pump() override {
    if (slot_)
      --at_.ctx.counters.connections;
  }

  // -- by the lane ------------------------------------------------------------

  void shut() override {
    if (!busy_)
      abort();
  }

  void abort() override {
    error_code ignored;
    beast::get_lowest_layer(stream_).socket().close(ignored);
  }

private:
  self_ptr self() {
    return this->shared_from_this();
  }

  const net_limits& limits() const {
    return at_.ctx.options.limits;
  }

  void within(std::chrono::milliseconds time) {
    beast::get_lowest_layer(stream_).expires_after(time);
  }

  void on_handshake(error_code code) {
    if (code)
      return;
    within(limits().header);
    read();
  }

  // -- reading ----------------------------------------------------------------

  void read() {
    stream_.async_read_some(in_.prepare(4'096), beast::bind_front_handler(
                                                  &http_pump::on_read, self()));
  }

  void on_read(error_code code, std::size_t n) {
    if (code)
      return;
    if (draining_)
      return read();
    in_.commit(n);
    if (std::exchange(idle_, false))
      within(limits().header);
    advance();
  }

  void advance() {
    switch (reader_.feed(in_)) {
    case http_reader::step::need_more:
      if (reader_.reading_body() && !std::exchange(in_body_, true))
        within(limits().body);
      return read();
    case http_reader::step::send_continue:
      within(limits().body);
      in_body_ = true;
      head_ = "HTTP/1.1 100 Continue\r\n\r\n";
      body_ = nullptr;
      then_read_ = true;
      return write();
    case http_reader::step::done:
      return request(reader_.take());
    case http_reader::step::refused:
      ++at_.ctx.counters.requests;
      keep_alive_ = false;
      busy_ = true;
      return respond(problem_reply(reader_.why(), reader_.status()));
    }
  }

  void request(http_request r) {
    busy_ = true;
    in_body_ = false;
    keep_alive_ = r.keep_alive() && ++served_ < limits().requests_per_connection
                  && !at_.stopping;
    without_body_ = r.method() == http::verb::head;
    auto upgrade = beast::websocket::is_upgrade(r);
    auto x = std::make_shared<exchange>(
      std::move(r), from_,
      [me = self()](reply what) { me->respond(std::move(what)); });
    if (!upgrade)
      return at_.http.handle(x);
    if (in_.size() > 0) {
      keep_alive_ = false;
      return x->refused(refuse(ec::malformed, "too early for frames"));
    }
    if (at_.http.admit_stream(x))
      become_websocket(*x);
  }

  void become_websocket(exchange& x) {
    x.abandon();
    auto& where = is_spectator(x.who.role) ? at_.fan_out : at_.ingest;
    beast::get_lowest_layer(stream_).expires_never();
    --at_.ctx.counters.connections;
    serve_ws(at_, where, rehome(std::move(stream_), where.io()),
             std::move(x.request), x.who.role, x.token, std::move(slot_));
  }

  // -- writing ----------------------------------------------------------------

  void respond(reply what) {
    if (what.status >= 400)
      ++at_.ctx.counters.refused_requests;
    keep_alive_ = keep_alive_ && !what.close && !at_.stopping;
    head_
      = header_text(what, {keep_alive_, secure, at_.ctx.options.wall_clock()});
    body_
      = without_body_ || what.status == 304 ? nullptr : std::move(what.body);
    within(limits().write);
    write();
  }

  void write() {
    std::array<asio::const_buffer, 2> parts{
      asio::buffer(head_), body_ ? asio::buffer(*body_) : asio::const_buffer{}};
    asio::async_write(stream_, parts,
                      beast::bind_front_handler(&http_pump::on_write, self()));
  }

  void on_write(error_code code, std::size_t) {
    if (code)
      return;
    if (std::exchange(then_read_, false))
      return read();
    busy_ = false;
    if (!keep_alive_)
      return finish();
    idle_ = in_.size() == 0;
    within(idle_ ? limits().idle : limits().header);
    idle_ ? read() : advance();
  }

  /// Says that nothing follows and waits a moment for the client to leave: a
  /// socket closed with unread bytes would take the answer back.
  void finish() {
    error_code ignored;
    beast::get_lowest_layer(stream_).socket().shutdown(
      tcp::socket::shutdown_send, ignored);
    draining_ = true;
    in_.clear();
    within(std::chrono::seconds{1});
    read();
  }

  site& at_;
  Stream stream_;
  peer from_;
  slot_ptr slot_;
  http_reader reader_;
  beast::flat_buffer in_;
  std::string head_;
  std::shared_ptr<const std::string> body_;
  std::size_t served_ = 0;
  bool busy_ = false;
  bool idle_ = false;
  bool in_body_ = false;
  bool draining_ = false;
  bool keep_alive_ = true;
  bool then_read_ = false;
  bool without_body_ = false;
};

} // namespace ringside::net
