#pragma once

#include "domain/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace ringside::net {

/// Where a node is and who asks.
struct client_options {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
  /// Sent as a Bearer token; empty for none.
  std::string token;
  /// For connecting, and for each request.
  std::chrono::milliseconds timeout{5'000};
};

struct http_answer {
  unsigned status = 0;
  std::string body;
  /// Names in lower case; of repeated ones the last.
  std::map<std::string, std::string, std::less<>> headers;
};

/// A blocking HTTP client for tools, tests and load: one connection, kept
/// alive, opened again when the server closed it. Not thread-safe.
class http_client {
public:
  using header_map = std::map<std::string, std::string>;

  explicit http_client(client_options options);

  ~http_client();

  http_client(http_client&&) noexcept;

  /// Sends a request and waits for the answer, of whatever status.
  /// @returns `timeout` or `io_error` if there is none.
  result<http_answer> send(std::string_view method, const std::string& path,
                           std::string body = {},
                           const header_map& headers = {});

  result<http_answer> get(const std::string& path);

  /// Posts JSON.
  result<http_answer> post(const std::string& path, std::string json);

  void use_token(std::string token);

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

} // namespace ringside::net
