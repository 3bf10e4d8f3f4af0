#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

/// The connection is gone; connect again.
struct lost : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A TCP connection that is closed with the object.
class tcp_line {
public:
  tcp_line(const std::string& host, std::uint16_t port)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    int on = 1;
    timeval patience{5, 0};
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (::inet_pton(AF_INET, host.c_str(), &to.sin_addr) != 1
        || ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to)
             != 0) {
      ::close(fd_);
      throw lost{"nobody answers at " + host};
    }
  }

  ~tcp_line() {
    ::close(fd_);
  }

  tcp_line(const tcp_line&) = delete;
  tcp_line& operator=(const tcp_line&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0)
        throw lost{"cannot send"};
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }

  /// Appends what comes in time. @returns false if nothing did.
  bool read(std::string& to, int timeout_ms) {
    pollfd wait{fd_, POLLIN, 0};
    if (::poll(&wait, 1, timeout_ms) <= 0)
      return false;
    char buffer[16'384];
    auto n = ::recv(fd_, buffer, sizeof buffer, 0);
    if (n <= 0)
      throw lost{"the node closed the connection"};
    to.append(buffer, static_cast<std::size_t>(n));
    return true;
  }

private:
  int fd_;
};

/// A client of RFC 6455, text messages only.
class web_socket {
public:
  web_socket(const std::string& host, std::uint16_t port,
             const std::string& token)
    : line_(host, port) {
    // Any sixteen bytes; the node's hash of them guards caches, not us.
    line_.write("GET /api/v1/stream HTTP/1.1\r\nHost: " + host + ":"
                + std::to_string(port)
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Key: UmluZ3NpZGUgY2FtZXJhIQ==\r\n"
                  "Sec-WebSocket-Version: 13\r\n"
                  "Sec-WebSocket-Protocol: ringside.v1\r\n"
                  "Authorization: Bearer "
                + token + "\r\n\r\n");
    std::size_t end = 0;
    while ((end = bytes_.find("\r\n\r\n")) == std::string::npos)
      if (!line_.read(bytes_, 5'000))
        throw lost{"no answer to the handshake"};
    if (!bytes_.starts_with("HTTP/1.1 101"))
      throw std::runtime_error{"refused: "
                               + bytes_.substr(0, bytes_.find('\r'))};
    bytes_.erase(0, end + 4);
  }

  void send(std::string_view text) {
    write(0x1, text);
  }

  /// The next text, or nothing if none comes in time.
  std::optional<std::string> receive(int timeout_ms) {
    auto end = std::chrono::steady_clock::now()
               + std::chrono::milliseconds{timeout_ms};
    for (;;) {
      while (auto text = take())
        if (!text->empty())
          return text;
      auto left = std::chrono::ceil<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
      if (left.count() < 0
          || !line_.read(bytes_, static_cast<int>(left.count())))
        return std::nullopt;
    }
  }

private:
  static constexpr std::uint64_t message_max = 1 << 20;

  void write(unsigned opcode, std::string_view payload) {
    std::string out{static_cast<char>(0x80 | opcode)};
    auto size = payload.size();
    auto bytes = size < 126 ? 0 : size < 65'536 ? 2 : 8;
    out += static_cast<char>(0x80
                             | (bytes == 0   ? size
                                : bytes == 2 ? std::size_t{126}
                                             : std::size_t{127}));
    for (auto shift = bytes * 8 - 8; shift >= 0; shift -= 8)
      out += static_cast<char>(size >> shift & 0xff);
    auto mask = random_();
    for (int i = 0; i < 4; ++i)
      out += static_cast<char>(mask >> 8 * i & 0xff);
    for (std::size_t i = 0; i < size; ++i)
      out += static_cast<char>(static_cast<unsigned char>(payload[i])
                               ^ (mask >> 8 * (i % 4) & 0xff));
    line_.write(out);
  }

  std::uint8_t byte(std::size_t i) const {
    return static_cast<std::uint8_t>(bytes_[i]);
  }

  /// Takes one frame: its message if it ends one, an empty text if it does
  /// not, nothing if it is not all here.
  std::optional<std::string> take() {
    if (bytes_.size() < 2)
      return std::nullopt;
    std::uint64_t size = byte(1) & 0x7f;
    std::size_t at = size < 126 ? 2 : size == 126 ? 4 : 10;
    if (bytes_.size() < at)
      return std::nullopt;
    if (at > 2)
      size = 0;
    for (std::size_t i = 2; i < at; ++i)
      size = size << 8 | byte(i);
    if (size > message_max || message_.size() > message_max)
      throw lost{"a message is too long"};
    if (bytes_.size() < at + size)
      return std::nullopt;
    auto first = byte(0);
    auto payload = bytes_.substr(at, size);
    bytes_.erase(0, at + size);
    switch (first & 0x0f) {
    case 0x8:
      throw lost{"the node said good-bye"};
    case 0x9:
      write(0xa, payload);
      return std::string{};
    case 0xa:
      return std::string{};
    default:
      message_ += payload;
    }
    return (first & 0x80) != 0 ? std::exchange(message_, {}) : std::string{};
  }

  tcp_line line_;
  std::string bytes_;
  std::string message_;
  std::mt19937 random_{std::random_device{}()};
};
