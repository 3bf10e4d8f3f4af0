#pragma once

#include "domain/base/result.hpp"
#include "net/client/http_client.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace ringside::net {

/// A blocking WebSocket client of the stream. Not thread-safe.
class ws_client {
public:
  explicit ws_client(client_options options);

  ~ws_client();

  ws_client(ws_client&&) noexcept;

  /// Opens the stream. `unauthenticated`, `forbidden` ... if the server
  /// refuses: then `status` has the HTTP status.
  result<unit> connect(const std::map<std::string, std::string>& headers = {});

  unsigned status() const noexcept;

  /// Sends one text message.
  result<unit> send(std::string_view text);

  /// Sends one binary message.
  result<unit> send_binary(std::string_view bytes);

  /// The next message. `timeout` if none came, and the connection is as good
  /// as before; `io_error` if it ended, and `close_code` may say why.
  result<std::string> read(std::chrono::milliseconds timeout
                           = std::chrono::milliseconds{5'000});

  /// The close code of the server, 0 if there was none.
  std::uint16_t close_code() const noexcept;

  /// Closes politely and waits for the server to agree.
  void close();

  /// Makes the kernel take no more than this from the server; before
  /// `connect`.
  void receive_buffer(int bytes);

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

} // namespace ringside::net
