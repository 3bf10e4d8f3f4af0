#pragma once

#include "domain/base/result.hpp"
#include "net/http.hpp"
#include "net/options.hpp"

#include <cstddef>
#include <optional>

namespace ringside::net {

/// Reads one request after another out of the bytes of a connection. Beast
/// parses; what it lets through and we do not is found here, in the bytes:
/// folded header lines, which a proxy in front may read differently.
class http_reader {
public:
  enum class step : std::uint8_t {
    /// Read more bytes and call `feed` again.
    need_more,
    /// The client waits for `100 Continue` before it sends the body.
    send_continue,
    /// `take` has the request.
    done,
    /// `why` and `status` say what is wrong; the connection has to end.
    refused,
  };

  explicit http_reader(const net_limits& limits);

  /// Takes what it can from `in`.
  step feed(beast::flat_buffer& in);

  /// Gives the finished request away and gets ready for the next one.
  http_request take();

  bool reading_body() const noexcept {
    return header_done_;
  }

  const error& why() const noexcept {
    return why_;
  }

  unsigned status() const noexcept {
    return status_;
  }

private:
  step refused(ec code, std::string detail, unsigned status);

  step feed_header(beast::flat_buffer& in);

  step feed_body(beast::flat_buffer& in);

  step parse(beast::flat_buffer& in);

  void reset();

  const net_limits& limits_;
  std::optional<http::request_parser<http::string_body>> parser_;
  /// How far the search for the end of the header got.
  std::size_t scanned_ = 0;
  bool header_done_ = false;
  bool continue_sent_ = false;
  error why_;
  unsigned status_ = 0;
};

} // namespace ringside::net
