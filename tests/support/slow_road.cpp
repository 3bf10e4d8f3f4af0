#include "tests/support/slow_road.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <random>
#include <string>
#include <thread>
#include <utility>

namespace ringside::test {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using steady = std::chrono::steady_clock;

} // namespace

struct slow_road::parts {
  /// One direction of the connection.
  struct lane {
    tcp::socket* from = nullptr;
    tcp::socket* to = nullptr;
    timing::direction how;
    asio::steady_timer timer;
    std::array<char, 16'384> buffer{};
    steady::time_point due{};

    explicit lane(asio::io_context& io) : timer(io) {
      // nop
    }
  };

  parts(std::uint16_t port, const timing::direction& up_way,
        const timing::direction& down_way, std::uint64_t seed)
    : server{asio::ip::make_address("127.0.0.1"), port},
      acceptor{io, tcp::endpoint{asio::ip::make_address("127.0.0.1"), 0}},
      near{io}, far{io}, up{io}, down{io}, random(seed) {
    up.how = up_way;
    down.how = down_way;
    acceptor.async_accept(near, [this](error_code code) {
      if (!code)
        open();
    });
    thread = std::thread{[this] { io.run(); }};
  }

  void open() {
    far.connect(server);
    near.set_option(tcp::no_delay{true});
    far.set_option(tcp::no_delay{true});
    up.from = down.to = &near;
    up.to = down.from = &far;
    carry(up);
    carry(down);
  }

  steady::duration delay(const timing::direction& how) {
    return std::chrono::microseconds{timing::delay_us(how, random)};
  }

  void carry(lane& l) {
    l.from->async_read_some(
      asio::buffer(l.buffer), [this, &l](error_code code, std::size_t n) {
        if (code)
          return stop();
        l.timer.expires_after(delay(l.how));
        l.timer.async_wait([this, &l, n](error_code cancelled) {
          if (!cancelled)
            hand_over(l, n);
        });
      });
  }

  void hand_over(lane& l, std::size_t n) {
    asio::async_write(
      *l.to, asio::buffer(l.buffer.data(), n),
      [this, &l](error_code code, std::size_t) { code ? stop() : carry(l); });
  }

  void stop() {
    error_code ignored;
    near.close(ignored);
    far.close(ignored);
  }

  ~parts() {
    asio::post(io, [this] {
      error_code ignored;
      acceptor.close(ignored);
      up.timer.cancel();
      down.timer.cancel();
      stop();
    });
    thread.join();
  }

  asio::io_context io;
  tcp::endpoint server;
  tcp::acceptor acceptor;
  tcp::socket near;
  tcp::socket far;
  lane up;
  lane down;
  std::mt19937_64 random;
  std::thread thread;
};

slow_road::slow_road(std::uint16_t to, const timing::direction& up,
                     const timing::direction& down, std::uint64_t seed)
  : parts_(std::make_unique<parts>(to, up, down, seed)) {
  // nop
}

slow_road::~slow_road() = default;

std::uint16_t slow_road::port() const noexcept {
  return parts_->acceptor.local_endpoint().port();
}

} // namespace ringside::test
