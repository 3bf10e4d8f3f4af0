#include "bench/load/bare.hpp"
#include "bench/load/connection.hpp"
#include "bench/load/must.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>

#include <csignal>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace ringside::load {

namespace asio = net::asio;
using net::error_code;
using net::tcp;

namespace {

/// One end of a connection that carries messages of one size.
class pipe_end {
public:
  using on_message = std::function<void(std::uint64_t)>;

  pipe_end(reactor& on, tcp::socket socket, std::size_t size, on_message then)
    : on_(on), socket_(std::move(socket)), size_(size), then_(std::move(then)) {
    error_code ignored;
    socket_.set_option(tcp::no_delay{true}, ignored);
    socket_.non_blocking(true);
    wait();
  }

  /// False if the socket is full: these messages are few and small, so the
  /// other side does not read any more.
  bool send(std::uint64_t number, std::string& block) {
    std::memcpy(block.data(), &number, sizeof(number));
    error_code code;
    return socket_.write_some(asio::buffer(block), code) == block.size();
  }

private:
  void wait() {
    socket_.async_wait(tcp::socket::wait_read, [this](error_code code) {
      if (!code && take())
        wait();
    });
  }

  bool take() {
    error_code code;
    auto n = socket_.read_some(asio::buffer(on_.buffer), code);
    if (code)
      return code == asio::error::would_block;
    std::string_view bytes{on_.buffer.data(), n};
    while (!bytes.empty()) {
      auto piece = bytes.substr(0, size_ - got_);
      for (std::size_t i = 0; i < piece.size() && got_ + i < 8; ++i)
        head_[got_ + i] = piece[i];
      got_ += piece.size();
      bytes.remove_prefix(piece.size());
      if (got_ < size_)
        break;
      got_ = 0;
      std::uint64_t number = 0;
      std::memcpy(&number, head_.data(), sizeof(number));
      then_(number);
    }
    return true;
  }

  reactor& on_;
  tcp::socket socket_;
  std::size_t size_;
  on_message then_;
  std::size_t got_ = 0;
  std::array<char, 8> head_{};
};

/// The whole life of the server process.
[[noreturn]] void serve(tcp::acceptor listener, reactor& on, bare_job job,
                        std::size_t request, std::size_t reply) {
  std::deque<std::unique_ptr<pipe_end>> ends;
  std::string block(reply, 'x');
  std::function<void(error_code, tcp::socket)> accepted
    = [&](error_code code, tcp::socket socket) {
        if (code)
          std::_Exit(1);
        auto me = ends.size();
        ends.push_back(std::make_unique<pipe_end>(
          on, std::move(socket), request, [&, me](std::uint64_t number) {
            for (std::size_t i = 0; i < ends.size(); ++i)
              if ((i == me) == (job == bare_job::echo)
                  && !ends[i]->send(number, block))
                std::_Exit(0);
          }));
        listener.async_accept(accepted);
      };
  listener.async_accept(accepted);
  on.io.run();
  std::_Exit(0);
}

tcp::socket connect(reactor& on, std::uint16_t port) {
  tcp::socket socket{on.io};
  error_code code;
  socket.connect({asio::ip::address_v4::loopback(), port}, code);
  if (code)
    give_up("connecting: " + code.message());
  return socket;
}

} // namespace

bare_server::bare_server(bare_job job, std::size_t request, std::size_t reply) {
  auto on = std::make_unique<reactor>();
  tcp::acceptor listener{on->io, {asio::ip::address_v4::loopback(), 0}};
  port_ = listener.local_endpoint().port();
  on->io.notify_fork(asio::io_context::fork_prepare);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    on->io.notify_fork(asio::io_context::fork_child);
    serve(std::move(listener), *on, job, request, reply);
  }
  on->io.notify_fork(asio::io_context::fork_parent);
}

bare_server::~bare_server() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

echo_limit bare_echo(int connections, int window, std::size_t request,
                     std::size_t reply, std::chrono::milliseconds time) {
  bare_server server{bare_job::echo, request, reply};
  auto on = std::make_unique<reactor>();
  echo_limit found;
  std::string block(request, 'x');
  std::vector<std::unique_ptr<pipe_end>> ends;
  auto begin = now_ns();
  auto end = begin + time.count() * 1'000'000;
  for (int i = 0; i < connections; ++i) {
    auto me = ends.size();
    ends.push_back(std::make_unique<pipe_end>(
      *on, connect(*on, server.port()), reply, [&, me](std::uint64_t sent) {
        auto now = now_ns();
        found.round_trip.add(now - static_cast<std::int64_t>(sent));
        if (now < end)
          ends[me]->send(static_cast<std::uint64_t>(now_ns()), block);
        else
          on->io.stop();
      }));
  }
  for (auto& e : ends)
    for (int i = 0; i < window; ++i)
      e->send(static_cast<std::uint64_t>(now_ns()), block);
  on->io.run();
  if (now_ns() < end)
    give_up("the bare echo ended early");
  found.per_second = static_cast<std::int64_t>(found.round_trip.size())
                     * 1'000'000'000 / (now_ns() - begin);
  return found;
}

fan_out_limit bare_fan_out(int screens, std::size_t request, std::size_t reply,
                           int per_second, int count) {
  bare_server server{bare_job::fan_out, request, reply};
  auto on = std::make_unique<reactor>();
  fan_out_limit found;
  std::vector<std::int64_t> due(static_cast<std::size_t>(count));
  std::vector<int> seen(due.size());
  auto done = 0;
  std::vector<std::unique_ptr<pipe_end>> ends;
  for (int i = 0; i < screens; ++i)
    ends.push_back(std::make_unique<pipe_end>(
      *on, connect(*on, server.port()), reply, [&](std::uint64_t number) {
        auto took = now_ns() - due[number];
        found.each.add(took);
        if (++seen[number] < screens)
          return;
        found.last.add(took);
        ++done;
      }));
  pipe_end striker{*on, connect(*on, server.port()), reply,
                   [](std::uint64_t) {}};
  on->run_for(std::chrono::milliseconds{200});
  std::string block(request, 'x');
  auto begin = now_ns();
  for (int i = 0; i < count; ++i) {
    auto at = begin + std::int64_t{1'000'000'000} * i / per_second;
    due[static_cast<std::size_t>(i)] = at;
    on->io.restart();
    on->io.run_until(steady::time_point{std::chrono::nanoseconds{at}});
    striker.send(static_cast<std::uint64_t>(i), block);
  }
  on->run_until([&] { return done == count; }, 30, "bare fan-out");
  return found;
}

} // namespace ringside::load
