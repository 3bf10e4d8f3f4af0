#pragma once

#include "bench/load/frames.hpp"
#include "net/asio.hpp"

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace ringside::load {

/// What all connections of a generator share: one thread, one buffer.
struct reactor {
  net::asio::io_context io{1};
  std::array<char, 64 * 1024> buffer;

  /// Works until `done` or until `seconds` have passed; then gives up.
  void run_until(const std::function<bool()>& done, int seconds,
                 std::string_view doing);

  /// Works for so long.
  void run_for(std::chrono::milliseconds time);
};

/// One WebSocket client. Many of them live on one reactor, which costs one
/// buffer in all and one read per message.
class connection {
public:
  using on_text = frame_reader::on_text;

  /// Connects and upgrades, blocking.
  connection(reactor& on, std::uint16_t port, const std::string& token,
             on_text then);

  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;

  void send(std::string_view payload);

private:
  void upgrade(std::uint16_t port, const std::string& token);
  void wait_read();
  void readable();
  void flush();

  reactor& on_;
  net::tcp::socket socket_;
  on_text then_;
  frame_reader frames_;
  /// What the kernel would not take yet.
  std::string out_;
  bool waits_to_write_ = false;
};

} // namespace ringside::load
