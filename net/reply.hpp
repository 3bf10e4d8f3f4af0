#pragma once

#include "domain/base/error.hpp"
#include "domain/base/time.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::net {

/// An HTTP answer before it goes out. The body is shared, so a file of the
/// panels is never copied.
struct reply {
  unsigned status = 200;
  std::string content_type = "application/json";
  /// Null for none.
  std::shared_ptr<const std::string> body;
  /// Beside those that every answer gets. Values are ours, never a client's.
  std::vector<std::pair<std::string, std::string>> headers;
  /// End the connection after it.
  bool close = false;
};

reply json_reply(std::string text, unsigned status = 200);

/// A refusal as problem details. The status follows from the code unless HTTP
/// has a better one (405, 415, ...).
reply problem_reply(const error& why, unsigned status = 0);

/// The same for somebody who has to go slower: with `Retry-After`.
reply retry_later(const error& why, std::int64_t seconds);

/// How the header of an answer depends on the request and the connection.
struct reply_frame {
  bool keep_alive = true;
  bool secure = false;
  utc_ns now;
};

/// Status line and header, up to the empty line, with the security headers.
std::string header_text(const reply& what, const reply_frame& frame);

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_date(utc_ns when);

} // namespace ringside::net
