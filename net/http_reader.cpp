#include "net/http_reader.hpp"

#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace ringside::net {

namespace {

std::string_view view_of(const beast::flat_buffer& in) {
  return {static_cast<const char*>(in.data().data()), in.size()};
}

/// A line of a header that begins with white space continues the one before.
bool has_folded_line(std::string_view header) noexcept {
  return header.find("\r\n ") != std::string_view::npos
         || header.find("\r\n\t") != std::string_view::npos;
}

} // namespace

http_reader::http_reader(const net_limits& limits) : limits_(limits) {
  reset();
}

void http_reader::reset() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
  parser_->body_limit(limits_.body_bytes);
  parser_->eager(true);
  scanned_ = 0;
  header_done_ = false;
  continue_sent_ = false;
}

http_request http_reader::take() {
  auto request = parser_->release();
  reset();
  return request;
}

http_reader::step http_reader::refused(ec code, std::string detail,
                                       unsigned status) {
  why_ = refuse(code, std::move(detail));
  status_ = status;
  return step::refused;
}

http_reader::step http_reader::feed(beast::flat_buffer& in) {
  return header_done_ ? feed_body(in) : feed_header(in);
}

http_reader::step http_reader::feed_header(beast::flat_buffer& in) {
  auto bytes = view_of(in);
  auto from = std::min(scanned_, bytes.size());
  auto end = bytes.find("\r\n\r\n", from);
  if (end == std::string_view::npos) {
    if (bytes.size() > limits_.header_bytes)
      return refused(ec::too_large, "the header is too large", 431);
    scanned_ = bytes.size() > 3 ? bytes.size() - 3 : 0;
    return step::need_more;
  }
  if (end + 4 > limits_.header_bytes)
    return refused(ec::too_large, "the header is too large", 431);
  if (has_folded_line(bytes.substr(0, end + 2)))
    return refused(ec::malformed, "a header line is folded", 400);
  header_done_ = true;
  return parse(in);
}

http_reader::step http_reader::feed_body(beast::flat_buffer& in) {
  return in.size() == 0 ? step::need_more : parse(in);
}

http_reader::step http_reader::parse(beast::flat_buffer& in) {
  error_code code;
  while (in.size() > 0 && !parser_->is_done()) {
    auto used = parser_->put(in.data(), code);
    in.consume(used);
    if (code == http::error::need_more)
      break;
    if (code == http::error::body_limit)
      return refused(ec::too_large, "the body is too large", 413);
    if (code == http::error::header_limit)
      return refused(ec::too_large, "the header is too large", 431);
    if (code)
      return refused(ec::malformed, "this is no HTTP/1.1 request", 400);
    if (used == 0)
      break;
  }
  if (parser_->is_done())
    return step::done;
  if (!parser_->is_header_done())
    return refused(ec::malformed, "this is no HTTP/1.1 request", 400);
  auto expects = parser_->get()[http::field::expect];
  if (!continue_sent_ && !expects.empty()) {
    if (!beast::iequals(expects, "100-continue"))
      return refused(ec::malformed, "nothing but 100-continue is met", 417);
    continue_sent_ = true;
    return step::send_continue;
  }
  return step::need_more;
}

} // namespace ringside::net
