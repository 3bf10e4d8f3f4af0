#include "bench/load/connection.hpp"

#include "bench/load/must.hpp"
#include "bench/load/samples.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace ringside::load {

using net::error_code;
using net::tcp;
namespace asio = net::asio;

void reactor::run_until(const std::function<bool()>& done, int seconds,
                        std::string_view doing) {
  auto end = steady::now() + std::chrono::seconds{seconds};
  io.restart();
  while (!done()) {
    io.run_one_until(end);
    if (steady::now() >= end)
      give_up(std::string{doing} + ": not done in time");
  }
}

void reactor::run_for(std::chrono::milliseconds time) {
  io.restart();
  io.run_for(time);
}

connection::connection(reactor& on, std::uint16_t port,
                       const std::string& token, on_text then)
  : on_(on), socket_(on.io), then_(std::move(then)) {
  upgrade(port, token);
  wait_read();
}

void connection::upgrade(std::uint16_t port, const std::string& token) {
  error_code code;
  socket_.connect({asio::ip::address_v4::loopback(), port}, code);
  if (code)
    give_up("connecting: " + code.message());
  socket_.set_option(tcp::no_delay{true}, code);
  asio::write(socket_, asio::buffer(upgrade_request(port, token)), code);
  std::string answer;
  auto n
    = asio::read_until(socket_, asio::dynamic_buffer(answer), "\r\n\r\n", code);
  if (code || !answer.starts_with("HTTP/1.1 101"))
    give_up("upgrading: " + answer.substr(0, 200));
  socket_.non_blocking(true);
  frames_.feed(std::string_view{answer}.substr(n), then_);
}

void connection::wait_read() {
  socket_.async_wait(tcp::socket::wait_read, [this](error_code code) {
    if (!code)
      readable();
  });
}

void connection::readable() {
  error_code code;
  auto n = socket_.read_some(asio::buffer(on_.buffer), code);
  if (code && code != asio::error::would_block)
    give_up("the server closed a connection: " + code.message());
  if (!frames_.feed({on_.buffer.data(), n}, then_))
    give_up("the server said goodbye");
  wait_read();
}

void connection::send(std::string_view payload) {
  append_text_frame(out_, payload);
  if (!waits_to_write_)
    flush();
}

void connection::flush() {
  error_code code;
  auto n = socket_.write_some(asio::buffer(out_), code);
  if (code && code != asio::error::would_block)
    give_up("sending: " + code.message());
  out_.erase(0, n);
  waits_to_write_ = !out_.empty();
  if (waits_to_write_)
    socket_.async_wait(tcp::socket::wait_write, [this](error_code again) {
      if (!again)
        flush();
    });
}

} // namespace ringside::load
